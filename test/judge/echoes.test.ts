import { expect, it } from "vitest";
import { echoes } from "../../src/judge/echoes.ts";
import { failed, unknown } from "../../src/judge/finding.ts";
import type { Verdict } from "../../src/model/flow.ts";
import { aPolicy, aToken, rules } from "../support/tokens.ts";

const policies = [
  aPolicy({ id: "closer" }),
  aPolicy({ id: "idle", yields_to: ["closer"] }),
  aPolicy({ id: "other" }),
  aPolicy({ id: "rare", yields_to: ["other", "closer"] }),
];
const withoutEchoes = echoes(policies);

/** The verdicts that are left of these, and the policies that still tell something. */
function told(verdicts: Verdict[]): { verdicts: readonly Verdict[]; findings: string[] } {
  const token = aToken();
  const findings = policies.flatMap((policy, index) => {
    if (verdicts[index] === "fail") return [failed(policy, token, {}, rules())];
    return verdicts[index] === "unknown" ? [unknown(policy, token, { owner: "denied" }, rules())] : [];
  });
  const left = withoutEchoes({ token, findings, verdicts });
  return { verdicts: left.verdicts, findings: left.findings.map(({ policy }) => policy) };
}

it.each<{ what: string; given: Verdict[]; left: Verdict[]; findings: string[] }>([
  {
    what: "fails alone, it is told",
    given: ["pass", "fail", "pass", "fail"],
    left: ["pass", "fail", "pass", "fail"],
    findings: ["idle", "rare"],
  },
  {
    what: "fails beside the closer one, only the closer one is told",
    given: ["fail", "fail", "pass", "pass"],
    left: ["fail", "not_applicable", "pass", "pass"],
    findings: ["closer"],
  },
  {
    what: "is unknown beside the closer one, only the closer one is told",
    given: ["fail", "unknown", "pass", "pass"],
    left: ["fail", "not_applicable", "pass", "pass"],
    findings: ["closer"],
  },
  {
    what: "fails and the closer one is unknown, both are told: a gap is no cause",
    given: ["unknown", "fail", "pass", "pass"],
    left: ["unknown", "fail", "pass", "pass"],
    findings: ["closer", "idle"],
  },
  {
    what: "yields to several, one of them is enough",
    given: ["pass", "fail", "fail", "fail"],
    left: ["pass", "fail", "fail", "not_applicable"],
    findings: ["idle", "other"],
  },
  {
    what: "fails beside an independent one, both are told",
    given: ["pass", "fail", "fail", "pass"],
    left: ["pass", "fail", "fail", "pass"],
    findings: ["idle", "other"],
  },
])("where one that yields $what", ({ given, left, findings }) => {
  expect(told(given)).toEqual({ verdicts: left, findings });
});

it("a policy that passes is left alone, however many findings stand beside it", () => {
  expect(told(["fail", "pass", "pass", "pass"]).verdicts.at(-1)).toBe("pass");
  expect(told(["fail", "pass", "fail", "pass"]).verdicts.at(-1)).toBe("pass");
});

it("one finding alone is never taken back", () => {
  expect(told(["fail", "pass", "pass", "pass"])).toEqual({
    verdicts: ["fail", "pass", "pass", "pass"],
    findings: ["closer"],
  });
});
