import type { RenderInventory } from "./inventory-reporter.ts";

/** Every format of an inventory, which lists tokens and judges none; the code of one is loaded only when it is asked for. */
export const inventoryFormats = [
  {
    id: "ndjson",
    title: "tokenward's own inventory, to be judged later",
    load: async () => (await import("../model/inventory.ts")).writeInventory,
  },
  {
    id: "cyclonedx",
    title: "CycloneDX 1.6, each token a cryptographic asset",
    load: async () => (await import("./cyclonedx.ts")).renderCyclonedx,
  },
  {
    id: "ics",
    title: "a calendar of what ends when, with alarms",
    load: async () => (await import("./ics.ts")).renderIcs,
  },
] as const satisfies readonly { id: string; title: string; load: () => Promise<RenderInventory> }[];

export type InventoryFormatId = (typeof inventoryFormats)[number]["id"];

export const inventoryFormatIds: readonly InventoryFormatId[] = inventoryFormats.map(({ id }) => id);

/** The writer of that name, loaded. */
export async function inventoryWriter(id: InventoryFormatId): Promise<RenderInventory> {
  const format = inventoryFormats.find((one) => one.id === id);
  if (!format) throw new Error(`there is no inventory format ${id}`);
  return format.load();
}
