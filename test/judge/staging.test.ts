import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourcesIn, stage } from "../../src/judge/staging.ts";
import { repository } from "../support/command.ts";
import { folderOf } from "./policies.ts";

const rest = { schemas: `${repository}schemas`, capabilities: `${repository}policies/capabilities.json` };

describe("a folder of policies is refused", () => {
  it.each([
    { what: "that is not there", path: "nowhere", reason: "there is no such file or folder" },
    { what: "that is a file", path: "a.rego", reason: "a part of its path is no folder" },
  ])("$what", async ({ path, reason }) => {
    const folder = join(await folderOf({ "a.rego": "" }), path);

    await expect(sourcesIn(folder)).rejects.toMatchObject({
      code: "POLICY_FOLDER",
      message: `cannot read the policy folder ${folder}: ${reason}`,
      remedy: expect.stringContaining("correct the path"),
    });
  });

  it("with a policy that is a link to nowhere", async () => {
    const folder = await folderOf({ "usage/a.rego": "" });
    await symlink("gone.rego", join(folder, "usage/b.rego"));

    await expect(sourcesIn(folder)).rejects.toMatchObject({
      code: "POLICY_FOLDER",
      message: expect.stringContaining(join(folder, "usage/b.rego")),
    });
  });

  it("whose links go round", async () => {
    const folder = await folderOf({ "usage/a.rego": "" });
    await symlink("..", join(folder, "usage/up"));

    await expect(sourcesIn(folder)).rejects.toMatchObject({
      code: "POLICY_FOLDER",
      message: expect.stringContaining("it is more than 10 folders deep"),
    });
  });

  it.each([
    { what: "with the file of another", one: { "lib/params.rego": "a" }, other: { "lib/params.rego": "b" } },
    { what: "with the same file again", one: { "usage/idle.rego": "a" }, other: { "usage/idle.rego": "a" } },
  ])("$what", async ({ one, other }) => {
    const [first, second] = [await folderOf(one), await folderOf({ ...other, "usage/alone.rego": "c" })];
    const [file = ""] = Object.keys(one);

    await expect(stage({ ...rest, policies: [first, second] }, await folderOf({}))).rejects.toMatchObject({
      code: "POLICY_INVALID",
      message: `the policies do not compile:\n${join(second, file)}: ${join(first, file)} stands in the same place; give yours another name`,
    });
  });
});

describe("the sources of a folder", () => {
  it("are its Rego files at any depth, sorted, without tests, hidden files and all else", async () => {
    const folder = await folderOf({
      "usage/b.rego": "",
      "lib/a.rego": "",
      "usage/b_test.rego": "",
      "usage/.hidden.rego": "",
      ".git/usage/c.rego": "",
      "usage/notes.md": "",
      "usage/d.rego.orig": "",
    });
    await mkdir(join(folder, "usage/folder.rego"));

    expect(await sourcesIn(folder)).toEqual(["lib/a.rego", "usage/b.rego"]);
  });

  it("are found through links, as container platforms lay out what they mount", async () => {
    const folder = await folderOf({ "..data/usage/a.rego": "package a", "..data/b.rego": "package b" });
    await symlink("..data/usage", join(folder, "usage"));
    await symlink("..data/b.rego", join(folder, "b.rego"));
    await symlink("nowhere", join(folder, "notes"));

    expect(await sourcesIn(folder)).toEqual(["b.rego", "usage/a.rego"]);
  });
});

it("stages sources as plain files under fixed names, with the token's schema and the list of built-ins", async () => {
  const [one, other] = [
    await folderOf({ "elsewhere/a.rego": "package a" }),
    await folderOf({ "lib/c.rego": "package c" }),
  ];
  await mkdir(join(one, "usage"));
  await symlink(join(one, "elsewhere/a.rego"), join(one, "usage/b.rego"));
  const scratch = await folderOf({});

  await stage({ ...rest, policies: [one, other] }, scratch);

  expect(await sourcesIn(scratch)).toEqual([
    "policies/elsewhere/a.rego",
    "policies/lib/c.rego",
    "policies/usage/b.rego",
  ]);
  expect(await readFile(join(scratch, "policies/usage/b.rego"), "utf8")).toBe("package a");
  expect(await readFile(join(scratch, "schemas/token.json"), "utf8")).toContain('"title": "Token"');
  expect(await readFile(join(scratch, "capabilities.json"), "utf8")).toContain('"builtins"');
});
