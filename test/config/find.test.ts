import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Flags, loadConfig } from "../../src/config/load.ts";
import { folderWith } from "./given.ts";

const HERE = "version: 1\nprofile: strict\n";
const ABOVE = "version: 1\nprofile: relaxed\n";

interface Case {
  title: string;
  files: Record<string, string>;
  cwd?: string;
  env?: Record<string, string>;
  flags?: Flags;
}

describe("a configuration that cannot be used stops the run", () => {
  it.each<Case & { code: string; message: string }>([
    {
      title: "a flag that names no file",
      files: { "tokenward.yaml": HERE },
      flags: { config: "nowhere.yaml" },
      code: "CONFIG_UNREADABLE",
      message: "the configuration nowhere.yaml (--config) cannot be read: there is no such file or folder",
    },
    {
      title: "a variable that names a folder",
      files: { "policies/readme.md": "", "tokenward.yaml": HERE },
      env: { TOKENWARD_CONFIG: "policies" },
      code: "CONFIG_UNREADABLE",
      message: "the configuration policies (TOKENWARD_CONFIG) cannot be read: it is a folder",
    },
    {
      title: "a file below a file",
      files: { "tokenward.yaml": HERE },
      flags: { config: "tokenward.yaml/other.yaml" },
      code: "CONFIG_UNREADABLE",
      message: "the configuration tokenward.yaml/other.yaml (--config) cannot be read: a part of its path is no folder",
    },
    {
      title: "an empty flag",
      files: { "tokenward.yaml": HERE },
      flags: { config: "" },
      code: "CONFIG_UNREADABLE",
      message: "the configuration . (--config) cannot be read: it is a folder",
    },
    {
      title: "an empty file that was named",
      files: { "empty.yaml": "" },
      flags: { config: "empty.yaml" },
      code: "CONFIG_INVALID",
      message:
        "the configuration is not valid:\nempty.yaml: the file is empty; write version: 1 and what should differ",
    },
    {
      title: "the name with the other ending, which would go unread",
      files: { "tokenward.yml": HERE },
      code: "CONFIG_MISNAMED",
      message: "tokenward.yml is not read: a configuration is found only under the name tokenward.yaml",
    },
  ])("$title", async ({ files, env = {}, flags = {}, code, message }) => {
    const cwd = await folderWith(files);

    await expect(loadConfig({ cwd, env, flags })).rejects.toMatchObject({ code, message });
  });

  it("a link that leads nowhere", async () => {
    const cwd = await folderWith();
    await symlink(join(cwd, "gone.yaml"), join(cwd, "tokenward.yaml"));

    await expect(loadConfig({ cwd, env: {}, flags: {} })).rejects.toMatchObject({ code: "CONFIG_UNREADABLE" });
  });
});

describe("the configuration is found", () => {
  it.each<Case & { file: string | null }>([
    { title: "in the folder itself", files: { "tokenward.yaml": HERE }, file: "tokenward.yaml" },
    {
      title: "in a folder above, up to the repository's root",
      files: { ".git/HEAD": "", "tokenward.yaml": ABOVE, "a/b/x": "" },
      cwd: "a/b",
      file: "../../tokenward.yaml",
    },
    {
      title: "in the nearest folder of several",
      files: { ".git/HEAD": "", "tokenward.yaml": ABOVE, "a/tokenward.yaml": HERE, "a/b/x": "" },
      cwd: "a/b",
      file: "../tokenward.yaml",
    },
    {
      title: "in a worktree, whose .git is a file",
      files: { ".git": "gitdir: elsewhere\n", "tokenward.yaml": ABOVE, "a/x": "" },
      cwd: "a",
      file: "../tokenward.yaml",
    },
    {
      title: "not above the repository's root",
      files: { "tokenward.yaml": ABOVE, "repository/.git/HEAD": "", "repository/a/x": "" },
      cwd: "repository/a",
      file: null,
    },
    {
      title: "not in a folder above where there is no repository",
      files: { "tokenward.yaml": ABOVE, "a/x": "" },
      cwd: "a",
      file: null,
    },
    {
      title: "by the flag, over variable and folder",
      files: { "tokenward.yaml": HERE, "ci/strict.yaml": HERE, "other.yaml": ABOVE },
      flags: { config: "ci/strict.yaml" },
      env: { TOKENWARD_CONFIG: "other.yaml" },
      file: "ci/strict.yaml",
    },
    {
      title: "by the variable, over the folder",
      files: { "tokenward.yaml": HERE, "other.yaml": ABOVE },
      env: { TOKENWARD_CONFIG: "other.yaml" },
      file: "other.yaml",
    },
    {
      title: "in the folder, where the variable is set to nothing",
      files: { "tokenward.yaml": HERE },
      env: { TOKENWARD_CONFIG: "" },
      file: "tokenward.yaml",
    },
    {
      title: "under the other ending, where the flag names it",
      files: { "tokenward.yml": HERE },
      flags: { config: "tokenward.yml" },
      file: "tokenward.yml",
    },
    {
      title: "nowhere, where none is wanted",
      files: { "tokenward.yaml": HERE, "other.yaml": ABOVE },
      flags: { noConfig: true },
      env: { TOKENWARD_CONFIG: "other.yaml" },
      file: null,
    },
  ])("$title", async ({ files, cwd = ".", env = {}, flags = {}, file }) => {
    const folder = await folderWith(files);
    await mkdir(join(folder, cwd), { recursive: true });

    const config = await loadConfig({ cwd: join(folder, cwd), env, flags });

    expect(config.file).toBe(file);
  });
});
