import { describe, expect, it } from "vitest";
import { readWorkflow } from "../../../src/collect/workflows/workflow.ts";
import { collectFiles, expression, onlyToken, written } from "./checkout.ts";

const SOUND = "on: push\njobs:\n  build:\n    permissions:\n      contents: read\n";

describe("what cannot be parsed", () => {
  it.each([
    {
      hazard: "a tab as indentation",
      text: "on: push\njobs:\n\tbuild: {}\n",
      line: 3,
      column: 1,
      detail: /a tab where only spaces/,
    },
    {
      hazard: "an open quote",
      text: 'on: push\njobs:\n  build:\n    name: "CI\n',
      line: 5,
      column: 1,
      detail: /character is missing/,
    },
    {
      hazard: "an open bracket",
      text: "on: [push\njobs:\n  build: {}\n",
      line: 2,
      column: 1,
      detail: /not valid YAML/,
    },
    {
      hazard: "two keys on a line",
      text: "on: push\njobs: build: {}\n",
      line: 2,
      column: 7,
      detail: /second key on the same line/,
    },
    {
      hazard: "wrong indentation",
      text: "on: push\njobs:\n  build: {}\n test: {}\n",
      line: 4,
      column: 1,
      detail: /not valid YAML/,
    },
    {
      hazard: "a reserved character",
      text: "on: push\njobs:\n  build:\n    name: @me\n",
      line: 4,
      column: 11,
      detail: /may not begin with this character/,
    },
    {
      hazard: "a merge conflict",
      text: "on: push\n<<<<<<< ours\njobs: {}\n=======\njobs: {}\n",
      line: 2,
      column: 1,
      detail: /line without a colon/,
    },
    { hazard: "plain nonsense", text: "hello world", line: 1, column: 1, detail: /the file is "hello world"/ },
    { hazard: "a list", text: "- push\n- jobs\n", line: 1, column: 1, detail: /the file is a list/ },
    { hazard: "no jobs", text: "# a comment\non: push\n", line: 2, column: 1, detail: /no key `jobs`/ },
    { hazard: "jobs as a list", text: "on: push\njobs: [build]\n", line: 2, column: 1, detail: /`jobs` is a list/ },
    {
      hazard: "a billion brackets",
      text: `on: push\njobs: ${"[".repeat(1_000_000)}`,
      line: 2,
      column: 106,
      detail: /nested deeper than 100 levels/,
    },
    { hazard: "deep block nesting", text: deep(200), line: 100, column: 101, detail: /nested deeper than 100 levels/ },
  ])("reports $hazard at line $line, column $column", async ({ text, line, column, detail }) => {
    const { tokens, coverage } = await collectFiles({ "bad.yml": text, "good.yml": SOUND });

    expect(tokens.map(({ id }) => id)).toEqual(["github/local/workflow-token/good.yml/build"]);
    expect(coverage).toMatchObject([
      {
        outcome: "failed",
        subject: ".github/workflows/bad.yml",
        items: 0,
        detail: expect.stringMatching(detail),
        remedy: expect.any(String),
        location: { uri: ".github/workflows/bad.yml", line, column },
      },
      { outcome: "read", items: 1 },
    ]);
  });

  function deep(levels: number): string {
    return Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
  }

  it("says how many faults there are besides the first", () => {
    const { faults } = readWorkflow("a: @\nb: @\nc: @\n");

    expect(faults).toMatchObject([{ line: 1, column: 4, detail: expect.stringContaining("(and 2 more faults)") }]);
  });

  it("never quotes a file that it could not parse", () => {
    const secret = ["gh", "p_", "EXAMPLE".repeat(6)].join("");

    const { faults } = readWorkflow(`jobs:\n  build: {env: {TOKEN: ${secret}}}}\n  ${secret}\n`);

    expect(faults).not.toEqual([]);
    expect(JSON.stringify(faults)).not.toContain(secret);
  });

  it("gives up on more words and marks than any workflow has", () => {
    const { workflow, faults } = readWorkflow(`on: push\njobs: [${",".repeat(2_100_000)}]`);

    expect(workflow).toBeUndefined();
    expect(faults).toMatchObject([{ line: 2, detail: "more than 2000000 words and marks" }]);
  });
});

describe("one fault does not hide the rest", () => {
  it.each([
    { fault: "a job that is text", jobs: "bad: hello", detail: /the job is "hello"/ },
    { fault: "a job that is empty", jobs: "bad:", detail: /the job is empty/ },
    { fault: "a job without a name", jobs: "? [a]\n  : {}", detail: /a key without a name/ },
    { fault: "an alias to nothing", jobs: "bad: *nothing", detail: /alias without an anchor/ },
    { fault: "a job written twice", jobs: "good: {}", detail: /the key "good" is written twice/ },
  ])("reads the other jobs beside $fault", async ({ jobs, detail }) => {
    const { tokens, coverage } = await collectFiles({
      "ci.yml": `jobs:\n  good: { permissions: {} }\n  ${jobs}\n  last: {}\n`,
    });

    expect(tokens.map(({ id }) => id.split("/").at(-1))).toEqual(["good", "last"]);
    expect(coverage).toMatchObject([
      { outcome: "failed", detail: expect.stringMatching(detail), location: { line: 3, column: expect.any(Number) } },
      { outcome: "read", items: 2 },
    ]);
  });

  it("reads the first of several documents and names the place of the second", async () => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": `---\n${SOUND}---\njobs: { second: {} }\n---\nthird` });

    expect(tokens.map(written)).toEqual([["contents: read"]]);
    expect(coverage).toMatchObject([
      { outcome: "failed", detail: expect.stringContaining("second document"), location: { line: 7, column: 1 } },
      { outcome: "read" },
    ]);
  });

  it.each([
    { where: "the job", text: "jobs:\n  build:\n    permissions: {}\n    permissions: write-all\n", from: "job" },
    { where: "the workflow", text: "permissions: {}\npermissions: write-all\njobs: { build: {} }\n", from: "workflow" },
    { where: "a merge that leads nowhere", text: "jobs:\n  build:\n    <<: *nothing\n    runs-on: x\n", from: "job" },
  ])("does not choose where permissions are in doubt in $where", async ({ text, from }) => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": text });

    expect(tokens).toMatchObject([{ unknown: { grants: "failed" }, workflow: { permissions_from: from } }]);
    expect(coverage[0]).toMatchObject({ outcome: "failed" });
  });

  it("takes a scope that is written twice for unknown", async () => {
    const { tokens } = await collectFiles({
      "ci.yml": "jobs:\n  build:\n    permissions:\n      contents: read\n      contents: write\n",
    });

    expect(tokens.map(written)).toEqual([["contents: unknown"]]);
  });
});

describe("what is unusual but sound", () => {
  it.each([
    { form: "a byte order mark", text: `\uFEFF${SOUND}`, line: 4 },
    { form: "Windows line ends", text: SOUND.replaceAll("\n", "\r\n"), line: 4 },
    { form: "quoted keys", text: SOUND.replace("jobs", '"jobs"').replace("permissions", "'permissions'"), line: 4 },
    { form: "a document start and end", text: `--- # one\n${SOUND}...\n`, line: 5 },
    { form: "a version directive", text: `%YAML 1.1\n---\n${SOUND}`, line: 6 },
    { form: "flow style", text: "{ on: push,\njobs: { build: {\npermissions: { contents: read } } } }", line: 3 },
    {
      form: "an aliased level",
      text: SOUND.replace("on: push", "env: { L: &read read }").replace(": read\n", ": *read\n"),
      line: 4,
    },
    {
      form: "aliased permissions",
      text: "env: { P: &p { contents: read } }\njobs:\n  build:\n    permissions: *p\n",
      line: 4,
    },
    {
      form: "a merged job",
      text: "x: &base\n  permissions:\n    contents: read\njobs:\n  build:\n    <<: *base\n",
      line: 2,
    },
    {
      form: "merged permissions",
      text: "x: &p { contents: read }\njobs:\n  build:\n    permissions: { <<: [*p, { contents: write }] }\n",
      line: 4,
    },
    {
      form: "an anchor used again",
      text: "x: [&p write-all, &p { contents: read }]\njobs:\n  build:\n    permissions: *p\n",
      line: 4,
    },
  ])("reads $form", async ({ text, line }) => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": text });

    expect(tokens.map(written)).toEqual([["contents: read"]]);
    expect(tokens[0]?.location?.line).toBe(line);
    expect(coverage.map(({ outcome }) => outcome)).toEqual(["read"]);
  });

  it.each([
    { on: "on: push", triggers: ["push"] },
    { on: "on: [push, pull_request, push]", triggers: ["pull_request", "push"] },
    { on: "on: { workflow_dispatch: , push: { branches: [main] } }", triggers: ["push", "workflow_dispatch"] },
    { on: "true: push", triggers: ["push"] },
    { on: '"on": push', triggers: ["push"] },
    { on: "true: push\non: release", triggers: ["release"] },
    { on: "on:", triggers: [] },
    { on: "name: none", triggers: [] },
  ])("finds $triggers in `$on`", async ({ on, triggers }) => {
    const token = await onlyToken({ "ci.yml": `${on}\njobs: { build: {} }` });

    expect(token.workflow?.triggers).toEqual(triggers);
  });

  it("reports events that are no text", async () => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": "on: [push, [tag]]\njobs: { build: {} }" });

    expect(tokens[0]?.workflow?.triggers).toEqual(["push"]);
    expect(coverage[0]).toMatchObject({ outcome: "failed", location: { line: 1, column: 1 } });
  });

  it.each([
    { written: "no environment", environment: "", value: null, unknown: undefined },
    { written: "a name", environment: "environment: production", value: "production", unknown: undefined },
    {
      written: "a map",
      environment: "environment: { name: staging, url: https://example.com }",
      value: "staging",
      unknown: undefined,
    },
    {
      written: "an expression",
      environment: `environment: ${expression("inputs.env")}`,
      value: undefined,
      unknown: "not-exposed",
    },
    { written: "a list", environment: "environment: [a]", value: undefined, unknown: "failed" },
    { written: "a map without a name", environment: "environment: { url: x }", value: undefined, unknown: "failed" },
  ])("knows of $written as environment what can be known", async ({ environment, value, unknown }) => {
    const token = await onlyToken({ "ci.yml": `jobs:\n  build:\n    runs-on: x\n    ${environment}` });

    expect(token.environment).toBe(value);
    expect(token.unknown.environment).toBe(unknown);
  });

  it.each([
    { names: "both names", text: "name: CI\njobs: { build: { name: Build it } }", name: "CI / Build it" },
    { names: "no names", text: "jobs: { build: {} }", name: "ci.yml / build" },
    { names: "empty names", text: 'name: ""\njobs: { build: { name: } }', name: "ci.yml / build" },
    { names: "names that are no text", text: "name: [a]\njobs: { build: { name: { a: b } } }", name: "ci.yml / build" },
    { names: "numbers", text: "name: 0x1F\njobs: { 007: {} }", name: "0x1F / 007" },
    { names: "control characters", text: 'name: "\\e[31mred"\njobs: { build: {} }', name: "\u001b[31mred / build" },
  ])("names a token after $names", async ({ text, name }) => {
    expect((await onlyToken({ "ci.yml": text })).name).toBe(name);
  });

  it("keeps jobs in the order of the file, whatever they are called", async () => {
    const keys = ["zeta", "10", "9", "__proto__", "constructor", "alpha"];

    const { tokens } = await collectFiles({ "ci.yml": `jobs:\n${keys.map((key) => `  ${key}: {}\n`).join("")}` });

    expect(tokens.map(({ id }) => id.split("/").at(-1))).toEqual(keys);
  });
});
