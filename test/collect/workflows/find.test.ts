import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workflows } from "../../../src/collect/workflows/index.ts";
import { offline } from "../../support/world.ts";
import { checkout, collectFiles, collectFrom } from "./checkout.ts";

const SOUND = "jobs: { build: { permissions: {} } }";

describe("files that are chosen by pattern", () => {
  const files = {
    "ci.yml": SOUND,
    "shop/.github/workflows/ci.yml": SOUND,
    "templates/one.yaml": SOUND,
    "templates/deep/two.yml": SOUND,
    "templates/readme.md": "{",
  };

  it.each([
    { paths: ["**/.github/workflows/*.yml"], found: [".github/workflows/ci.yml", "shop/.github/workflows/ci.yml"] },
    { paths: ["templates"], found: ["templates/deep/two.yml", "templates/one.yaml"] },
    { paths: ["**/*.yml", "!shop/**", "!**/deep/*"], found: [".github/workflows/ci.yml"] },
    { paths: ["nothing/**"], found: [] },
  ])("are $found for $paths", async ({ paths, found }) => {
    const { tokens, coverage } = await collectFiles(files, { paths });

    expect(tokens.map(({ location }) => location?.uri)).toEqual(found);
    expect(coverage).toMatchObject([
      { outcome: found.length > 0 ? "read" : "empty", subject: expect.stringContaining(paths.join(", ")) },
    ]);
  });

  it("have their whole path in their identity, save the folder that GitHub reads", async () => {
    const { tokens } = await collectFiles(files, { paths: ["**/ci.yml"] });

    expect(tokens.map(({ id }) => id)).toEqual([
      "github/local/workflow-token/ci.yml/build",
      "github/local/workflow-token/shop/.github/workflows/ci.yml/build",
    ]);
  });

  it("are refused by name where they are links out of the repository, folders, or above it", async () => {
    const root = checkout({ ...files, "inner/x.yml": SOUND });
    symlinkSync("..", join(root, "inner/up"));
    symlinkSync("/etc/hostname", join(root, "inner/host.yml"));
    mkdirSync(join(root, "inner/folder.yml"));

    const { tokens, coverage } = await collectFrom(root, {
      root: "inner",
      paths: ["**/*.yml", "../templates/*.yaml"],
    });

    expect(tokens.map(({ location }) => location?.uri)).toEqual(["inner/x.yml"]);
    expect(coverage.map(({ outcome, subject }) => `${outcome} ${subject}`)).toEqual([
      "failed templates/one.yaml",
      "failed inner/folder.yml",
      "failed inner/host.yml",
      "read 1 of 4 workflow files in **/*.yml, ../templates/*.yaml",
    ]);
  });
});

describe("locations", () => {
  it("are relative to the working directory, wherever the root is", async () => {
    const root = checkout({ "shop/.github/workflows/ci.yml": SOUND, "elsewhere/x": "" });
    const context = {
      ...offline,
      root: join(root, "elsewhere"),
      cwd: join(root, "elsewhere"),
      env: {},
      stdin: () => none(),
    };

    const uris: (string | undefined)[] = [];
    for await (const item of workflows.collect({ use: "workflows", root: "../shop" }, context))
      if ("token" in item) uris.push(item.token.location?.uri);

    expect(uris).toEqual(["../shop/.github/workflows/ci.yml"]);
  });

  async function* none(): AsyncGenerator<Uint8Array> {}
});
