import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatMeasures } from "../../bench/measures/formats.ts";
import { isMet, keys, quickKeys, targets } from "../../bench/targets.ts";
import { inventoryFormatIds } from "../../src/report/inventory-registry.ts";
import { formatIds } from "../../src/report/registry.ts";

const wanted = [
  ...formatIds.map((id) => `formats.${id}`),
  ...inventoryFormatIds.map((id) => `formats.inventory.${id}`),
];

describe("the measures of the formats", () => {
  it("are one for each format there is, of reports and of inventories", () => {
    expect(formatMeasures.flatMap((measure) => measure.keys)).toEqual(wanted);
    expect(keys.filter((key) => key.startsWith("formats."))).toEqual(wanted);
  });

  it.each(keys.filter((key) => key.startsWith("formats.")))("%s is held to memory that does not grow", (key) => {
    expect(isMet(targets[key], 1.25)).toBe(true);
    expect(isMet(targets[key], 1.26)).toBe(false);
  });

  it("stand behind the measures that were there before, all of which are quick", () => {
    const before = keys.slice(0, keys.indexOf("formats.table"));

    expect(before).toHaveLength(9);
    expect(quickKeys.slice(0, 9)).toEqual(before);
  });

  it("are explained on the page about performance", () => {
    const page = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");

    expect(page).toContain("--only formats");
  });
});
