import { expect, it } from "vitest";
import { diffReports } from "../../src/diff/reports.ts";
import type { Coverage, Finding } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import { finding, gap, policy, result } from "../report/results.ts";

const one = (id: string, over: Partial<Omit<Finding, "token">> = {}) =>
  finding({ token: { id: `gitlab/acme/t/${id}` }, ...over });
const failed: Coverage = { source: "gitlab", subject: "tokens", outcome: "failed", items: 0, detail: "no answer" };
const noScratch = () => {
  throw new Error("so few findings fit into memory");
};
const told = async (old: Finding[], now: Finding[], over: Parameters<typeof result>[0] = {}) => {
  const { findings, incomplete, summary } = await diffReports(
    result({ findings: old }),
    result({ findings: now, ...over }),
    noScratch,
  );
  return { changes: findings.map(({ token, change }) => `${token.slice(-1)} ${change}`), incomplete, summary };
};

it.each<{ what: string; old: Finding[]; now: Finding[]; changes: string[] }>([
  { what: "one more", old: [one("a")], now: [one("a"), one("b")], changes: ["b new"] },
  { what: "one less", old: [one("a"), one("b")], now: [one("b")], changes: ["a resolved"] },
  { what: "a worse one", old: [one("a")], now: [one("a", { severity: "critical" })], changes: ["a worse"] },
  { what: "a better one", old: [one("a")], now: [one("a", { severity: "low" })], changes: ["a better"] },
  {
    what: "one that can no longer be judged",
    old: [one("a")],
    now: [gap({ token: { id: "gitlab/acme/t/a" }, field: "created", reason: "denied", why: "denied" })],
    changes: ["a changed"],
  },
  {
    what: "another wording",
    old: [one("a")],
    now: [one("a", { message: "otherwise" })],
    changes: [],
  },
])("two reports differ by $what", async ({ old, now, changes }) => {
  expect(await told(old, now)).toMatchObject({ changes, incomplete: false });
});

it.each([
  { what: "whose source the new report could not read", over: { coverage: [failed] } },
  { what: "whose policy did not judge there", over: { policies: [policy({ id: "idle" })] } },
])("a finding is not resolved $what", async ({ over }) => {
  expect(await told([one("a")], [], over)).toMatchObject({
    changes: ["a unknown"],
    incomplete: true,
    summary: { resolved: 0 },
  });
});

const waived = { reason: "known", owner: "team", approver: "ciso", by: "waivers.yaml:3", expires: "2030-02-01" };
const baseline = { accepted: "2029-12-01", severity: "high" as const };

it.each<{
  what: string;
  old: Partial<Omit<Finding, "token">>;
  now: Partial<Omit<Finding, "token">>;
  change: string;
  says: string;
}>([
  {
    what: "whose waiver ended",
    old: { waived },
    now: { expired_waiver: { ...waived, expires: "2029-12-31" } },
    change: "returned",
    says: "counts again: issued 120 days ago; the limit is 90 days; its waiver waivers.yaml:3 expired on 2029-12-31",
  },
  {
    what: "that got worse than the baseline has it",
    old: { baseline },
    now: { severity: "critical" },
    change: "returned",
    says: "counts again: issued 120 days ago; the limit is 90 days; is critical, was high",
  },
  {
    what: "that somebody waived, though it got worse",
    old: {},
    now: { waived, severity: "critical" },
    change: "accepted",
    says: "waived until 2030-02-01: known; owner team, approved by ciso (waivers.yaml:3); is critical, was high",
  },
])("a finding $what is told", async ({ old, now, change, says }) => {
  const { findings } = await diffReports(
    result({ findings: [one("a", old)] }),
    result({ findings: [one("a", now)] }),
    noScratch,
  );

  expect(findings).toMatchObject([{ change, says }]);
});

it.each<{ what: string; over: Partial<Result["head"]>; doubt: RegExp }>([
  {
    what: "policies",
    over: { bundle: "f".repeat(64) },
    doubt: /^other policies judged \(bundle f{12}, was 0123456789ab\)/,
  },
  { what: "profile", over: { profile: "relaxed" }, doubt: /^the profile is relaxed, was default/ },
  {
    what: "numbers",
    over: { parameters: [{ policy: "too-old", name: "max_age", value: "400d", source: "tokenward.yaml:4" }] },
    doubt: /^the configuration gives other numbers to too-old/,
  },
])("nothing is resolved, and a doubt is told, where other $what judged", async ({ over, doubt }) => {
  const [old, now] = [result({ findings: [one("a"), one("b")] }), result({ findings: [one("b"), one("c")] })];
  const found = await diffReports(old, { ...now, head: { ...now.head, ...over } }, noScratch);

  expect(found.findings.map(({ token, change }) => `${token.slice(-1)} ${change}`)).toEqual(["a changed", "c new"]);
  expect(found).toMatchObject({ incomplete: false, summary: { resolved: 0 }, doubts: [expect.stringMatching(doubt)] });
});

it("another wording of the same numbers makes no doubt, and those of one policy none of another", async () => {
  const told = (name: string, source: string) => [{ policy: name, name: "max_age", value: "400d", source }];
  const [old, now] = [result({ findings: [one("a")] }), result()];
  const by = (of: typeof old, parameters: Result["head"]["parameters"]) => ({
    ...of,
    head: { ...of.head, ...(parameters ? { parameters } : {}) },
  });

  const moved = await diffReports(by(old, told("idle", "a:1")), by(now, told("idle", "a:2")), noScratch);
  const other = await diffReports(old, by(now, told("idle", "a:2")), noScratch);

  expect(moved).toMatchObject({ doubts: [], findings: [{ change: "resolved" }] });
  expect(other).toMatchObject({ doubts: [expect.stringContaining("idle")], findings: [{ change: "resolved" }] });
});

it.each(["old", "new"])("the %s report is said to be incomplete also where nothing differs", async (side) => {
  const [whole, partly] = [
    result({ findings: [one("a")] }),
    result({ findings: [one("a")], gate: { incomplete: true } }),
  ];
  const { doubts, findings } = await (side === "old"
    ? diffReports(partly, whole, noScratch)
    : diffReports(whole, partly, noScratch));

  expect({ doubts, findings }).toEqual({
    doubts: [expect.stringContaining(`the ${side} run is incomplete`)],
    findings: [],
  });
});
