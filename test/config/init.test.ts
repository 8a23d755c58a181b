import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { initCommand } from "../../src/cli/init.ts";
import { template } from "../../src/config/template.ts";
import { folderWith } from "./given.ts";

const before = process.cwd();
let printed = "";

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.chdir(before);
});

async function init(folder: string, ...options: string[]): Promise<void> {
  process.chdir(folder);
  await initCommand().parseAsync(options, { from: "user" });
}

it("never overwrites a file", async () => {
  const folder = await folderWith({ "tokenward.yaml": "version: 1\n" });

  await expect(init(folder)).rejects.toMatchObject({
    code: "CONFIG_EXISTS",
    message: "tokenward.yaml is there already and is never overwritten",
  });

  expect(await readFile(join(folder, "tokenward.yaml"), "utf8")).toBe("version: 1\n");
  expect(await readdir(folder)).toEqual(["tokenward.yaml"]);
});

it("does not write through a link that leads nowhere", async () => {
  const folder = await folderWith();
  await symlink(join(folder, "elsewhere.yaml"), join(folder, "tokenward.yaml"));

  await expect(init(folder)).rejects.toMatchObject({ code: "CONFIG_EXISTS" });

  expect(await readdir(folder)).toEqual(["tokenward.yaml"]);
});

it("does not touch a folder of that name", async () => {
  const folder = await folderWith({ "tokenward.yaml/kept": "" });

  await expect(init(folder)).rejects.toMatchObject({ code: "CONFIG_EXISTS" });

  expect(await readdir(join(folder, "tokenward.yaml"))).toEqual(["kept"]);
});

it("lets one of many win that run at once, and leaves one whole file", async () => {
  const folder = await folderWith();
  process.chdir(folder);

  const attempts = await Promise.allSettled(
    Array.from({ length: 8 }, () => initCommand().parseAsync([], { from: "user" })),
  );

  expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readdir(folder)).toEqual(["tokenward.yaml"]);
  expect(await readFile(join(folder, "tokenward.yaml"), "utf8")).toBe(template);
});

it("writes the template, for everyone to read as any file in a repository", async () => {
  const folder = await folderWith();
  await writeFile(join(folder, "other"), "");

  await init(folder);

  expect(await readFile(join(folder, "tokenward.yaml"), "utf8")).toBe(template);
  expect((await stat(join(folder, "tokenward.yaml"))).mode).toBe((await stat(join(folder, "other"))).mode);
  expect(printed).toMatch(/^wrote tokenward\.yaml;/);
});

it("prints the template and writes nothing where asked to", async () => {
  const folder = await folderWith();

  await init(folder, "--stdout");

  expect(printed).toBe(template);
  expect(await readdir(folder)).toEqual([]);
});
