import { describe, expect, it } from "vitest";
import { inReportOrder } from "../../src/gate/index.ts";
import type { Finding } from "../../src/model/documents.gen.ts";
import type { Judged } from "../../src/model/flow.ts";
import { severities } from "../../src/model/severity.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { aToken, seeded, shuffled } from "../support/tokens.ts";
import { decide, finding, judged, reading, slugs } from "./judgements.ts";

describe("the order of findings", () => {
  const items = ["b", "a", "c"].flatMap((token) => [
    judged(token, { policy: "too-old", severity: "low" }, { policy: "idle", severity: "critical" }),
    judged(
      `${token}2`,
      { policy: "no-owner", severity: "critical", verdict: "unknown", unknown: { owner: "denied" } },
      { policy: "too-old", severity: "high" },
    ),
  ]);

  it("is worst first, then policy, then token; what is unknown comes last", async () => {
    const { findings } = await decide(items);

    expect(
      [...(findings as Finding[])].map(({ severity, policy, token }) => `${severity} ${policy} ${token.id}`),
    ).toEqual([
      "critical idle a",
      "critical idle b",
      "critical idle c",
      "high too-old a2",
      "high too-old b2",
      "high too-old c2",
      "low too-old a",
      "low too-old b",
      "low too-old c",
      "critical no-owner a2",
      "critical no-owner b2",
      "critical no-owner c2",
    ]);
  });

  it.each([1, 2, 3, 4, 5])("is the same whatever was read first (shuffle %i)", async (seed) => {
    const expected = await decide(items);

    const found = await decide(shuffled(items, seeded(seed)));

    expect(found.head).toEqual(expected.head);
    expect([...(found.findings as Iterable<unknown>)]).toEqual([...(expected.findings as Iterable<unknown>)]);
  });

  it("compares by code point and not by a locale", () => {
    const sorted = ["ä", "a", "Z", "z", "𝕒"].map((id) => finding(id, {})).sort(inReportOrder);

    expect(sorted.map(({ token }) => token.id)).toEqual(["Z", "a", "z", "ä", "𝕒"]);
  });
});

describe("the counts", () => {
  const random = seeded(7);
  const draw = <Item>(from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item;
  const verdicts = ["pass", "fail", "unknown", "not_applicable"] as const;
  const items = Array.from({ length: 60 }, (_, index): Judged => {
    const drawn = slugs.map(() => draw(verdicts));
    const findings = drawn.flatMap((verdict, policy) =>
      verdict === "fail" || verdict === "unknown"
        ? [finding(`t${index}`, { policy: slugs[policy] as string, verdict, severity: draw(severities) })]
        : [],
    );
    return { judgement: { token: aToken({ id: `t${index}` }), findings, verdicts: drawn } };
  });

  it("of each policy add up to the tokens, those of all policies to the summary", async () => {
    const { head, findings } = await decide(items);

    for (const { verdicts: tally } of head.policies) expect(sum(Object.values(tally))).toBe(60);
    for (const verdict of verdicts)
      expect(sum(head.policies.map((one) => one.verdicts[verdict]))).toBe(head.summary.verdicts[verdict]);
    expect(sum(Object.values(head.summary.severities))).toBe(head.summary.verdicts.fail);
    expect([...(findings as Finding[])]).toHaveLength(head.summary.verdicts.fail + head.summary.verdicts.unknown);
  });

  it("take in no policy that never ran", async () => {
    const withoutOwner = items.map((item): Judged => {
      if ("coverage" in item) return item;
      const { token, findings, verdicts: drawn } = item.judgement;
      const kept = findings.filter(({ policy }) => policy !== "no-owner");
      return {
        judgement: {
          token,
          findings: kept,
          verdicts: drawn.map((verdict, index) => (slugs[index] === "no-owner" ? "not_applicable" : verdict)),
        },
      };
    });

    const { head } = await decide(withoutOwner, { disabled: ["no-owner"] });

    expect(head.policies.map(({ policy }) => policy.id)).toEqual(["idle", "too-old"]);
    expect(sum(Object.values(head.summary.verdicts))).toBe(60 * 2);
  });

  it("list a policy that applied to nothing, with its zeros", async () => {
    const { head } = await decide([reading("read")], { allowIncomplete: true });

    expect(head.policies.map(({ verdicts: tally }) => sum(Object.values(tally)))).toEqual([0, 0, 0]);
  });

  it("keep the four answers of a source apart, and every event in its order", async () => {
    const outcomes = ["denied", "read", "failed", "empty", "read"] as const;

    const { head } = await decide(outcomes.map(reading));

    expect(head.summary.coverage).toEqual({ read: 2, empty: 1, denied: 1, failed: 1 });
    expect(head.coverage.map(({ outcome }) => outcome)).toEqual(outcomes);
  });
});

it("a decided run is a report by its schema", async () => {
  const { head, findings } = await decide([
    judged("a", {}, { policy: "idle", verdict: "unknown", unknown: { last_used: "denied" } }),
    reading("denied"),
  ]);

  expect(faultsIn("report", { ...head, findings: [...(findings as Finding[])] })).toEqual([]);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
