import { describe, expect, it } from "vitest";
import { mayCall } from "../../../src/collect/workflows/reusable.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { collectFiles, type Files, written } from "./checkout.ts";

const CALLED = "on: workflow_call\njobs: { inner: { runs-on: x } }";
const calling = (permissions: string, target = "./.github/workflows/called.yml") =>
  `on: push\njobs: { outer: { permissions: ${permissions}, uses: ${target} } }`;

async function innerOf(files: Files, config = {}): Promise<Token | undefined> {
  const { tokens } = await collectFiles(files, config);
  return tokens.find(({ id }) => id.endsWith("/called.yml/inner"));
}

describe("a job that calls a workflow", () => {
  it("holds what it states, as the most that the called jobs can get", async () => {
    const { tokens, coverage } = await collectFiles({
      "ci.yml": calling("{ contents: write }", "acme/shared/.github/workflows/x.yml@v1"),
    });

    expect(tokens.map(written)).toEqual([["contents: write"]]);
    expect(tokens[0]?.workflow).toMatchObject({
      permissions_from: "job",
      calls: "acme/shared/.github/workflows/x.yml@v1",
    });
    expect(coverage.map(({ outcome }) => outcome)).toEqual(["read"]);
  });

  it("holds nobody knows what where it states nothing", async () => {
    const { tokens } = await collectFiles({
      "ci.yml": "on: push\njobs: { outer: { uses: acme/shared/.github/workflows/x.yml@v1 } }",
    });

    expect(tokens).toMatchObject([{ unknown: { grants: "not-asked" }, workflow: { permissions_from: "default" } }]);
  });

  it("can pass `id-token` on under a default of write", async () => {
    const { tokens } = await collectFiles(
      { "ci.yml": "on: push\njobs: { outer: { uses: ./.github/workflows/called.yml } }", "called.yml": CALLED },
      { default_permissions: "write" },
    );

    expect(tokens.map((token) => written(token)?.includes("id-token: write"))).toEqual([false, true]);
  });

  it.each([
    { target: "./.github/workflows/gone.yml" },
    { target: "./.github/workflows/called.yml@main" },
    { target: "./.github/workflows" },
    { target: "./elsewhere/called.yml" },
    { target: "./.github/workflows/../../elsewhere/called.yml/.." },
  ])("is reported where it calls $target, which is not there", async ({ target }) => {
    const { tokens, coverage } = await collectFiles({
      "ci.yml": calling("read-all", target),
      "called.yml": CALLED,
      "elsewhere/called.yml": CALLED,
    });

    expect(tokens).toHaveLength(2);
    expect(coverage).toMatchObject([
      {
        outcome: "failed",
        subject: "job outer in .github/workflows/ci.yml",
        detail: expect.stringContaining(target),
        location: { line: 2 },
      },
      { outcome: "read", items: 2 },
    ]);
  });

  it("is reported where `uses` is no text, and is a token all the same", async () => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": "jobs: { outer: { permissions: {}, uses: [a] } }" });

    expect(tokens.map(written)).toEqual([[]]);
    expect(tokens[0]?.workflow).not.toHaveProperty("calls");
    expect(coverage[0]).toMatchObject({ outcome: "failed", detail: expect.stringContaining("`uses` is a list") });
  });
});

describe("a job of a workflow that only calls start", () => {
  it("gets all that any caller has", async () => {
    const inner = await innerOf({
      "a.yml": calling("{ contents: read, issues: write }"),
      "called.yml": CALLED,
      "z.yml": calling("{ contents: write }"),
    });

    expect(inner && written(inner)).toEqual(["contents: write", "issues: write"]);
    expect(inner).toMatchObject({
      workflow: { permissions_from: "caller", triggers: ["workflow_call"] },
      location: { line: 2, column: 9, end_column: 14 },
    });
  });

  it("takes what its own entry says over anything a caller has", async () => {
    const inner = await innerOf({
      "ci.yml": calling("write-all"),
      "called.yml": "on: workflow_call\npermissions: { contents: read }\njobs: { inner: {} }",
    });

    expect(inner && written(inner)).toEqual(["contents: read"]);
    expect(inner?.workflow?.permissions_from).toBe("workflow");
  });

  it.each([
    { caller: "states `{}`", text: calling("{}"), grants: [] },
    {
      caller: "has them from its workflow",
      text: "on: push\npermissions: { checks: write }\njobs: { outer: { uses: ./.github/workflows/called.yml } }",
      grants: ["checks: write"],
    },
    {
      caller: "spells the path with escapes",
      text: calling("{ pages: read }", '"\\x2e/.github/workflows/called.yml"'),
      grants: ["pages: read"],
    },
  ])("has the caller's permissions where the caller $caller", async ({ text, grants }) => {
    const inner = await innerOf({ "called.yml": CALLED, "z.yml": text });

    expect(inner && written(inner)).toEqual(grants);
  });

  it.each([
    { callers: "nobody calls it", files: {}, reason: "not-asked" },
    {
      callers: "only another repository calls it",
      files: { "a.yml": calling("read-all", "acme/x/.github/workflows/called.yml@v1") },
      reason: "not-asked",
    },
    {
      callers: "a caller takes the default",
      files: {
        "a.yml": calling("read-all"),
        "b.yml": "on: push\njobs: { outer: { uses: ./.github/workflows/called.yml } }",
      },
      reason: "not-asked",
    },
    {
      callers: "a caller's permissions are no permissions",
      files: { "a.yml": calling("read-all"), "b.yml": calling("everything") },
      reason: "failed",
    },
    {
      callers: "a file that may call it is not sound",
      files: { "a.yml": calling("read-all"), "z.yml": "uses: ./.github/workflows/called.yml\n\tx" },
      reason: "failed",
    },
    {
      callers: "a file cannot be read",
      files: { "a.yml": calling("read-all"), "z.yml": new Uint8Array([0xc3]) },
      reason: "failed",
    },
    {
      callers: "its only caller is never called",
      files: { "a.yml": "on: workflow_call\njobs: { outer: { uses: ./.github/workflows/called.yml } }" },
      reason: "not-asked",
    },
    {
      callers: "it calls itself",
      files: {
        "a.yml":
          "on: workflow_call\njobs: { outer: { uses: ./.github/workflows/a.yml }, other: { uses: ./.github/workflows/called.yml } }",
      },
      reason: "not-asked",
    },
  ])("has unknown permissions ($reason) where $callers", async ({ files, reason }) => {
    const inner = await innerOf({ "called.yml": CALLED, ...files });

    expect(inner).toMatchObject({ unknown: { grants: reason }, workflow: { permissions_from: "caller" } });
  });

  it("is not unknown for a broken file that calls nothing", async () => {
    const inner = await innerOf({ "a.yml": calling("{ contents: read }"), "called.yml": CALLED, "z.yml": "\tx: {" });

    expect(inner && written(inner)).toEqual(["contents: read"]);
  });

  it("takes a stated default from a caller that has nothing else", async () => {
    const inner = await innerOf(
      { "a.yml": "on: push\njobs: { outer: { uses: ./.github/workflows/called.yml } }", "called.yml": CALLED },
      { default_permissions: "read" },
    );

    expect(inner && written(inner)).toEqual(["contents: read", "packages: read"]);
  });

  it("gets what comes down a chain of calls, and a circle adds nothing", async () => {
    const inner = await innerOf({
      "a.yml": calling("{ contents: write }", "./.github/workflows/b.yml"),
      "b.yml":
        "on: workflow_call\njobs: { x: { uses: ./.github/workflows/c.yml }, y: { uses: ./.github/workflows/b.yml } }",
      "c.yml":
        "on: workflow_call\njobs: { x: { uses: ./.github/workflows/called.yml }, y: { uses: ./.github/workflows/b.yml } }",
      "called.yml": CALLED,
    });

    expect(inner && written(inner)).toEqual(["contents: write"]);
  });

  it("gets the default too where a caller in the chain also starts by itself", async () => {
    const files = {
      "a.yml": calling("{ contents: write }", "./.github/workflows/b.yml"),
      "b.yml": "on: [workflow_call, push]\njobs: { x: { uses: ./.github/workflows/called.yml } }",
      "called.yml": CALLED,
    };

    const [unstated, stated] = [await innerOf(files), await innerOf(files, { default_permissions: "read" })];

    expect(unstated?.unknown.grants).toBe("not-asked");
    expect(stated && written(stated)).toEqual(["contents: write", "packages: read"]);
  });

  it("survives a chain of a thousand calls", async () => {
    const link = (n: number) =>
      `on: workflow_call\njobs: { x: { uses: ./.github/workflows/${n < 999 ? `w${n + 1}` : "called"}.yml } }`;
    const first = calling("{ contents: read }", "./.github/workflows/w1.yml");
    const links = Array.from({ length: 1000 }, (_, n) => [`w${n}.yml`, n === 0 ? first : link(n)]);

    const inner = await innerOf({ ...Object.fromEntries(links), "called.yml": CALLED });

    expect(inner && written(inner)).toEqual(["contents: read"]);
  });
});

describe("a workflow that starts by itself as well", () => {
  it("has the repository's default, whatever its callers have", async () => {
    const { tokens } = await collectFiles({
      "a.yml": calling("write-all"),
      "called.yml": "on: [push, workflow_call]\njobs: { inner: {} }",
    });

    expect(tokens[1]).toMatchObject({ unknown: { grants: "not-asked" }, workflow: { permissions_from: "default" } });
  });
});

describe("the search for callers", () => {
  it.each([
    { text: "uses: ./.github/workflows/a.yml", expected: true },
    { text: 'uses: "\\u002e/.github/workflows/a.yml"', expected: true },
    { text: 'uses: "./.git\\\r\n  hub/workflows/a.yml"', expected: true },
    { text: "uses: actions/checkout@v4", expected: false },
    { text: "run: ./gradlew build", expected: false },
  ])("says $expected for `$text`", ({ text, expected }) => {
    expect(mayCall(text)).toBe(expected);
  });

  it.each([{ caller: "a.yml" }, { caller: "z.yml" }])("finds a caller in $caller", async ({ caller }) => {
    const inner = await innerOf({ "called.yml": CALLED, [caller]: calling("{ contents: read }") });

    expect(inner && written(inner)).toEqual(["contents: read"]);
  });
});
