import { describe, expect, it } from "vitest";
import { resolveRules } from "../../src/config/parameters.ts";
import { template } from "../../src/config/template.ts";
import { fieldNames } from "../../src/model/schema.ts";
import { about, configOf, faultsOf } from "./given.ts";

/** The template with every setting in force: a setting is commented out by a `#` without a blank. */
const everything = template.replaceAll(/^( *)#(?=\S)/gm, "$1");

describe("the file that init writes", () => {
  it("is a sound configuration that changes nothing", async () => {
    const config = await configOf(template);
    const plain = await configOf("version: 1\nsources: [{ use: workflows }]\n");

    expect(config.sources.value.map(({ source }) => source)).toEqual([{ use: "workflows" }]);
    expect(resolveRules(config, about.manifest, about.thresholds)).toEqual(
      resolveRules(plain, about.manifest, about.thresholds),
    );
    expect(config).toMatchObject({ failOn: { source: "built-in" }, profile: { source: "built-in" } });
  });

  it("is a sound configuration also with every comment sign removed", async () => {
    const config = await configOf(everything);

    expect(() => resolveRules(config, about.manifest, about.thresholds)).not.toThrow();
    expect(config.sources.value.map(({ source }) => source.use)).toEqual(["workflows", "file"]);
  });

  it("would be refused with one misspelt setting", async () => {
    expect(await faultsOf(everything.replace("fail_on", "fail_at"))).toHaveLength(1);
  });

  it.each([
    { place: "the file", name: "config", pointer: "" },
    { place: "policies", name: "config", pointer: "/policies" },
    { place: "a source of workflows", name: "sources/workflows", pointer: "" },
    { place: "a source of files", name: "sources/file", pointer: "" },
  ])("shows every key of $place", ({ name, pointer }) => {
    const keys = fieldNames(name, pointer);

    expect(keys.filter((key) => !new RegExp(`^ *(- )?${key}:`, "m").test(everything))).toEqual([]);
    expect(keys).not.toEqual([]);
  });

  it("shows the defaults that are built in", async () => {
    const { profile, failOn, allowIncomplete } = await configOf("version: 1\n");

    expect(template).toContain(`\n#profile: ${profile.value}\n`);
    expect(template).toContain(`\n#fail_on: ${failOn.value}\n`);
    expect(template).toContain(`\n#allow_incomplete: ${allowIncomplete.value}\n`);
  });

  it("begins with what an editor needs to complete it", () => {
    expect(template.split("\n")[0]).toBe(
      "# yaml-language-server: $schema=./node_modules/tokenward/schemas/config.json",
    );
  });
});
