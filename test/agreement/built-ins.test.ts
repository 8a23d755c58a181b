import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { policyEntryPoint } from "../../src/judge/entry.ts";
import { instantiate } from "../../src/judge/opa-wasm.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { compileFolder, folderOf, policySource } from "../judge/policies.ts";
import { repository } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { aToken, seeded } from "../support/tokens.ts";
import { type Builtin, type Call, callsOf, ruleFor } from "./calls.ts";
import { differences } from "./differences.ts";
import { canonical, evaluators } from "./evaluators.ts";

/** What a policy cannot call under its own name: operators of the compiler, and what its strict mode refuses as deprecated. */
const UNCALLABLE = ["assign", "eq", "rego.metadata.chain", "rego.metadata.rule"];
const DEPRECATED = ["any", "all", "net.cidr_overlap", "re_match", "set_diff"];

const listed = JSON.parse(await readFile(`${repository}policies/capabilities.json`, "utf8")) as { builtins: Builtin[] };
const builtins = listed.builtins.filter(({ name }) => ![...UNCALLABLE, ...DEPRECATED].includes(name));
const random = seeded(2030);
const asked = new Map(
  builtins.map((builtin) => [builtin.name, callsOf(builtin, 300, random).filter(isUndisputed(builtin))]),
);

/** Results by the place of the call in its list; where there is none, the call had no value. */
type Results = ReadonlyMap<number, unknown>;

const sources = builtins.map((builtin): [string, string] => {
  const place = `calls/${slugOf(builtin).replaceAll("-", "_")}`;
  return [`${place}.rego`, policySource(place, { rules: ruleFor(builtin) })];
});
const both = await evaluators([await laidOut(await scratchFolder(), Object.fromEntries(sources))]);
const wasm = instantiate(both.bundle.module, { initial: 256, maximum: 4_096 });
const native = await natively(asked);

describe("a built-in gives one result in both evaluators, whatever it is called with", () => {
  it.each(builtins)("$name", (builtin) => {
    const calls = asked.get(builtin.name) ?? [];
    const results = inWebAssembly(builtin, calls);

    expect(calls.length).toBeGreaterThan(1);
    for (const [place, call] of calls.entries()) {
      const told = `${builtin.name} of ${JSON.stringify(call)}`;
      expect(shown(results.get(place)), told).toBe(shown(native.get(builtin.name)?.get(place)));
    }
  });
});

describe("a difference that is known is still there, and as it is described", () => {
  it.each(differences)("$builtin: $why", async ({ builtin: name, example, natively: one, asWebAssembly, covers }) => {
    const builtin = builtins.find((candidate) => candidate.name === name);
    if (!builtin) throw new Error(`${name} is not listed`);

    const results = await natively(new Map([[name, [example]]]));

    expect(covers(example)).toBe(true);
    expect(results.get(name)?.get(0)).toEqual(one);
    expect(attempt(() => inWebAssembly(builtin, [example]).get(0))).toEqual(asWebAssembly);
  });
});

it.each([
  { name: "any", args: "[true]" },
  { name: "all", args: "[true]" },
  { name: "net.cidr_overlap", args: '"a", "b"' },
  { name: "re_match", args: '"a", "b"' },
  { name: "set_diff", args: "{1}, {2}" },
])("$name is refused as deprecated before it could be called", async ({ name, args }) => {
  const rules = `fail contains {"n": 1} if ${name}(${args})`;
  const folder = await folderOf({ "calls/old.rego": policySource("calls/old", { rules }) });

  expect(DEPRECATED).toContain(name);
  await expect(compileFolder(folder)).rejects.toMatchObject({
    code: "POLICY_INVALID",
    message: expect.stringContaining(`deprecated built-in function calls in expression: ${name}`),
  });
});

function isUndisputed({ name }: Builtin): (call: Call) => boolean {
  const known = differences.filter(({ builtin }) => builtin === name);
  return (call) => !known.some(({ covers }) => covers(call));
}

async function natively(calls: ReadonlyMap<string, readonly Call[]>): Promise<ReadonlyMap<string, Results>> {
  const tokens = [...calls].map(([name, list]) => asking(name, list));
  const rows = await both.natively(tokens);
  return new Map(tokens.map(({ name }, position) => [name, resultsIn((rows[position] ?? []).map(([, row]) => row))]));
}

function inWebAssembly(builtin: Builtin, calls: readonly Call[]): Results {
  const policy = both.policies.find(({ id }) => id === slugOf(builtin));
  if (!policy) throw new Error(`no policy calls ${builtin.name}`);
  const input = JSON.stringify([asking(builtin.name, calls)]);
  const answer = wasm.evaluate(new TextEncoder().encode(input).slice().buffer, policyEntryPoint(policy));
  const [{ result }] = answer as [{ result: [object[]] }];
  return resultsIn(result[0]);
}

/** A token that carries calls where they are read as they are. */
function asking(name: string, calls: readonly Call[]): Token {
  return { ...aToken({ id: name, name }), labels: { calls } } as unknown as Token;
}

function resultsIn(rows: readonly object[]): Results {
  return new Map((rows as { results: [number, unknown][] }[]).flatMap(({ results }) => results));
}

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

/** Numbers to 14 digits: WebAssembly reckons in decimal, with 18 of them. */
function shown(value: unknown): string {
  return canonical(value, (number) => (Number.isSafeInteger(number) ? number : Number(number.toPrecision(14))));
}

function slugOf({ name }: Builtin): string {
  return `call-${name.toLowerCase().replace(/[._]/g, "-")}`;
}
