import { describe, expect, it } from "vitest";
import { type BaselineTable, rowOf, tableOf } from "../../src/gate/baseline-table.ts";
import { marker } from "../../src/gate/marker.ts";
import { mergeBaseline } from "../../src/gate/merge-baseline.ts";
import { baselineText, renewedBaseline } from "../../src/gate/renewal.ts";
import type { Baseline } from "../../src/model/baseline.ts";
import type { BaselineEntry } from "../../src/model/documents.gen.ts";
import type { Judged } from "../../src/model/flow.ts";
import type { Waiver } from "../../src/model/waiver.ts";
import { aCoverage, asOf } from "../support/tokens.ts";
import { decide, type Found, finding, judged, means } from "./judgements.ts";

const entry = (over: Partial<BaselineEntry> = {}): BaselineEntry => ({
  ...{ token: "github/acme/pat/1", policy: "too-old", severity: "high", accepted: "2029-11-01" },
  ...over,
});
const baselineOf = (...entries: BaselineEntry[]): Baseline => ({ file: "baseline.json", entries });
const waiver = (expires: string): Waiver => ({
  ...{ by: "waivers.yaml:3:5", token: "github/acme/pat/1", policies: ["too-old"] },
  ...{ reason: "a reason", owner: "team-a", approver: "ciso", expires },
});
const mark = (found: Found, baseline: Baseline, waivers: Waiver[] = []) =>
  marker({ waivers, baseline: tableOf(baseline) }, asOf)?.(finding("github/acme/pat/1", found));
const one = (over: Found = {}, id = "github/acme/pat/1") => judged(id, over);
const read = { coverage: aCoverage({ source: "github", outcome: "read" }) };
const failed = { coverage: aCoverage({ source: "github", outcome: "failed" }) };
const run = (items: Judged[], baseline: Baseline, waivers: Waiver[] = []) =>
  decide([...items, read], { baseline, waivers });

describe("which findings the baseline covers", () => {
  it.each<{ what: string; over: Partial<BaselineEntry> }>([
    { what: "another token", over: { token: "github/acme/pat/11" } },
    { what: "another policy", over: { policy: "idle" } },
    { what: "another one of several failures", over: { discriminator: "b" } },
  ])("not those of $what", ({ over }) => {
    expect(mark({}, baselineOf(entry(over)))).toEqual({ finding: finding("github/acme/pat/1", {}), waiver: undefined });
  });

  it.each<{ what: string; found: Found; over: Partial<BaselineEntry>; because: string }>([
    { what: "its last day is past", found: {}, over: { until: "2029-12-31" }, because: "expired" },
    { what: "it got worse", found: { severity: "critical" }, over: {}, because: "worse" },
    { what: "it was not known to fail", found: { severity: "low" }, over: { severity: "unknown" }, because: "worse" },
  ])("no longer where $what", ({ found, over, because }) => {
    const marked = mark(found, baselineOf(entry(over)));

    expect(marked?.finding).not.toHaveProperty("baseline");
    expect(marked).toMatchObject({ finding: { lapsed_baseline: { because } }, entry: { effect: "lapsed" } });
  });

  it.each<{ what: string; found: Found; over: Partial<BaselineEntry> }>([
    { what: "as it was accepted", found: {}, over: {} },
    { what: "that got better", found: { severity: "low" }, over: {} },
    { what: "that can no longer be judged", found: { verdict: "unknown" }, over: { severity: "low" } },
    { what: "on its last day", found: {}, over: { until: "2030-01-01" } },
  ])("one $what", ({ found, over }) => {
    const marked = mark(found, baselineOf(entry({ token: "a" }), entry(over), entry({ token: "z" })));

    expect(marked).toMatchObject({ entry: { position: 1, effect: "covering" } });
    expect(marked?.finding.baseline?.accepted).toBe("2029-11-01");
  });

  it.each([
    { maxAge: 60, isCovered: false, until: "2029-12-31" },
    { maxAge: 61, isCovered: true, until: "2030-01-01" },
  ])("for $maxAge days from the day of acceptance on: $isCovered", ({ maxAge, isCovered, until }) => {
    const { baseline, lapsed_baseline } = mark({}, { ...baselineOf(entry()), maxAge })?.finding ?? {};

    expect(baseline !== undefined).toBe(isCovered);
    expect((baseline ?? lapsed_baseline)?.until).toBe(until);
  });

  it.each([
    { what: "goes before it while it is in force", expires: "2030-06-30", told: "waived", effect: "waived" },
    {
      what: "takes its end with it, where it was agreed since",
      expires: "2029-12-31",
      told: "expired_waiver",
      effect: "lapsed",
    },
    {
      what: "is overtaken by what was accepted after its end",
      expires: "2029-10-31",
      told: "baseline",
      effect: "covering",
    },
  ])("a waiver $what", ({ expires, told, effect }) => {
    const marked = mark({}, baselineOf(entry()), [waiver(expires)]);

    expect(marked?.finding).toHaveProperty(told);
    expect(marked?.entry?.effect).toBe(effect);
    expect(marked?.finding.baseline !== undefined).toBe(told === "baseline");
  });

  it("finds each of very many, and none that is not there", () => {
    const entries = Array.from({ length: 3_000 }, (_, index) => entry({ token: `t/${index}` }));
    const table: BaselineTable = tableOf(baselineOf(...entries));
    const positions = entries.map(({ token }) => rowOf(table, finding(token, {}).id)?.position);

    expect(positions).toEqual([...entries.keys()]);
    expect(rowOf(table, finding("t/3000", {}).id)).toBeUndefined();
    expect(rowOf(tableOf(baselineOf()), "0".repeat(32))).toBeUndefined();
  });
});

describe("the gate with a baseline", () => {
  it("does not fail over what is in it, but tells it, and fails over the rest", async () => {
    const known = await run([one()], baselineOf(entry()));
    const more = await run([one(), one({}, "github/acme/pat/2")], baselineOf(entry()));

    expect(known.head).toMatchObject({
      gate: { exit_code: 0, at_threshold: 0 },
      summary: { verdicts: { fail: 1 }, severities: { high: 0 }, baseline: { high: 1 } },
      baseline: { entries: 1, findings: 1, lapsed: 0, stale: [] },
    });
    expect(more.head.gate).toMatchObject({ exit_code: 1, at_threshold: 1 });
  });

  it("stays incomplete where a read failed, and where a field of what is in it could not be read", async () => {
    const gap = one({ verdict: "unknown", unknown: { created: "denied" } });
    const baseline = baselineOf(entry({ severity: "unknown" }));

    expect((await decide([one(), failed], { baseline: baselineOf(entry()) })).head.gate).toMatchObject({
      exit_code: 3,
      incomplete: true,
    });
    const { head } = await run([gap], baseline);
    expect(head).toMatchObject({ gate: { exit_code: 3, incomplete: true }, summary: { baseline: { unknown: 1 } } });
  });

  it("calls an entry stale whose finding is gone, but not where its source was not read or its policy is off", async () => {
    const gone = entry({ token: "github/acme/pat/9" });
    const elsewhere = entry({ token: "aws/1/access-key/9" });
    const off = entry({ policy: "idle" });
    const baseline = baselineOf(entry(), gone, elsewhere, off);
    const told = async (items: Judged[]) => (await decide(items, { baseline, disabled: ["idle"] })).head.baseline;

    expect(await told([one(), read])).toMatchObject({ findings: 1, unjudged: 2, stale: [gone] });
    expect(await told([one(), failed])).toMatchObject({ findings: 1, unjudged: 3, stale: [] });
  });

  it("counts every entry once", async () => {
    const entries = [entry(), entry({ token: "t/2", until: "2029-01-01" }), entry({ token: "github/acme/pat/3" })];
    const { head } = await run([one(), one({}, "t/2")], baselineOf(...entries), [waiver("2030-06-30")]);

    expect(head.baseline).toMatchObject({ entries: 3, findings: 0, lapsed: 1, waived: 1, unjudged: 0 });
    expect(head.baseline?.stale).toHaveLength(1);
  });
});

describe("the baseline of a run in shards", () => {
  it("is told as by one run: stale is what no shard has met", async () => {
    const entries = [
      entry(),
      entry({ token: "github/acme/pat/2", severity: "low" }),
      entry({ token: "github/acme/pat/3" }),
    ];
    const baseline = baselineOf(...entries, entry({ token: "aws/1/access-key/9" }));
    const [first, second] = [[one()], [one({}, "github/acme/pat/2")]];
    const head = async (items: Judged[]) => (await run(items, baseline)).head;

    const merged = mergeBaseline([await head(first), await head(second)]);

    expect(merged).toEqual({ baseline: (await head([...first, ...second])).baseline });
    expect(merged.baseline).toMatchObject({ findings: 1, lapsed: 1, unjudged: 1, stale: [entries[2]] });
    expect(mergeBaseline([(await decide(first)).head])).toEqual({});
  });
});

describe("writing a baseline", () => {
  const renewed = async (before: BaselineEntry[], items: Judged[], waivers: Waiver[] = []) =>
    renewedBaseline(before, await decide(items, { waivers, baseline: baselineOf(...before) }));

  it("accepts every finding of the run, in an order of its own", async () => {
    const items = [one({}, "b"), one({}, "a"), judged("a2", { policy: "idle", verdict: "unknown" }), read];
    const { entries, added } = await renewed([], items);

    expect(entries).toEqual([
      entry({ token: "a", accepted: "2030-01-01" }),
      entry({ token: "a2", policy: "idle", severity: "unknown", accepted: "2030-01-01" }),
      entry({ token: "b", accepted: "2030-01-01" }),
    ]);
    expect(added).toBe(3);
  });

  it.each<{
    what: string;
    before: Partial<BaselineEntry>;
    found: Found;
    after: Partial<BaselineEntry>;
    waivers?: Waiver[];
  }>([
    {
      what: "keeps the day and the end of what was in it",
      before: { until: "2031-01-01" },
      found: {},
      after: { until: "2031-01-01" },
    },
    {
      what: "keeps the day of what has expired, so that an age means something",
      before: { until: "2029-12-01" },
      found: {},
      after: { until: "2029-12-01" },
    },
    {
      what: "takes the severity that a finding has sunk to",
      before: {},
      found: { severity: "low" },
      after: { severity: "low" },
    },
    { what: "keeps the severity of what cannot be judged now", before: {}, found: { verdict: "unknown" }, after: {} },
    { what: "accepts anew what got worse", before: { severity: "low" }, found: {}, after: { accepted: "2030-01-01" } },
    {
      what: "accepts anew what a waiver covered since",
      before: {},
      found: {},
      after: { accepted: "2030-01-01" },
      waivers: [waiver("2029-12-31")],
    },
  ])("$what", async ({ before, found, after, waivers }) => {
    const { entries } = await renewed([entry(before)], [one(found), read], waivers);

    expect(entries).toEqual([entry(after)]);
  });

  it("leaves out what is waived and what is gone, and keeps what was not read", async () => {
    const before = [entry(), entry({ token: "aws/1/access-key/9" }), entry({ token: "github/acme/pat/9" })];
    const result = await renewed(before, [one(), read], [waiver("2030-06-30")]);

    expect(result).toEqual({ entries: [before[1]], added: 0, unjudged: 1, dropped: 2 });
  });

  it("gives the same bytes from its own output, one entry a line", async () => {
    const items = [one(), one({}, "github/acme/pat/2"), read];
    const first = await renewed([], items);
    const later = await decide(items, { run: { ...means.run, as_of: "2030-06-01T00:00:00Z" } });
    const text = (entries: BaselineEntry[]) => [...baselineText(entries)].join("");

    expect(text((await renewedBaseline(first.entries, later)).entries)).toBe(text(first.entries));
    expect(JSON.parse(text(first.entries))).toEqual({ version: 1, entries: first.entries });
    expect(text(first.entries).match(/^ {4}\{.*\},?$/gm)).toHaveLength(2);
    expect(JSON.parse(text([]))).toEqual({ version: 1, entries: [] });
  });
});
