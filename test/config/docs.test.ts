import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { fieldNames } from "../../src/model/schema.ts";
import { about, configOf, faultsOf } from "./given.ts";

const page = await readFile(new URL("../../docs/configuration.md", import.meta.url), "utf8");

it("shows a configuration that is sound", async () => {
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

  await expect(configOf(example)).resolves.toMatchObject({ profile: { value: "strict" } });
});

it("shows the lines that its faulty configuration causes", async () => {
  const lines = await faultsOf("version: 1\nprofle: strict\nparameters:\n  too-old: { max_age: 90 }\n", { about });

  expect(page).toContain(`error: the configuration is not valid:\n${lines.join("\n")}\n`);
});

it("names every key", () => {
  expect(fieldNames("config").filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});
