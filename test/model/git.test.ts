import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkoutAbove, headOf, hostIn, originIn, repositoryIn } from "../../src/model/git.ts";

const secret = ["gh", "p_", "EXAMPLE".repeat(6)].join("");
const commit = "0123456789abcdef0123456789abcdef01234567";
const other = "f".repeat(40);

function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tokenward-git-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

describe("the repository's name from a remote's URL", () => {
  it.each([
    { url: "https://github.com/acme/shop.git" },
    { url: "https://github.com/acme/shop" },
    { url: "https://github.com/acme/shop/" },
    { url: "HTTPS://github.example.com:8443/acme/shop.git" },
    { url: "git@github.com:acme/shop.git" },
    { url: "github.com:acme/shop" },
    { url: "ssh://git@github.com:22/acme/shop.git" },
    { url: "git+ssh://git@github.com/acme/shop.git" },
    { url: "git://github.com/acme/shop.git" },
    { url: `https://x-access-token:${secret}@github.com/acme/shop.git` },
    { url: `https://${secret}@github.com/acme/shop.git` },
    { url: `https://github.com/acme/shop.git?token=${secret}#${secret}` },
    { url: `${secret}@github.com:acme/shop.git` },
  ])("is acme/shop for $url", ({ url }) => {
    expect(repositoryIn(url)).toBe("acme/shop");
  });

  it.each([
    { url: "" },
    { url: "/srv/git/acme/shop.git" },
    { url: "../acme/shop" },
    { url: "file:///srv/acme/shop.git" },
    { url: "C:/acme/shop" },
    { url: "https://gitlab.com/acme/team/shop.git" },
    { url: "https://github.com/shop.git" },
    { url: "https://github.com/acme/.git" },
    { url: `https://github.com/user:${secret}@acme/shop` },
    { url: `https:${secret}@acme/shop` },
    { url: "https://github.com/ac me/shop" },
    { url: "https://github.com/acme/sh\u001b[31mop" },
    { url: "git@github.com:~acme/shop" },
  ])("is unknown for $url", ({ url }) => {
    expect(repositoryIn(url)).toBeUndefined();
  });
});

describe("the remote in a git configuration", () => {
  const [shop, fork] = ["https://github.com/acme/shop.git", "https://github.com/other/shop.git"];

  it.each([
    {
      form: "a plain section",
      config: `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${shop}\n\tfetch = +refs/*\n`,
      url: shop,
    },
    {
      form: "another remote before it",
      config: `[remote "fork"]\n\turl = ${fork}\n[remote "origin"]\n\turl = ${shop}\n`,
      url: shop,
    },
    { form: "several URLs", config: `[remote "origin"]\n\turl = ${shop}\n\turl = ${fork}\n`, url: shop },
    { form: "a URL to push to", config: `[remote "origin"]\n\tpushurl = ${fork}\n\turl = ${shop}\n`, url: shop },
    { form: "quotes and a comment", config: `[REMOTE "origin"]\r\n  URL="${shop}" # ours\r\n`, url: shop },
    { form: "one line", config: `[remote "origin"] url = ${shop}`, url: shop },
    { form: "the old spelling", config: `[remote.origin]\nurl = ${shop}`, url: shop },
    {
      form: "no remote of that name",
      config: `[remote "origin2"]\n\turl = ${fork}\n[url "x"]\n\turl = ${fork}\n`,
      url: undefined,
    },
    { form: "a commented URL", config: `[remote "origin"]\n\t# url = ${fork}\n`, url: undefined },
    { form: "nothing", config: "", url: undefined },
  ])("is $url in $form", ({ config, url }) => {
    expect(originIn(config)).toBe(url);
  });
});

describe("the host of a remote's URL", () => {
  it.each([
    { url: "https://github.com/acme/shop.git", host: "github.com" },
    { url: "HTTPS://Git.Example.com:8443/acme/shop.git", host: "git.example.com" },
    { url: "git@github.com:acme/shop.git", host: "github.com" },
    { url: `https://x-access-token:${secret}@github.com/acme/shop.git`, host: "github.com" },
    { url: "ssh://git@github.com:22/acme/shop.git", host: "github.com" },
    { url: "https://github.com.evil.example/acme/shop.git", host: "github.com.evil.example" },
    { url: "https://evil.example/github.com/acme/shop.git", host: "evil.example" },
    { url: "/srv/git/acme/shop.git", host: undefined },
    { url: "", host: undefined },
  ])("is $host for $url", ({ url, host }) => {
    expect(hostIn(url)).toBe(host);
  });
});

describe("what is checked out", () => {
  const onMain = { ".git/HEAD": "ref: refs/heads/main\n" };

  it.each([
    { form: "a loose reference", files: { ...onMain, ".git/refs/heads/main": `${commit}\n` } },
    {
      form: "a packed reference",
      files: { ...onMain, ".git/packed-refs": `# pack-refs\n${other} refs/heads/amain\n${commit} refs/heads/main\n` },
    },
    {
      form: "a loose reference before a packed one",
      files: { ...onMain, ".git/refs/heads/main": commit, ".git/packed-refs": `${other} refs/heads/main\n` },
    },
  ])("is a branch by $form", ({ files }) => {
    expect(headOf(folder(files))).toEqual({ ref: "refs/heads/main", commit });
  });

  it("is the worktree's own, whose branches are the main repository's", () => {
    const root = folder({
      ...{ "main/.git/HEAD": "ref: refs/heads/main\n", "main/.git/refs/heads/main": other },
      "main/.git/refs/heads/side": commit,
      "main/.git/worktrees/tree/commondir": "../..\n",
      "main/.git/worktrees/tree/HEAD": "ref: refs/heads/side\n",
      "tree/.git": "gitdir: ../main/.git/worktrees/tree\n",
    });

    expect(headOf(join(root, "tree"))).toEqual({ ref: "refs/heads/side", commit });
  });

  it("is a commit alone where no branch is checked out", () => {
    expect(headOf(folder({ ".git/HEAD": `${commit}\n` }))).toEqual({ commit });
  });

  it.each([
    { trouble: "a branch without a commit", files: onMain, head: { ref: "refs/heads/main" } },
    { trouble: "no git", files: {}, head: {} },
    { trouble: "an empty HEAD", files: { ".git/HEAD": "" }, head: {} },
    {
      trouble: "a reference that leads out of its folder",
      files: { ".git/HEAD": "ref: refs/../../secret\n", secret: commit },
      head: {},
    },
    {
      trouble: "a reference that holds something else",
      files: { ...onMain, ".git/refs/heads/main": secret },
      head: { ref: "refs/heads/main" },
    },
  ])("is not known with $trouble", ({ files, head }) => {
    expect(headOf(folder(files as Record<string, string>))).toEqual(head);
  });

  it("is found from a folder below, and nowhere else", () => {
    const root = folder({ "shop/.git/HEAD": "", "shop/a/b/c.txt": "" });

    expect(checkoutAbove(join(root, "shop/a/b"))).toBe(join(root, "shop"));
    expect(checkoutAbove(root)).not.toBe(join(root, "shop"));
  });
});
