import { describe, expect, it } from "vitest";
import { accessOf, defaultGrants, shorthandGrants, union } from "../../../src/collect/workflows/permissions.ts";
import { collectFiles, expression, onlyToken, written } from "./checkout.ts";

const READ_ALL = [
  "actions: read",
  "artifact-metadata: read",
  "attestations: read",
  "checks: read",
  "contents: read",
  "deployments: read",
  "discussions: read",
  "issues: read",
  "models: read",
  "packages: read",
  "pages: read",
  "pull-requests: read",
  "repository-projects: read",
  "security-events: read",
  "statuses: read",
  "vulnerability-alerts: read",
];
const WRITE_ALL = [
  "actions: write",
  "artifact-metadata: write",
  "attestations: write",
  "checks: write",
  "contents: write",
  "deployments: write",
  "discussions: write",
  "id-token: write",
  "issues: write",
  "models: read",
  "packages: write",
  "pages: write",
  "pull-requests: write",
  "repository-projects: write",
  "security-events: write",
  "statuses: write",
  "vulnerability-alerts: read",
];

interface Entry {
  entry: string;
  /** Absent: there is no `permissions`. */
  text?: string;
  grants?: string[];
  shorthand?: string;
}

/** What can stand behind `permissions:`, and what it comes to. */
const entries: readonly Entry[] = [
  { entry: "nothing" },
  { entry: "{}", text: "{}", grants: [] },
  {
    entry: "a map",
    text: "{ contents: read, id-token: write, issues: none }",
    grants: ["contents: read", "id-token: write"],
  },
  { entry: "read-all", text: "read-all", grants: READ_ALL, shorthand: "read-all" },
  { entry: "write-all", text: "write-all", grants: WRITE_ALL, shorthand: "write-all" },
  { entry: "an expression", text: expression("vars.PERMISSIONS") },
];

/** The entry that decides: the job's replaces the workflow's as a whole. */
const combinations = entries.flatMap((workflow) =>
  entries.map((job) => {
    if (job.text !== undefined) return { workflow, job, decisive: job, from: "job", position: [6, 5, 16] };
    if (workflow.text !== undefined)
      return { workflow, job, decisive: workflow, from: "workflow", position: [3, 1, 12] };
    return { workflow, job, decisive: job, from: "default", position: [5, 3, 8] };
  }),
);
const reasons: Readonly<Record<string, string>> = { nothing: "not-asked", "an expression": "failed" };

describe("effective permissions", () => {
  it.each(combinations)("$workflow.entry on the workflow and $job.entry on the job", async (combination) => {
    const { workflow, job, decisive, from, position } = combination;
    const { entry, grants, shorthand }: Entry = decisive;

    const { tokens, coverage } = await collectFiles({ "ci.yml": workflowText(workflow, job) });

    const [line, column, end] = position;
    expect(tokens.map(written)).toEqual([grants]);
    expect(tokens.map(({ unknown }) => unknown.grants)).toEqual([reasons[entry]]);
    expect(tokens.map((token) => token.workflow)).toEqual([
      { permissions_from: from, triggers: ["push"], ...(shorthand && { shorthand }) },
    ]);
    expect(tokens.map(({ location }) => location)).toEqual([
      { uri: ".github/workflows/ci.yml", line, column, end_line: line, end_column: end },
    ]);
    const unreadable = [workflow, job].filter((one) => one.entry === "an expression");
    expect(coverage.filter(({ outcome }) => outcome === "failed")).toHaveLength(unreadable.length);
  });

  function workflowText(workflow: Entry, job: Entry): string {
    return [
      "name: CI",
      "on: push",
      workflow.text === undefined ? "env: {}" : `permissions: ${workflow.text}`,
      "jobs:",
      "  build:",
      job.text === undefined ? "    runs-on: x" : `    permissions: ${job.text}`,
      "    steps: []",
    ].join("\n");
  }

  it.each([
    { setting: "read", expected: ["contents: read", "packages: read"] },
    { setting: "write", expected: WRITE_ALL.filter((grant) => !/^(id-token|vulnerability-alerts)/.test(grant)) },
  ] as const)("takes a default of $setting from the configuration", async ({ setting, expected }) => {
    const token = await onlyToken({ "ci.yml": "on: push\njobs: { build: {} }" }, { default_permissions: setting });

    expect(written(token)).toEqual(expected);
    expect(token.workflow).toMatchObject({ permissions_from: "default", default: setting });
  });

  it("keeps the stated default beside permissions that are written", async () => {
    const token = await onlyToken(
      { "ci.yml": "permissions: {}\njobs: { build: {} }" },
      { default_permissions: "write" },
    );

    expect(token.grants).toEqual([]);
    expect(token.workflow).toMatchObject({ permissions_from: "workflow", default: "write" });
  });

  it.each([
    { level: "contents: admin", grant: "contents: unknown" },
    { level: `contents: ${expression("inputs.level")}`, grant: "contents: unknown" },
    { level: "contents:", grant: "contents: unknown" },
    { level: "contents: [write]", grant: "contents: unknown" },
    { level: "contents: Write", grant: "contents: unknown" },
    { level: "id-token: read", grant: "id-token: unknown" },
    { level: "models: write", grant: "models: unknown" },
    { level: "teleports: write", grant: "teleports: write" },
    { level: "teleports: maybe", grant: "teleports: unknown" },
    { level: "__proto__: write", grant: "__proto__: write" },
    { level: "constructor: read", grant: "constructor: read" },
    { level: '"contents": "write"', grant: "contents: write" },
  ])("records `$level` as `$grant`", async ({ level, grant }) => {
    const token = await onlyToken({ "ci.yml": `jobs:\n  build:\n    permissions:\n      ${level}` });

    expect(written(token)).toEqual([grant]);
  });

  it.each([
    { value: "" },
    { value: "~" },
    { value: "true" },
    { value: "read" },
    { value: "[contents]" },
    { value: "*nowhere" },
    { value: "{ [a]: read }" },
    { value: '{ "": write }' },
    { value: "{ <<: [1] }" },
    { value: `{ ${Array.from({ length: 201 }, (_, index) => `scope-${index}: read`).join(", ")} }` },
  ])("does not guess what `permissions: $value` grants", async ({ value }) => {
    const { tokens, coverage } = await collectFiles({ "ci.yml": `jobs:\n  build:\n    permissions: ${value}` });

    expect(tokens).toMatchObject([{ unknown: { grants: "failed" }, workflow: { permissions_from: "job" } }]);
    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "failed", subject: "job build in .github/workflows/ci.yml" }),
    );
  });
});

describe("the scopes", () => {
  it.each([
    { scope: "contents", level: "none", access: undefined },
    { scope: "contents", level: "write", access: "write" },
    { scope: "id-token", level: "write", access: "write" },
    { scope: "attestations", level: "write", access: "write" },
    { scope: "models", level: "read", access: "read" },
    { scope: "vulnerability-alerts", level: "write", access: "unknown" },
    { scope: "toString", level: "read", access: "read" },
  ])("$scope at $level gives $access", ({ scope, level, access }) => {
    expect(accessOf(scope, level)).toBe(access);
  });

  it("has no shorthand but two", () => {
    expect(shorthandGrants("none-all")).toBeUndefined();
  });

  it("lets a call pass on what must always be asked for, under the permissive default only", () => {
    expect(defaultGrants("write", true)?.get("id-token")).toBe("write");
    expect(defaultGrants("write", false)?.get("id-token")).toBeUndefined();
    expect(defaultGrants("read", true)?.get("id-token")).toBeUndefined();
  });

  it("takes the widest access in a union", () => {
    const all = union([
      new Map([
        ["contents", "read"],
        ["issues", "unknown"],
      ]),
      new Map([
        ["contents", "write"],
        ["issues", "read"],
      ]),
    ]);

    expect([...all]).toEqual([
      ["contents", "write"],
      ["issues", "unknown"],
    ]);
  });
});
