import type { Config, ConfiguredSource } from "../model/config.ts";
import type { InventoryHeader } from "../model/documents.gen.ts";
import { maskSecrets } from "../model/mask.ts";
import { tool } from "./version.ts";

/** What an inventory says of itself: what was asked, as of when. */
export function headerFor({ sources }: Pick<Config, "sources">, asOf: string): InventoryHeader {
  return { schema_version: 1, tool, as_of: asOf, sources: sources.value.map(sourceOf) };
}

function sourceOf({ source }: ConfiguredSource): { use: string; account?: string; path?: string } {
  const { use, account, path } = source;
  return {
    use,
    ...(typeof account === "string" ? { account: maskSecrets(account) } : {}),
    ...(typeof path === "string" ? { path: maskSecrets(path) } : {}),
  };
}
