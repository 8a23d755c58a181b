import { describe, expect, it } from "vitest";
import { readWorkflow } from "../../../src/collect/workflows/workflow.ts";
import { collectFiles, onlyToken, written } from "./checkout.ts";

const SOUND = "on: push\njobs:\n  build:\n    permissions:\n      contents: read\n";

describe("what is built to hurt", () => {
  it("does not expand a bomb of aliases", async () => {
    const levels = Array.from({ length: 30 }, (_, n) => `b${n + 1}: &b${n + 1} [${`*b${n},`.repeat(10)}]`);

    const { tokens } = await collectFiles({ "ci.yml": `b0: &b0 x\n${levels.join("\n")}\n${SOUND}    env: *b30\n` });

    expect(tokens.map(written)).toEqual([["contents: read"]]);
  });

  it("bounds a bomb of merges", () => {
    const levels = Array.from(
      { length: 18 },
      (_, n) => `b${n + 1}: &b${n + 1} { k${n}: x, <<: [${`*b${n},`.repeat(10)}] }`,
    );

    const { workflow } = readWorkflow(`b0: &b0 { a: b }\n${levels.join("\n")}\njobs: { build: *b18 }`);

    expect(workflow?.jobs).toMatchObject([{ key: "build", permissions: { kind: "absent" } }]);
  });

  it("stops following merges that are nested without end, and then claims nothing", () => {
    const levels = Array.from({ length: 40 }, (_, n) => `b${n + 1}: &b${n + 1} { <<: *b${n} }`);

    const { workflow, faults } = readWorkflow(
      `b0: &b0 { permissions: write-all }\n${levels.join("\n")}\njobs: { build: *b40 }`,
    );

    expect(workflow?.jobs).toMatchObject([{ permissions: { kind: "unreadable" } }]);
    expect(faults).toMatchObject([{ detail: expect.stringContaining("<<") }]);
  });

  it("survives a map that merges itself", () => {
    const { workflow } = readWorkflow("jobs:\n  build: &b\n    <<: *b\n    permissions: {}\n");

    expect(workflow?.jobs).toMatchObject([{ permissions: { kind: "stated" } }]);
  });

  it("stops after ten thousand aliases, and says so", () => {
    const jobs = Array.from({ length: 10_050 }, (_, n) => `  j${n}: *j\n`);

    const { workflow, faults } = readWorkflow(`x: &j { permissions: {} }\njobs:\n${jobs.join("")}`);

    expect(workflow?.jobs).toHaveLength(10_000);
    expect(faults).toContainEqual(
      expect.objectContaining({ line: 10_003, detail: "more aliases than can be followed" }),
    );
  });

  it("reads a workflow of five megabytes", async () => {
    const step = `      - name: ${"x".repeat(60)}\n        run: |\n          ${"echo hello; ".repeat(20)}\n`;
    const text = `${SOUND}    steps:\n${step.repeat(Math.ceil(5_000_000 / step.length))}  last:\n    permissions: write-all\n`;

    const { tokens, coverage } = await collectFiles({ "huge.yml": text });

    expect(text.length).toBeGreaterThan(5_000_000);
    expect(tokens.map(({ workflow }) => workflow?.shorthand)).toEqual([undefined, "write-all"]);
    expect(coverage.map(({ outcome }) => outcome)).toEqual(["read"]);
  });

  it.each([
    { what: "job", text: `jobs: { ${"k".repeat(1000)}: {}, build: {} }` },
    { what: "job of odd characters", text: `jobs: { ${"🔑".repeat(100)}: {}, build: {} }` },
  ])("reports a $what whose key is too long for an identity", async ({ text }) => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": text });

    expect(tokens.map(({ id }) => id)).toEqual(["github/local/workflow-token/ci.yml/build"]);
    expect(coverage[0]).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("too long"),
      location: { line: 1 },
    });
  });

  it("cuts texts that are longer than a record may hold, and shows it", async () => {
    const long = "x".repeat(5000);

    const token = await onlyToken({
      "ci.yml": `name: ${long}\non: ${long}\njobs: { build: { uses: a/${long}, environment: ${long} } }`,
    });

    expect([token.name, token.environment, token.workflow?.calls, ...(token.workflow?.triggers ?? [])]).toEqual(
      [4096, 128, 1024, 256].map((length) => expect.stringMatching(new RegExp(`^(?:a/)?x{${length - 3},}…$`))),
    );
  });
});
