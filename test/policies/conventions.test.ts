import { describe, expect, it } from "vitest";
import { runOpa } from "../../src/judge/opa.ts";
import type { Policy } from "../../src/model/documents.gen.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { opa, root, writtenPolicies } from "./on-disk.ts";

const policies = await writtenPolicies();

/** The record fields that a fact is derived from: where they are known, so is the fact, or there is nothing to measure. */
const basis: Record<string, Policy["needs"]> = {
  age: ["created"],
  idle: ["last_used"],
  expires_in: ["expires"],
  lifetime: ["created", "expires"],
  since_rotation: ["rotated"],
  status: ["status"],
  since_review: ["reviewed"],
  watched: ["usage"],
  // Judged only where it is given, so nothing more is needed.
  siblings: [],
  shared_with: [],
  unknown_scopes: ["grants"],
  escalating: ["grants"],
  minting: ["grants"],
  capabilities: ["grants"],
  register: [],
};

/** Fields that only add to a finding or hold one back: the verdict stands without them. */
const dispensable: Record<string, string[]> = {
  "expired-still-listed": ["expires"],
  "expires-soon": ["created"],
  "lifetime-cap-exceeded-remaining": ["created"],
};

it("are found: a list that came out empty would pass all that follows", () => {
  expect(policies.length).toBeGreaterThanOrEqual(33);
});

describe.each(policies)("$policy.id", ({ file, source, rule, tests, policy }) => {
  it("has four tests or more beside it, of failing, of passing and of what is not known", () => {
    const names = [...tests.matchAll(/^(test_\w+) if/gm)].map(([, name]) => name as string);

    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const kind of ["test_fail_", "test_pass_", /known|told|reported/]) {
      expect(names.some((name) => (typeof kind === "string" ? name.startsWith(kind) : kind.test(name)))).toBe(true);
    }
  });

  it("asks for its own parameters only, and for each of them", () => {
    const asked = [...source.matchAll(/params\.of\("([^"]*)"\)\.(\w+)/g)].map(([, slug, name]) => `${slug}.${name}`);

    expect([...new Set(asked)].sort()).toEqual(
      Object.keys(policy.params)
        .map((name) => `${policy.id}.${name}`)
        .sort(),
    );
    expect(source.match(/params\.of\(/g) ?? []).toHaveLength(asked.length);
  });

  it("needs exactly the judged fields that its verdict rests on", () => {
    const fields = [...rule.matchAll(/input\.(?!facts\b|kind\b|workflow\b|collector\b)(\w+)/g)].map(
      ([, field]) => field as string,
    );
    const facts = [...rule.matchAll(/input\.facts\.(\w+)/g)].flatMap(
      ([, fact]) => basis[fact as string] ?? [`?${fact}`],
    );
    const read = new Set([...fields, ...facts]);
    for (const field of dispensable[policy.id] ?? []) read.delete(field);
    // Where its state is known, so is the principal.
    const needs = policy.needs
      .filter((need) => need !== "facts.register")
      .map((need) => (need === "principal.state" ? "principal" : need));

    expect([...needs].sort()).toEqual([...read].sort());
  });

  it("yields each value that its message and its evidence name", () => {
    const yielded = [...rule.matchAll(/^fail contains \{(.*?)\}(?: if|$)/gm)].map(([, body]) => keysOf(body as string));
    const named = [...policy.message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

    expect(yielded.length).toBeGreaterThan(0);
    for (const keys of yielded) expect(keys).toEqual(expect.arrayContaining(named));
    for (const key of yielded.flat()) expect(policy.evidence).toHaveProperty(key);
  });

  it("never puts an order comparison under `not`, which is undefined where a side is absent", () => {
    expect(rule).not.toMatch(/\bnot [^\n]* [<>]=? /);
  });

  it("keeps to short lines and rules", () => {
    expect(source.split("\n").filter((line) => line.length > 120)).toEqual([]);
    for (const body of rule.split("\n\n")) expect(body.trim().split("\n").length).toBeLessThanOrEqual(12);
    expect(rule).not.toMatch(/\b(?:sprintf|time|http)\b/);
    expect(file).toMatch(new RegExp(`/${policy.category}/`));
  });
});

it.each([
  { builder: "token", changes: {} },
  { builder: "job", changes: {} },
  { builder: "job", changes: { workflow: { permissions_from: "caller", shorthand: "write-all", default: "read" } } },
])("given.$builder builds a token as the schema has it", async ({ builder, changes }) => {
  const query = `token := data.tokenward.lib.given.${builder}(${JSON.stringify(changes)})`;

  const token = await evaluate(query, "token");

  expect(faultsIn("token", token)).toEqual([]);
});

it.each([{ builder: "token" }, { builder: "job" }])("no policy objects to given.$builder({})", async ({ builder }) => {
  const numbers = Object.fromEntries(policies.map(({ policy }) => [policy.id, defaultsOf(policy)]));
  const world = `with input as token with data.params as ${JSON.stringify({ any: numbers, kinds: {} })}`;
  const outcomes = policies.map(({ policy }) => `"${policy.id}": [x | data.${policy.package}.fail[x] ${world}]`);

  const objections = await evaluate(
    `token := data.tokenward.lib.given.${builder}({}); objections := {${outcomes.join(", ")}}`,
    "objections",
  );

  expect(objections).toEqual(Object.fromEntries(policies.map(({ policy }) => [policy.id, []])));
});

function keysOf(body: string): string[] {
  return [...body.matchAll(/"(\w+)": /g)].map(([, key]) => key as string);
}

function defaultsOf({ params }: Policy): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
}

/** What a variable of a query is bound to. */
async function evaluate(query: string, variable: string): Promise<unknown> {
  const { stdout } = await runOpa(opa, ["eval", "-d", "policies", "-f", "json", query], root);
  const { result } = JSON.parse(stdout) as { result: [{ bindings: Record<string, unknown> }] };
  return result[0].bindings[variable];
}
