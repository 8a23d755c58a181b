import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Bundle } from "../../src/judge/bundle.ts";
import { startEngine } from "../../src/judge/engine.ts";
import type { Instance } from "../../src/judge/opa-wasm.ts";
import { aToken, manifest } from "../support/tokens.ts";

/** What WebAssembly gives back, whatever it is asked. */
const host = vi.hoisted(() => ({ evaluate: (() => undefined) as Instance["evaluate"], data: undefined as unknown }));

vi.mock("../../src/judge/opa-wasm.ts", () => ({
  instantiate: (): Instance => ({
    evaluate: (...asked) => host.evaluate(...asked),
    setData: (data) => {
      host.data = data;
    },
  }),
}));

const bundle = { manifest: manifest({ id: "too-old" }, { id: "idle" }) } as unknown as Bundle;
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
    { what: "fewer rows than tokens", answer: [{ result: [[]] }] },
    { what: "more rows than tokens", answer: [{ result: [[], [], []] }] },
    { what: "rows that are no lists", answer: [{ result: [null, null] }] },
    { what: "one row that is no list", answer: [{ result: [[], {}] }] },
  ])("$what", ({ answer }) => {
    host.evaluate = (_, entryPoint) => (entryPoint === together ? answer : undefined);

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow(
      "policy too-old failed on token first: it gave no set of failures",
    );
  });

  it("also where the policy alone answers with something else than a set", () => {
    host.evaluate = (_, entryPoint) => (entryPoint === together ? undefined : [{ result: [true] }]);

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow("it gave no set of failures");
  });
});

describe("what opa-wasm throws becomes a sentence", () => {
  it.each<{ thrown: unknown; cause: string }>([
    { thrown: "too_old.rego:7:1: var assignment conflict", cause: "too_old.rego:7:1: var assignment conflict" },
    { thrown: "opa_malloc: failed", cause: "out of memory (opa_malloc: failed)" },
    {
      thrown: { message: "not implemented: built-in function 3: time.now_ns" },
      cause: "not implemented: built-in function 3: time.now_ns",
    },
    { thrown: new RangeError("Maximum call stack size exceeded"), cause: "Maximum call stack size exceeded" },
    { thrown: { code: 7 }, cause: '{"code":7}' },
    { thrown: null, cause: "null" },
    { thrown: 7, cause: "7" },
  ])("$cause", ({ thrown, cause }) => {
    host.evaluate = () => {
      throw thrown;
    };

    expect(() => startEngine(bundle, {}).evaluate(tokens)).toThrow(
      expect.objectContaining({
        code: "POLICY_FAILED",
        message: `policy too-old failed on token first: ${cause}`,
        cause: thrown,
      }),
    );
  });
});

it("asks about a whole chunk once, with the fields that are read, as JSON", () => {
  const asked: string[] = [];
  host.evaluate = (input, entryPoint) => {
    asked.push(`${entryPoint} ${Buffer.from(input as ArrayBuffer).toString()}`);
    return [{ result: [[], []] }];
  };
  const narrow = { ...bundle, manifest: { ...bundle.manifest, reads: ["kind", "location"] } } as Bundle;

  const rows = startEngine(narrow, { params: { any: {} } }).evaluate(tokens);

  expect(rows).toEqual([[], []]);
  expect(asked).toEqual([`${together} [{"kind":"github/fine-grained-pat"},{"kind":"github/fine-grained-pat"}]`]);
  expect(host.data).toEqual({ params: { any: {} } });
});

it("asks each policy alone after a failure, but none that is switched off", () => {
  const asked: string[] = [];
  host.evaluate = (_, entryPoint) => {
    asked.push(entryPoint);
    if (entryPoint === together) throw "opa_malloc: failed";
    return [{ result: [[{ days: 9 }]] }];
  };
  const engine = startEngine(bundle, {}, ["too-old"]);

  expect(engine.evaluate(tokens)).toEqual([[[1, { days: 9 }]], [[1, { days: 9 }]]]);
  expect(engine.evaluate(tokens)).toHaveLength(2);
  expect(asked).toEqual([together, ...Array.from({ length: 4 }, () => "judge/lifetime/idle/verdict")]);
});
