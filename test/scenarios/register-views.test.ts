import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const watched = "usage: { access: read, since: 2029-01-01T00:00:00Z }";
const cwd = await laidOut(join(scratch, "views"), {
  "tokenward.yaml": "version: 1\nregister: tokens.yaml\n",
  "seen.yaml": [
    `- { kind: github/fine-grained-pat, native_id: a, account: acme, name: "report \\"]; x", grants: "write contents:write@acme/shop", ${watched} }`,
    `- { kind: github/fine-grained-pat, native_id: b, account: acme, grants: "read contents:read@acme/shop", ${watched} }`,
    '- { kind: github/fine-grained-pat, native_id: c, account: acme, grants: "admin administration:write" }',
    "",
  ].join("\n"),
  "tokens.yaml":
    "version: 1\ntokens:\n  - token: { id: github/acme/* }\n    owner: team-shop\n    purpose: all\n    scopes: [contents:write, contents:read]\n",
});

describe("register suggest", () => {
  it("tells narrower scopes, and of how many tokens it cannot tell any", async () => {
    const { code, stdout } = await run({ cwd, args: ["register", "suggest", "seen.yaml"] });

    expect(code).toBe(0);
    expect(stdout).toContain("seen used  read at most, since 2029-01-01");
    expect(stdout).toContain("allowed    tokens.yaml:3 [contents:write, contents:read]");
    expect(stdout).toContain("suggested  scopes: [contents:read]");
    expect(stdout).toContain("no suggestion for 1 token: nobody watches the use");
  });

  it("as JSON, and says when a source was not read", async () => {
    const { stdout } = await run({ cwd, args: ["register", "suggest", "seen.yaml", "-f", "json"] });
    const { suggestions, without } = JSON.parse(stdout);

    expect(
      suggestions.map(({ token, suggested }: { token: string; suggested: string[] }) => [token, suggested]),
    ).toEqual([
      ["github/acme/fine-grained-pat/a", ["contents:read"]],
      ["github/acme/fine-grained-pat/b", ["contents:read"]],
    ]);
    expect(without).toEqual([
      { reason: "not-watched", why: expect.any(String), tokens: ["github/acme/fine-grained-pat/c"] },
    ]);
    expect(await run({ cwd, args: ["register", "suggest", "gone.yaml"] })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("incomplete: file gone.yaml failed"),
    });
  });
});

describe("register graph", () => {
  it("draws owners, tokens and resources from standard input, bounded, with hostile names harmless", async () => {
    const inventory = await run({ cwd, args: ["register", "graph", "seen.yaml", "--limit", "2"] });

    expect(inventory).toMatchObject({ code: 0, stderr: "1 token left out; draw more with --limit\n" });
    expect(inventory.stdout.split("\n")).toEqual([
      "flowchart LR",
      '  t1["report #34;#93;#59; x #40;github/acme/fine-grained-pat/a#41;"]',
      '  o1(["team-shop"])',
      '  r1[("acme/shop")]',
      '  t2["github/acme/fine-grained-pat/b"]',
      '  n1>"1 more token, left out"]',
      "  o1 --> t1",
      '  t1 -->|"write"| r1',
      "  o1 --> t2",
      '  t2 -->|"read"| r1',
      "",
    ]);
  });

  it("as DOT into a file", async () => {
    expect(
      await run({ cwd, args: ["register", "graph", "seen.yaml", "--format", "dot", "-o", "graph.dot"] }),
    ).toMatchObject({ code: 0, stdout: "", stderr: "" });

    expect(await readFile(join(cwd, "graph.dot"), "utf8")).toMatch(/^digraph register \{\n[\s\S]*\n\}\n$/);
  });

  it.each(["0", "-1", "many"])("refuses to draw %s tokens", async (limit) => {
    expect(await run({ cwd, args: ["register", "graph", "seen.yaml", "--limit", limit] })).toMatchObject({ code: 2 });
  });
});
