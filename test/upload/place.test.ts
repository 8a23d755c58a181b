import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { placeFor, type Wish } from "../../src/upload/place.ts";

const [one, other] = ["1".repeat(40), "2".repeat(40)];
const origin = (url: string) => `[remote "origin"]\n\turl = ${url}\n`;
const github = origin("git@github.com:acme/shop.git");

/** A folder below a checkout of `main`, unless it is told to have none. */
function folder({ config = github, head = "ref: refs/heads/main\n", commit = one, git = true } = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tokenward-place-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = git ? { ".git/HEAD": head, ".git/config": config, ".git/refs/heads/main": `${commit}\n` } : {};
  for (const [name, text] of Object.entries({ ...files, "out/report.sarif": "" })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return join(root, "out");
}

const actions = { GITHUB_REPOSITORY: "acme/shop", GITHUB_REF: "refs/heads/main", GITHUB_SHA: one };
const cloud = "https://api.github.com";

describe("what results are about", () => {
  it.each([
    {
      from: "GitHub Actions",
      env: { ...actions, GITHUB_API_URL: "https://git.example.com/api/v3" },
      place: { repository: "acme/shop", ref: "refs/heads/main", commit: one, api: "https://git.example.com/api/v3" },
    },
    {
      from: "a pull request whose merge is checked out",
      env: { ...actions, GITHUB_REF: "refs/pull/7/merge" },
      place: { repository: "acme/shop", ref: "refs/pull/7/merge", commit: one, api: cloud },
    },
    {
      from: "a pull request whose head is checked out",
      env: { ...actions, GITHUB_REF: "refs/pull/7/merge" },
      git: { commit: other },
      place: { repository: "acme/shop", ref: "refs/pull/7/head", commit: other, api: cloud },
    },
    {
      from: "GitHub Actions without a checkout",
      env: actions,
      git: { git: false },
      place: { repository: "acme/shop", ref: "refs/heads/main", commit: one, api: cloud },
    },
    {
      from: "the checkout",
      env: {},
      place: { repository: "acme/shop", ref: "refs/heads/main", commit: one, api: cloud },
    },
    {
      from: "the command line, before all else",
      env: actions,
      wish: { repository: "a/b", ref: "refs/tags/v1", commit: other.toUpperCase(), baseUrl: "https://x.example.com" },
      place: { repository: "a/b", ref: "refs/tags/v1", commit: other, api: "https://x.example.com" },
    },
    {
      from: "the command line, where nothing else is known",
      env: {},
      git: { git: false },
      wish: { repository: "a/b", ref: "refs/heads/main", commit: other },
      place: { repository: "a/b", ref: "refs/heads/main", commit: other, api: cloud },
    },
  ])("comes from $from", ({ env, git = {}, wish = {}, place }) => {
    expect(placeFor(wish as Wish, { env, cwd: folder(git) })).toEqual(place);
  });

  it.each([
    { what: "no repository is named", env: {}, git: { config: "" }, told: /no remote origin/ },
    { what: "no branch is checked out", env: {}, git: { head: `${one}\n` }, told: /which ref and commit/ },
    { what: "the branch has no commit", env: {}, git: { head: "ref: refs/heads/new\n" }, told: /which ref and commit/ },
    { what: "there is no checkout", env: {}, git: { git: false }, wish: { repository: "a/b" }, told: /GITHUB_REF/ },
    { what: "only the ref is named", env: actions, wish: { ref: "refs/heads/x" }, told: /only one of the two/ },
    { what: "only the commit is named", env: actions, wish: { commit: one }, told: /only one of the two/ },
    {
      what: "something else is checked out",
      env: actions,
      git: { commit: other },
      told: /GITHUB_SHA is "1{40}", but "2{40}"/,
    },
    {
      what: "the origin is at another host",
      env: {},
      git: { config: origin("https://git.example.com/acme/shop") },
      told: /"git.example.com".*no credential/,
    },
    {
      what: "the origin's host only begins as GitHub's does",
      env: {},
      git: { config: origin("https://github.com.evil.example/acme/shop") },
      told: /no credential/,
    },
    {
      what: "the ref is short",
      env: actions,
      wish: { ref: "main", commit: one },
      told: /the ref "main" cannot be used/,
    },
    {
      what: "the commit is short",
      env: actions,
      wish: { ref: "refs/heads/main", commit: "1234567" },
      told: /the commit "1234567"/,
    },
    { what: "the repository has no owner", env: {}, wish: { repository: "shop" }, told: /the repository "shop"/ },
    { what: "the repository leads elsewhere", env: {}, wish: { repository: "../user" }, told: /the repository/ },
    { what: "the repository is a path", env: { GITHUB_REPOSITORY: "a/b/../../user" }, told: /the repository/ },
    { what: "the ref moves a cursor", env: { ...actions, GITHUB_REF: "refs/heads/a\u001b[2J" }, told: /\\u001b/ },
  ])("is not guessed where $what", ({ env, git = {}, wish = {}, told }) => {
    expect(() => placeFor(wish as Wish, { env, cwd: folder(git) })).toThrow(told);
  });
});
