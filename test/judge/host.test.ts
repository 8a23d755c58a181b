import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Bundle } from "../../src/judge/bundle.ts";
import { startEngine } from "../../src/judge/engine.ts";
import { type Instance, OutputTooLarge } from "../../src/judge/opa-wasm.ts";
import type { ErrorCode } from "../../src/model/errors.ts";
import { aToken, manifest } from "../support/tokens.ts";

/** What WebAssembly gives back, whatever it is asked. */
const host = vi.hoisted(() => ({ evaluate: (() => undefined) as Instance["evaluate"], data: undefined as unknown }));

vi.mock("../../src/judge/opa-wasm.ts", async (original) => ({
  ...(await original<object>()),
  instantiate: (): Instance => ({
    evaluate: (...asked) => host.evaluate(...asked),
    setData: (data) => {
      host.data = data;
    },
  }),
}));

const bundle = { manifest: manifest({ id: "too-old" }, { id: "idle" }), own: [] as string[] } as unknown as Bundle;
const tokens = [aToken({ id: "first" }), aToken({ id: "second" })];
const together = "judge/rows";

beforeEach(() => {
  host.evaluate = () => undefined;
});

describe("an answer that is none is never taken for a pass", () => {
  it.each<{ what: string; answer: unknown }>([
    { what: "nothing", answer: undefined },
    { what: "an empty result set", answer: [] },
    { what: "a result without a value", answer: [{}] },
    { what: "a text", answer: [{ result: "none" }] },
    { what: "fewer groups than were asked about", answer: [{ result: [] }] },
    { what: "more groups than were asked about", answer: [{ result: [[[], []], []] }] },
    { what: "a group that is no list", answer: [{ result: [null] }] },
    { what: "fewer policies than there are", answer: [{ result: [[[]]] }] },
    { what: "more policies than there are", answer: [{ result: [[[], [], []]] }] },
    { what: "a policy's failures that are no list", answer: [{ result: [[[], {}]] }] },
    { what: "a failure that is no pair", answer: [{ result: [[[[0]], []]] }] },
    { what: "a failure of a token that was not asked about", answer: [{ result: [[[[2, {}]], []]] }] },
    { what: "a failure of a token before the first", answer: [{ result: [[[[-1, {}]], []]] }] },
    { what: "a failure of half a token", answer: [{ result: [[[[0.5, {}]], []]] }] },
    { what: "a failure of no token", answer: [{ result: [[[["", {}]], []]] }] },
  ])("$what", ({ answer }) => {
    host.evaluate = (_, entryPoint) => (entryPoint === together ? answer : undefined);

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow(
      "policy too-old gave no set at all for token first, not a set of objects",
    );
  });

  it("also where the policy alone answers with something else than a set", () => {
    host.evaluate = (_, entryPoint) => (entryPoint === together ? undefined : [{ result: [true] }]);

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow("gave no set at all");
  });
});

describe("what opa-wasm throws becomes a sentence, and says by its code what it was", () => {
  const trap = Object.assign(new Error("unreachable"), { name: "RuntimeError" });

  it.each<{ thrown: unknown; code: ErrorCode; told: string }>([
    {
      thrown: "too_old.rego:7:1: var assignment conflict",
      code: "POLICY_FAILED",
      told: "failed on token first: too_old.rego:7:1: var assignment conflict",
    },
    { thrown: "opa_malloc: failed", code: "POLICY_MEMORY", told: "needed more than 512 MB on token first" },
    {
      thrown: new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded"),
      code: "POLICY_MEMORY",
      told: "needed more than 512 MB on token first",
    },
    {
      thrown: { message: "not implemented: built-in function 3: time.now_ns" },
      code: "POLICY_FAILED",
      told: "failed on token first: not implemented: built-in function 3: time.now_ns",
    },
    {
      thrown: new RangeError("Maximum call stack size exceeded"),
      code: "POLICY_TRAPPED",
      told: "crashed the evaluator on token first: Maximum call stack size exceeded",
    },
    { thrown: trap, code: "POLICY_TRAPPED", told: "crashed the evaluator on token first: unreachable" },
    {
      thrown: new OutputTooLarge(9),
      code: "POLICY_OUTPUT",
      told: "gave more than 9 bytes for token first, more than a finding may hold",
    },
    { thrown: { code: 7 }, code: "POLICY_FAILED", told: 'failed on token first: {"code":7}' },
    { thrown: null, code: "POLICY_FAILED", told: "failed on token first: null" },
    { thrown: 7, code: "POLICY_FAILED", told: "failed on token first: 7" },
  ])("$code: $told", ({ thrown, code, told }) => {
    host.evaluate = () => {
      throw thrown;
    };
    const engine = startEngine(bundle, {});
    const expected = expect.objectContaining({ code, message: `policy too-old ${told}`, cause: thrown });

    expect(() => engine.evaluate(tokens)).toThrow(expected);
    expect(() => engine.ask(aToken({ id: "first" }), 0)).toThrow(expected);
  });
});

it("asks about a whole chunk once, with the fields that are read, as JSON", () => {
  const asked: string[] = [];
  host.evaluate = (input, entryPoint) => {
    asked.push(`${entryPoint} ${Buffer.from(input as ArrayBuffer).toString()}`);
    return [{ result: [[[], []]] }];
  };
  const narrow = { ...bundle, manifest: { ...bundle.manifest, reads: ["kind", "location"] } } as Bundle;

  const rows = startEngine(narrow, { params: { any: {} } }).evaluate(tokens);

  expect(rows).toEqual([[], []]);
  const kinds = '[{"kind":"github/fine-grained-pat"},{"kind":"github/fine-grained-pat"}]';
  expect(asked).toEqual([`${together} [{"asked":[true,true],"tokens":${kinds}}]`]);
  expect(host.data).toEqual({ params: { any: {} } });
});

it("asks about tokens of one scope together, and puts what failed back in the order of the tokens", () => {
  const asked: unknown[] = [];
  host.evaluate = (input) => {
    asked.push(JSON.parse(Buffer.from(input as ArrayBuffer).toString()));
    return [
      {
        result: [
          [[[1, { days: 3 }]], []],
          [[], [[0, { days: 2 }]]],
        ],
      },
    ];
  };
  const [both, second] = [
    [true, true],
    [false, true],
  ];
  const narrow = { ...bundle, manifest: { ...bundle.manifest, reads: ["id"] } } as Bundle;
  const three = [...tokens, aToken({ id: "third" })];

  const rows = startEngine(narrow, {}).evaluate(three, [both, second, both]);

  expect(rows).toEqual([[], [[1, { days: 2 }]], [[0, { days: 3 }]]]);
  expect(asked).toEqual([
    [
      { asked: both, tokens: [{ id: "first" }, { id: "third" }] },
      { asked: second, tokens: [{ id: "second" }] },
    ],
  ]);
});

describe("after a failure, each policy is asked alone", () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    host.evaluate = (_, entryPoint) => {
      asked.push(entryPoint);
      if (entryPoint === together) throw "opa_malloc: failed";
      return [{ result: [[{ days: 9 }]] }];
    };
  });

  it("but none that is switched off", () => {
    const engine = startEngine(bundle, {}, ["too-old"]);

    expect(engine.evaluate(tokens)).toEqual([[[1, { days: 9 }]], [[1, { days: 9 }]]]);
    expect(asked).toEqual([together, ...Array.from({ length: 2 }, () => "judge/lifetime/idle/verdict")]);
  });

  it("and none about a token that it does not judge", () => {
    const scopes = [
      [false, true],
      [true, false],
    ];

    expect(startEngine(bundle, {}).evaluate(tokens, scopes)).toEqual([[[1, { days: 9 }]], [[0, { days: 9 }]]]);
    expect(asked).toEqual([together, "judge/lifetime/idle/verdict", "judge/lifetime/too_old/verdict"]);
  });
});

describe("what a finding may hold", () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { deep: deep(levels - 1) });
  const wide = (length: number) => ({ big: "x".repeat(length - 10) });

  it.each([
    { what: "65,537 characters", evidence: wide(65_537), told: "a finding of 65537 characters" },
    { what: "33 levels", evidence: deep(32 + 1), told: "values nested deeper than 32 levels" },
  ])("of a policy of somebody's own is less than $what", ({ evidence, told }) => {
    host.evaluate = () => [{ result: [[[[0, evidence]], []]] }];

    expect(() => startEngine({ ...bundle, own: ["too-old"] } as Bundle, {}).evaluate(tokens)).toThrow(
      expect.objectContaining({
        code: "POLICY_OUTPUT",
        message: expect.stringContaining(`gave ${told} for token first`),
      }),
    );
    expect(startEngine(bundle, {}).evaluate(tokens)).toEqual([[[0, evidence]], []]);
  });

  it.each([{ evidence: wide(65_536) }, { evidence: deep(31) }])("may be that much", ({ evidence }) => {
    host.evaluate = () => [{ result: [[[[0, evidence]], []]] }];

    expect(startEngine({ ...bundle, own: ["too-old"] } as Bundle, {}).evaluate(tokens)).toEqual([[[0, evidence]], []]);
  });

  it("is not quoted whole where it is no object", () => {
    host.evaluate = () => [{ result: [[[[0, "x".repeat(1_000)]], []]] }];

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow(
      `policy too-old gave "${"x".repeat(59)}… for token first, not a set of objects`,
    );
  });
});
