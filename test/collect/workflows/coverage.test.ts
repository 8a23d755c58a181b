import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { workflows } from "../../../src/collect/workflows/index.ts";
import { failureOf } from "../../../src/collect/workflows/refusal.ts";
import { LARGEST } from "../../../src/collect/workflows/text.ts";
import { judgedFields } from "../../../src/model/bundle.ts";
import { checkout, collectFiles, collectFrom } from "./checkout.ts";

const SOUND = "jobs: { build: { permissions: {} } }";
const FOLDER = ".github/workflows";

describe("the source as a whole", () => {
  it.each([
    { files: {}, outcome: "empty", subject: "0 workflow files in .github/workflows", items: 0 },
    { files: { "ci.yml": SOUND }, outcome: "read", subject: "1 workflow file in .github/workflows", items: 1 },
    {
      files: { "a.yml": SOUND, "b.yaml": SOUND },
      outcome: "read",
      subject: "2 workflow files in .github/workflows",
      items: 2,
    },
    {
      files: { "a.yml": SOUND, "b.yml": "{" },
      outcome: "read",
      subject: "1 of 2 workflow files in .github/workflows",
      items: 1,
    },
    { files: { "b.yml": "{" }, outcome: "failed", subject: "0 of 1 workflow file in .github/workflows", items: 0 },
    { files: { "notes.md": "{", "ci.yml.bak": "{", "sub/.github/workflows/ci.yml": "{" }, outcome: "empty", items: 0 },
  ])("is $outcome with $items tokens for $files", async ({ files, outcome, subject, items }) => {
    const { coverage } = await collectFiles(files);

    expect(coverage.at(-1)).toMatchObject({
      source: "workflows",
      account: "local",
      outcome,
      items,
      ...(subject && { subject }),
    });
  });

  it.each([
    { what: "nothing at all", text: "" },
    { what: "comments", text: "# to be written\n\n" },
    { what: "a document of nothing", text: "---\n...\n" },
    { what: "null", text: "null" },
    { what: "no job", text: "on: push\njobs: {}" },
    { what: "a list of jobs to come", text: "on: push\njobs:\n" },
  ])("counts a file with $what as read and empty", async ({ text }) => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": text });

    expect(tokens).toEqual([]);
    expect(coverage).toMatchObject([
      { outcome: "empty", subject: ".github/workflows/ci.yml", location: { line: 1, column: 1 } },
      { outcome: "read", subject: "1 workflow file in .github/workflows", items: 0 },
    ]);
  });

  it("reads files in the order of their paths", async () => {
    const { tokens } = await collectFiles({
      "b.yml": SOUND,
      "B.yml": SOUND,
      "a.yaml": SOUND,
      "é.yml": SOUND,
      "a-b.yml": SOUND,
    });

    const order = tokens.map(({ location }) => location?.uri.slice(FOLDER.length + 1));
    expect(order).toEqual(["B.yml", "a-b.yml", "a.yaml", "b.yml", "é.yml"]);
  });

  it("says of each field what its records then keep", async () => {
    const { tokens } = await collectFiles({ "ci.yml": "jobs: { build: {} }" });

    const { fields } = workflows;
    for (const field of judgedFields) {
      const promised = fields["github/workflow-token"][field];
      const kept = tokens[0]?.unknown[field] ?? "known";
      expect([field, promised === "varies" || promised === kept]).toEqual([field, true]);
    }
  });
});

describe("a file that cannot be read", () => {
  it.each([
    {
      trouble: "has a broken byte",
      content: new Uint8Array([0x61, 0x0a, 0x62, 0xff]),
      line: 2,
      column: 2,
      detail: /not UTF-8 from here/,
    },
    {
      trouble: "is Latin-1",
      content: Buffer.from("name: Caf\xe9 \uFFFD\n", "latin1"),
      line: 1,
      column: 10,
      detail: /not UTF-8 from here/,
    },
    {
      trouble: "has a broken byte behind a sound U+FFFD",
      content: Buffer.concat([Buffer.from("\uFEFFa\uFFFD"), Buffer.from([0xc3])]),
      line: 1,
      column: 3,
      detail: /not UTF-8/,
    },
    {
      trouble: "is UTF-16 with a mark",
      content: Buffer.from("\uFEFFon: push", "utf16le"),
      line: 1,
      column: 1,
      detail: /is UTF-16/,
    },
    {
      trouble: "is UTF-16 without a mark",
      content: Buffer.from("on: push", "utf16le"),
      line: 1,
      column: 2,
      detail: /zero byte/,
    },
    {
      trouble: "is binary",
      content: new Uint8Array([0x7f, 0x45, 0x0a, 0x00]),
      line: 2,
      column: 1,
      detail: /zero byte/,
    },
    {
      trouble: "is too large",
      content: Buffer.alloc(LARGEST + 1, "#"),
      line: 1,
      column: 1,
      detail: /has 8388609 bytes; the limit is 8388608/,
    },
  ])("is reported where it $trouble", async ({ content, line, column, detail }) => {
    const { tokens, coverage } = await collectFiles({ "bad.yml": content, "good.yml": SOUND });

    expect(tokens).toHaveLength(1);
    expect(coverage).toMatchObject([
      {
        outcome: "failed",
        subject: `${FOLDER}/bad.yml`,
        detail: expect.stringMatching(detail),
        remedy: expect.any(String),
        location: { uri: `${FOLDER}/bad.yml`, line, column },
      },
      { outcome: "read", subject: `1 of 2 workflow files in ${FOLDER}`, items: 1 },
    ]);
  });

  it("reads a file of just the largest size", async () => {
    const { coverage } = await collectFiles({ "ci.yml": `${SOUND}\n#`.padEnd(LARGEST, "x") });

    expect(coverage).toMatchObject([{ outcome: "read", items: 1 }]);
  });

  it.each([
    { trouble: "is a folder", prepare: (path: string) => mkdirSync(path), detail: /is a folder, not a file/ },
    {
      trouble: "is a pipe",
      prepare: (path: string) => execFileSync("mkfifo", [path]),
      detail: /is a device, not a file/,
    },
    {
      trouble: "is a link to nothing",
      prepare: (path: string) => symlinkSync("gone.yml", path),
      detail: /link to nothing/,
    },
    {
      trouble: "is a link to itself",
      prepare: (path: string) => symlinkSync("bad.yml", path),
      detail: /link in a circle/,
    },
    {
      trouble: "is a link out of the repository",
      prepare: (path: string) => symlinkSync("/etc/hostname", path),
      detail: /leads out of the repository/,
    },
  ])("is reported where it $trouble", async ({ prepare, detail }) => {
    const root = checkout({ "good.yml": SOUND });
    prepare(join(root, FOLDER, "bad.yml"));

    const { tokens, coverage } = await collectFrom(root);

    expect(tokens).toHaveLength(1);
    expect(coverage).toMatchObject([
      {
        outcome: "failed",
        subject: `${FOLDER}/bad.yml`,
        detail: expect.stringMatching(detail),
        location: { line: 1, column: 1 },
      },
      { outcome: "read", items: 1 },
    ]);
  });

  it("follows a link that stays in the repository", async () => {
    const root = checkout({ "ci/real.txt": SOUND, "good.yml": SOUND });
    symlinkSync("../../ci/real.txt", join(root, FOLDER, "linked.yml"));

    const { tokens } = await collectFrom(root);

    expect(tokens.map(({ id }) => id)).toEqual([
      "github/local/workflow-token/good.yml/build",
      "github/local/workflow-token/linked.yml/build",
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("is denied where its permissions say so", async () => {
    const root = checkout({ "bad.yml": SOUND });
    chmodSync(join(root, FOLDER, "bad.yml"), 0);

    expect((await collectFrom(root)).coverage[0]).toMatchObject({ outcome: "denied" });
  });

  it.each([
    { code: "EACCES", outcome: "denied" },
    { code: "EPERM", outcome: "denied" },
    { code: "EIO", outcome: "failed" },
  ])("is $outcome for $code", ({ code, outcome }) => {
    const refusal = failureOf(Object.assign(new Error("x"), { code }));

    expect(refusal).toMatchObject({ outcome, detail: expect.stringContaining(code) });
  });

  it("is no excuse for a bug", () => {
    expect(() => failureOf(new RangeError("a bug"))).toThrow("a bug");
  });
});

describe("a folder that cannot be read", () => {
  it.each([
    { trouble: "a root that is not there", config: { root: "gone" }, subject: "gone", detail: /is not there/ },
    { trouble: "a root that is a file", config: { root: "file" }, subject: "file", detail: /is a file, not a folder/ },
    {
      trouble: "a file where the folder should be",
      config: { root: "wrong" },
      subject: "wrong/.github/workflows",
      detail: /has a file where a folder/,
    },
    {
      trouble: "a folder that leads out",
      config: { root: "leaving" },
      subject: "leaving/.github/workflows",
      detail: /leads out/,
    },
  ])("is reported for $trouble", async ({ config, subject, detail }) => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "tokenward-outside-")));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    writeFileSync(join(outside, "ci.yml"), SOUND);
    const root = checkout({ "./file": "", "wrong/.github": "", "leaving/.github/readme": "" });
    symlinkSync(outside, join(root, "leaving/.github/workflows"));

    const { tokens, coverage } = await collectFrom(root, config);

    expect(tokens).toEqual([]);
    expect(coverage).toMatchObject([{ outcome: "failed", subject, detail: expect.stringMatching(detail), items: 0 }]);
    expect(coverage[0]).not.toHaveProperty("location");
  });
});
