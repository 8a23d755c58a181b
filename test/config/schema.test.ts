import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { providerIds } from "../../src/collect/registry.ts";
import { profiles, thresholds } from "../../src/config/choices.ts";

const schemas = new URL("../../schemas/", import.meta.url);

async function schema(name: string): Promise<{ properties: Record<string, { enum?: string[] }> }> {
  return JSON.parse(await readFile(new URL(name, schemas), "utf8"));
}

describe("the published schema", () => {
  it.each([
    { key: "profile", words: profiles },
    { key: "fail_on", words: thresholds },
  ])("allows for $key the words that flags and variables take", async ({ key, words }) => {
    const { properties } = await schema("config.json");

    expect(properties[key]?.enum).toEqual([...words]);
  });

  it("refers to its parts by paths that lead there from its own place, as editors follow them", async () => {
    const text = await readFile(new URL("config.json", schemas), "utf8");
    const references = [...text.matchAll(/"\$ref": "([^#"]+)"/g)].map(([, path]) => new URL(path ?? "", schemas));

    expect(references).toHaveLength(providerIds.length);
    expect(references.filter((url) => !existsSync(url))).toEqual([]);
  });

  it("describes every key for who hovers over it", async () => {
    for (const name of ["config.json", ...providerIds.map((id) => `sources/${id}.json`)]) {
      const { properties } = await schema(name);
      const bare = Object.entries(properties).filter(([key, value]) => key !== "use" && !("description" in value));

      expect(bare).toEqual([]);
    }
  });
});
