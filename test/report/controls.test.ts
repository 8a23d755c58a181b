import { describe, expect, it } from "vitest";
import type { Policy, Tally } from "../../src/model/documents.gen.ts";
import { controlCoverage } from "../../src/report/controls.ts";
import { inControlOrder, knownControls } from "../../src/report/frameworks.ts";
import { policy, result } from "./results.ts";

const controls = { f: { A1: "direct" } } as const satisfies Policy["controls"];
const tally = (counts: Partial<Tally>): Tally => ({ pass: 0, fail: 0, unknown: 0, not_applicable: 0, ...counts });

function headOf(judged: Record<string, Partial<Tally>>, { disabled = [] as string[], tokens = 3 } = {}) {
  const { head } = result();
  return {
    ...head,
    summary: { ...head.summary, tokens },
    policies: Object.entries(judged).map(([id, counts]) => ({
      policy: policy({ id, controls }),
      verdicts: tally(counts),
    })),
    disabled: disabled.map((id) => ({ id, title: id, controls })),
  };
}

describe("a control is told by the verdicts that were given", () => {
  it.each([
    { judged: { a: { pass: 2, fail: 1, unknown: 4 } }, state: "fail" },
    { judged: { a: { pass: 2, unknown: 1 } }, state: "unknown" },
    { judged: { a: { pass: 2, not_applicable: 5 } }, state: "pass" },
    { judged: { a: { not_applicable: 3 } }, state: "never judged" },
    { judged: { a: { pass: 2 }, b: { fail: 1 } }, state: "fail" },
    { judged: {}, state: "never judged", disabled: ["a"] },
    { judged: { a: {} }, state: "never judged", tokens: 0 },
  ])("$judged gives $state", ({ judged, state, ...rest }) => {
    expect(controlCoverage(headOf(judged, rest), () => true)).toMatchObject([{ framework: "f", control: "A1", state }]);
  });

  it.each([
    { rest: { disabled: ["a"] }, judged: {}, why: "switched off" },
    { rest: { tokens: 0 }, judged: { a: {} }, why: "no token was collected" },
    { rest: {}, judged: { a: { not_applicable: 3 } }, why: "not applicable to any token" },
  ])("and says why it has none: $why", ({ rest, judged, why }) => {
    expect(controlCoverage(headOf(judged, rest), () => true)[0]?.policies).toMatchObject([
      { id: "a", never_judged: why },
    ]);
  });

  it("says of a policy that was never judged that it was not, beside one that passed", () => {
    const [control] = controlCoverage(headOf({ a: { pass: 3 } }, { disabled: ["b"] }), () => true);

    expect(control).toEqual({
      framework: "f",
      control: "A1",
      state: "pass in part",
      verdicts: { pass: 3, fail: 0, unknown: 0 },
      policies: [
        { id: "a", strength: "direct", verdicts: { pass: 3, fail: 0, unknown: 0 } },
        { id: "b", strength: "direct", verdicts: { pass: 0, fail: 0, unknown: 0 }, never_judged: "switched off" },
      ],
    });
  });
});

it("orders controls as people count", () => {
  const sorted = ["2.11", "2.9", "NHI10", "NHI9"].map((control) => ({ framework: "f", control })).sort(inControlOrder);

  expect(sorted.map(({ control }) => control)).toEqual(["2.9", "2.11", "NHI9", "NHI10"]);
});

it("knows a framework whole, or nothing of it", () => {
  expect(knownControls("owasp-nhi-2025")).toHaveLength(10);
  expect(knownControls("constructor")).toEqual([]);
});
