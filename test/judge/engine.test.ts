import { beforeAll, describe, expect, it } from "vitest";
import type { Bundle } from "../../src/judge/bundle.ts";
import { type Engine, startEngine } from "../../src/judge/engine.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { aToken } from "../support/tokens.ts";
import { bundleOf } from "./policies.ts";

/** A kilobyte doubled again and again: WebAssembly's memory is full at once, where counting up to it would take a minute. */
function doubled(times: number, on: string): string {
  const steps = Array.from(
    { length: times },
    (_, step) => `\ttext${step + 1} := concat("", [text${step}, text${step}])`,
  );
  return [
    `fail contains {"big": startswith(text${times}, "x")} if {`,
    `\tinput.name == "${on}"`,
    `\ttext0 := "${"x".repeat(1024)}"`,
    ...steps,
    "}",
  ].join("\n");
}

/** Each of these policies does wrong on the one token that is named after it; `old` judges them all. */
const policies = {
  "lifetime/clash": {
    rules:
      '_level := 1 if input.name == "clash"\n\n_level := 2 if startswith(input.name, "cla")\n\nfail contains {"level": _level} if _level > 0',
  },
  "lifetime/heavy": { rules: doubled(16, "heavy") },
  "lifetime/hungry": { rules: doubled(20, "hungry") },
  "lifetime/old": { rules: 'fail contains {"age": input.facts.age} if input.facts.age > 7' },
  "lifetime/talkative": {
    rules:
      'fail contains "too old" if input.name == "text"\n\nfail contains [1] if input.name == "list"\n\nfail contains null if input.name == "null"',
  },
  "lifetime/wide": {
    rules: 'fail contains {"labels": input.labels, "scopes": count(input.grants)} if count(input.grants) > 2',
  },
} as const;
const [clash, heavy, hungry, old, talkative, wide] = [0, 1, 2, 3, 4, 5];

let bundle: Bundle;
let engine: Engine;
beforeAll(async () => {
  bundle = await bundleOf(policies);
  engine = startEngine(bundle, {});
});

const named = (name: string, rest: Partial<Token> = {}) => aToken({ id: `github/acme/pat/${name}`, name, ...rest });
const aged = named("aged", { facts: { age: 9 } });
const agedRow = [[old, { age: 9 }]];

describe("a policy that goes wrong stops the run with its own name and the token's", () => {
  it.each([
    {
      name: "clash",
      policy: "clash",
      code: "POLICY_FAILED",
      message: /^policy clash failed on token github\/acme\/pat\/clash: .*clash\.rego:\d+:\d+: var assignment conflict/,
    },
    {
      name: "hungry",
      policy: "hungry",
      code: "POLICY_MEMORY",
      message: "policy hungry needed more than 512 MB on token github/acme/pat/hungry",
    },
    {
      name: "text",
      policy: "talkative",
      code: "POLICY_SHAPE",
      message: 'policy talkative gave "too old" for token github/acme/pat/text, not a set of objects',
    },
    {
      name: "list",
      policy: "talkative",
      code: "POLICY_SHAPE",
      message: "policy talkative gave [1] for token github/acme/pat/list, not a set of objects",
    },
    {
      name: "null",
      policy: "talkative",
      code: "POLICY_SHAPE",
      message: "policy talkative gave null for token github/acme/pat/null, not a set of objects",
    },
  ])(
    "by $code on the token $name, wherever it stands, and the engine goes on working",
    ({ name, code, message, policy }) => {
      const chunk = [aged, aged, named(name), aged];

      expect(() => engine.evaluate(chunk)).toThrow(
        expect.objectContaining({
          code,
          message: typeof message === "string" ? message : expect.stringMatching(message),
        }),
      );
      expect(engine.evaluate([aged])).toEqual([agedRow]);

      const without = startEngine(bundle, {}, [policy]);
      expect(without.evaluate(chunk).map((rows) => rows.filter(([index]) => index === old))).toEqual([
        agedRow,
        agedRow,
        [],
        agedRow,
      ]);
    },
  );

  it("even where another policy that goes wrong is switched off", () => {
    const without = startEngine(bundle, {}, ["clash"]);

    expect(() => without.evaluate([named("clash"), named("hungry")])).toThrow(
      /^policy hungry needed more than 512 MB on token github\/acme\/pat\/hungry/,
    );
  });

  it("naming the first token in order when several go wrong", () => {
    expect(() => engine.evaluate([aged, named("clash", { id: "first" }), named("clash", { id: "second" })])).toThrow(
      /^policy clash failed on token first:/,
    );
  });
});

describe("hostile values", () => {
  it.each([
    { what: "a lone high surrogate", name: "\ud800" },
    { what: "a lone low surrogate in the middle", name: "a\udc00b" },
    { what: "surrogates in the wrong order", name: "\udc00\ud800" },
  ])("with $what is an error that names the token, never a pass", ({ name }) => {
    const slipped = aToken({ id: "github/acme/pat/slipped", name, facts: { age: 9 } });

    expect(() => engine.evaluate([aged, slipped])).toThrow(
      expect.objectContaining({
        code: "POLICY_FAILED",
        message: expect.stringContaining("failed on token github/acme/pat/slipped"),
      }),
    );
    expect(engine.evaluate([aged])).toEqual([agedRow]);
  });

  it.each([
    { what: "the largest safe integer", age: Number.MAX_SAFE_INTEGER },
    { what: "an integer beyond 32 bits", age: 2 ** 33 },
    { what: "an integer beyond 64 bits", age: 2 ** 70 },
    { what: "the largest number there is", age: Number.MAX_VALUE },
  ])("with $what as age fail like any other", ({ age }) => {
    const [rows] = engine.evaluate([named("numbers", { facts: { age } })]);

    expect(rows).toEqual([[old, { age }]]);
  });

  it.each([
    { what: "minus zero", age: -0 },
    { what: "a negative age", age: -5 },
    { what: "the most negative number", age: -Number.MAX_VALUE },
    { what: "the smallest fraction", age: Number.MIN_VALUE },
  ])("with $what as age pass", ({ age }) => {
    expect(engine.evaluate([named("numbers", { facts: { age } })])).toEqual([[]]);
  });

  it.each([
    { what: "an empty string", name: "" },
    { what: "a megabyte of text", name: "x".repeat(1_048_576) },
    { what: "a megabyte of quotes", name: '"'.repeat(1_048_576) },
    { what: "astral characters", name: "𝕿𝖔𝖐𝖊𝖓 🗝️" },
    { what: "a NUL", name: "a\u0000b" },
    { what: "a line separator", name: "\u2028" },
    { what: "a byte order mark", name: "\ufeff" },
    { what: "what looks like JSON", name: '"},{"facts":{"age":0}}' },
  ])("with $what as name are judged like any other", ({ name }) => {
    expect(engine.evaluate([aToken({ name, facts: { age: 9 } }), aged])).toEqual([agedRow, agedRow]);
  });

  it("come back in the evidence as they went in", () => {
    const labels = JSON.parse(
      '{"__proto__": "polluted", "constructor": "x", "": "empty", "\\u0000": "𝕿\\u2028"}',
    ) as Record<string, string>;
    const grants = Array.from({ length: 3 }, () => ({
      family: "app",
      scope: "a",
      access: "read" as const,
      resource: "*",
    }));

    const [rows] = engine.evaluate([named("labels", { labels, grants })]);

    expect(JSON.parse(JSON.stringify(rows))).toEqual([[wide, { labels, scopes: 3 }]]);
    expect(Object.keys(rows?.[0]?.[1].labels as object).sort()).toEqual(["", "\u0000", "__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("with 10,000 grants on every token of a chunk are judged", () => {
    const grants = Array.from({ length: 10_000 }, (_, index) => ({
      family: "app",
      scope: `s${index}`,
      access: "read" as const,
      resource: "*",
    }));
    const chunk = Array.from({ length: 20 }, () => named("many", { grants, labels: {} }));

    expect(engine.evaluate(chunk)).toEqual(chunk.map(() => [[wide, { labels: {}, scopes: 10_000 }]]));
  });

  it.each([
    { what: "null facts", facts: null },
    { what: "no facts", facts: undefined },
    { what: "a text for a fact", facts: "old" },
  ])("with $what do not end the run", ({ facts }) => {
    expect(engine.evaluate([{ ...aged, facts } as unknown as Token, aged]).map((rows) => rows.length)).toEqual([
      facts === "old" ? 0 : 0,
      1,
    ]);
  });

  it("nested deeper than the parser goes are an error that names the token", () => {
    const deep: object[] = [];
    let inner = deep;
    for (let depth = 0; depth < 50_000; depth += 1) {
      const next: object[] = [];
      inner.push(next);
      inner = next;
    }

    expect(() => engine.evaluate([aged, { ...named("deep"), labels: deep } as unknown as Token])).toThrow(
      expect.objectContaining({
        code: "POLICY_TRAPPED",
        message: expect.stringContaining("crashed the evaluator on token github/acme/pat/deep"),
      }),
    );
    expect(engine.evaluate([aged])).toEqual([agedRow]);
  });
});

it("gives an empty chunk no rows", () => {
  expect(engine.evaluate([])).toEqual([]);
});

it("judges a chunk that does not fit into memory at once token by token", () => {
  const chunk = [aged, ...Array.from({ length: 5 }, () => named("heavy")), aged];

  const rows = startEngine(bundle, {}).evaluate(chunk);

  expect(rows).toEqual([agedRow, ...Array.from({ length: 5 }, () => [[heavy, { big: true }]]), agedRow]);
});

it("gives the same rows for a token alone and among others", () => {
  const chunk = [aged, named("young", { facts: { age: 1 } }), named("older", { facts: { age: 99 } })];

  expect(engine.evaluate(chunk)).toEqual(chunk.flatMap((token) => engine.evaluate([token])));
});

it("keeps no memory of the chunk before", () => {
  const before = engine.evaluate([aged, aged]);
  engine.evaluate(Array.from({ length: 100 }, (_, index) => named(`n${index}`, { facts: { age: index } })));

  expect(engine.evaluate([aged, aged])).toEqual(before);
});

it("numbers the policies as the manifest does", () => {
  expect(bundle.manifest.policies.map(({ id }) => id)).toEqual([
    "clash",
    "heavy",
    "hungry",
    "old",
    "talkative",
    "wide",
  ]);
  expect([clash, heavy, hungry, old, talkative, wide]).toEqual([0, 1, 2, 3, 4, 5]);
});
