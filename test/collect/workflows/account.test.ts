import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../../src/collect/workflows/account.ts";
import { checkout, collectFrom } from "./checkout.ts";

const secret = ["gh", "p_", "EXAMPLE".repeat(6)].join("");

describe("the account", () => {
  const config = '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n';

  it.each([
    { from: "the configuration", configured: "a/b", env: { GITHUB_REPOSITORY: "c/d" }, account: "a/b" },
    { from: "the environment", configured: undefined, env: { GITHUB_REPOSITORY: "c/d" }, account: "c/d" },
    { from: "the remote", configured: undefined, env: { GITHUB_REPOSITORY: "" }, account: "acme/shop" },
    {
      from: "the remote, as the environment's is too long",
      configured: undefined,
      env: { GITHUB_REPOSITORY: "x".repeat(600) },
      account: "acme/shop",
    },
  ])("comes from $from", ({ configured, env, account }) => {
    expect(accountOf(configured, checkout({ ".git/config": config }), env)).toBe(account);
  });

  it("comes from the main repository in a worktree", () => {
    const root = checkout({
      "main/.git/config": config,
      "main/.git/worktrees/tree/commondir": "../..\n",
      "tree/.git": "gitdir: ../main/.git/worktrees/tree\n",
    });

    expect(accountOf(undefined, join(root, "tree"), {})).toBe("acme/shop");
  });

  it("comes from its own configuration in a submodule", () => {
    const root = checkout({ ".git/modules/sub/config": config, "sub/.git": "gitdir: ../.git/modules/sub\n" });

    expect(accountOf(undefined, join(root, "sub"), {})).toBe("acme/shop");
  });

  it.each([
    { trouble: "no git", prepare: () => undefined },
    { trouble: "an empty .git file", prepare: (root: string) => writeFileSync(join(root, ".git"), "") },
    {
      trouble: "a .git file that names nothing",
      prepare: (root: string) => writeFileSync(join(root, ".git"), "gitdir: ./gone\n"),
    },
    {
      trouble: "a configuration that is a folder",
      prepare: (root: string) => mkdirSync(join(root, ".git/config"), { recursive: true }),
    },
    { trouble: "a link in a circle", prepare: (root: string) => symlinkSync(".git", join(root, ".git")) },
    { trouble: "a huge configuration", prepare: (root: string) => huge(root) },
  ])("is local with $trouble", ({ prepare }) => {
    const root = checkout({ "ci.yml": "" });

    prepare(root);

    expect(accountOf(undefined, root, {})).toBe("local");
    rmSync(join(root, ".git"), { recursive: true, force: true });
  });

  function huge(root: string): void {
    mkdirSync(join(root, ".git"));
    writeFileSync(join(root, ".git/config"), config + "#".repeat(1_048_576));
  }

  it("is in the token's identity, grants, principal and coverage, without the URL's credential", async () => {
    const root = checkout({
      "ci.yml": "permissions: { contents: read }\njobs: { build: {} }",
      ".git/config": config.replace("git@github.com:", `https://${secret}@github.com/`),
    });

    const { tokens, coverage } = await collectFrom(root);

    expect(tokens).toMatchObject([
      {
        id: "github/acme/shop/workflow-token/ci.yml/build",
        account: "acme/shop",
        principal: { type: "workload", id: "acme/shop/.github/workflows/ci.yml" },
        grants: [{ family: "workflow", scope: "contents", access: "read", resource: "acme/shop" }],
      },
    ]);
    expect(coverage).toMatchObject([{ account: "acme/shop" }]);
    expect(JSON.stringify([tokens, coverage])).not.toContain(secret);
  });
});
