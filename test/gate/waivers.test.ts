import { describe, expect, it } from "vitest";
import { waiverMarker } from "../../src/gate/waivers.ts";
import type { Finding } from "../../src/model/documents.gen.ts";
import type { Waiver } from "../../src/model/waiver.ts";
import { asOf } from "../support/tokens.ts";
import { decide, decision, finding, judged, reading } from "./judgements.ts";

const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  by: "waivers.yaml:3:5",
  token: "t/1",
  policies: ["too-old"],
  reason: "a reason",
  owner: "team-a",
  approver: "ciso",
  expires: "2030-06-30",
  ...over,
});
const mark = (one: Finding, waivers: readonly Waiver[], instant = asOf) => waiverMarker(waivers, instant)?.(one);
const means = (...waivers: Waiver[]) => ({ waivers });

describe("which findings a waiver covers", () => {
  const one = finding("t/1", {});

  it.each([
    { what: "another token", over: { token: "t/11" } },
    { what: "a token whose id only begins like that", over: { token: "t/" } },
    { what: "an id with a wildcard: only mappings hold patterns", over: { token: "t/*" } },
    { what: "another policy", over: { policies: ["idle", "no-owner"] } },
    { what: "another one of several failures", over: { discriminator: "b" } },
    { what: "patterns of which one does not match", over: { token: { id: "*", kind: "gitlab/*" } } },
    { what: "a pattern in other letters", over: { token: { account: "ACME" } } },
  ])("not those of $what", ({ over }) => {
    expect(mark(one, [waiver(over)])).toEqual({ finding: one, waiver: undefined });
  });

  it.each([
    { what: "the id", over: {} },
    { what: "one of its policies", over: { policies: ["idle", "too-old"] } },
    { what: "patterns that all match", over: { token: { id: "t/*", kind: "github/*", account: "acme", name: "*1" } } },
  ])("those of $what", ({ over }) => {
    expect(mark(one, [waiver(over)])).toMatchObject({ waiver: 0, finding: { waived: { by: "waivers.yaml:3:5" } } });
  });

  it("takes the discriminator as part of the identity", () => {
    const [first, second] = ["a", "b"].map((discriminator) => ({ ...one, discriminator }));

    expect(mark(first as Finding, [waiver({ discriminator: "a" })])?.finding.waived).toBeDefined();
    expect(mark(second as Finding, [waiver({ discriminator: "a" })])?.finding.waived).toBeUndefined();
    expect(mark(second as Finding, [waiver()])?.finding.waived).toBeDefined();
  });

  it("changes nothing but the mark", () => {
    const { waived, ...rest } = mark(one, [waiver()])?.finding ?? {};

    expect(rest).toEqual(one);
    expect(waived).toEqual({
      by: "waivers.yaml:3:5",
      reason: "a reason",
      owner: "team-a",
      approver: "ciso",
      expires: "2030-06-30",
    });
  });

  it.each([
    { first: waiver({ expires: "2029-12-31" }), second: waiver(), wins: 1, why: "one in force before an expired one" },
    { first: waiver({ token: { id: "*" } }), second: waiver(), wins: 0, why: "the first of the file, pattern or not" },
    { first: waiver(), second: waiver({ token: { id: "*" } }), wins: 0, why: "the first of the file" },
  ])("lets win $why", ({ first, second, wins }) => {
    expect(mark(one, [first, second])?.waiver).toBe(wins);
  });

  it("comes to an end whatever pattern and name are, which those that try every way would not", () => {
    const name = "a".repeat(200_000);
    const hostile = finding("t/1", {});
    const patterns = ["*a".repeat(128), `${"*aa".repeat(85)}b`, `*${"a".repeat(254)}b*`];
    const marker = waiverMarker(
      patterns.map((pattern) => waiver({ token: { name: pattern } })),
      asOf,
    );

    expect(marker?.({ ...hostile, token: { ...hostile.token, name } })).toBeDefined();
  });
});

describe("the end of a waiver (T15)", () => {
  it.each([
    { instant: "2030-06-29T23:59:59Z", isWaived: true },
    { instant: "2030-06-30T00:00:00Z", isWaived: true },
    { instant: "2030-06-30T23:59:59Z", isWaived: true },
    { instant: "2030-07-01T00:00:00Z", isWaived: false },
    { instant: "2031-01-01T00:00:00Z", isWaived: false },
  ])("is the end of its last day in UTC: as of $instant it is in force: $isWaived", ({ instant, isWaived }) => {
    const { finding: told } = mark(finding("t/1", {}), [waiver()], instant) ?? {};

    expect(told?.waived !== undefined).toBe(isWaived);
    expect(told?.expired_waiver !== undefined).toBe(!isWaived);
  });

  it("brings the finding back into the gate", async () => {
    const { head } = await decide([judged("t/1", {})], means(waiver({ expires: "2029-12-31" })));

    expect(head.gate).toMatchObject({ exit_code: 1, at_threshold: 1 });
    expect(head.summary.waived).toBeUndefined();
    expect(head.waivers).toMatchObject([{ expired: true, findings: 1 }]);
  });
});

describe("the gate with waivers", () => {
  it("does not fail over what is waived, but tells it (T16)", async () => {
    const { head, findings } = await decide([judged("t/1", {})], means(waiver()));
    const told: Finding[] = [];
    for await (const one of findings as AsyncIterable<Finding>) told.push(one);

    expect(head.gate).toMatchObject({ exit_code: 0, at_threshold: 0 });
    expect(head.summary).toMatchObject({ verdicts: { fail: 1 }, severities: { high: 0 }, waived: { high: 1 } });
    expect(told).toMatchObject([{ verdict: "fail", waived: { owner: "team-a" } }]);
  });

  it("fails over what is not waived beside it, on the same token and under the same policy (T17)", async () => {
    const items = [judged("t/1", {}, { policy: "idle" }), judged("t/2", {})];
    const { head } = await decide(items, means(waiver()));

    expect(head.gate).toMatchObject({ exit_code: 1, at_threshold: 2 });
  });

  it("tells every waiver with what it covers", async () => {
    const { head } = await decide(
      [judged("t/1", {}), judged("t/2", {})],
      means(waiver({ token: { id: "t/*" } }), waiver(), waiver({ token: "t/3", by: "waivers.yaml:9:5" })),
    );

    expect(head.waivers?.map(({ findings }) => findings)).toEqual([2, 0, 0]);
  });

  it("lets a waived unknown verdict leave no gap, and no other", async () => {
    const gap = (id: string) => judged(id, { verdict: "unknown", unknown: { created: "denied" } });

    expect(await decision([gap("t/1")], means(waiver()))).toMatchObject({ exit_code: 0, incomplete: false });
    expect(await decision([gap("t/1"), gap("t/2")], means(waiver()))).toMatchObject({ exit_code: 3, incomplete: true });
    expect((await decide([gap("t/1")], means(waiver()))).head.summary).toMatchObject({
      verdicts: { unknown: 1 },
      waived: { unknown: 1, high: 0 },
    });
  });

  it("stays incomplete where a read failed, whatever is waived", async () => {
    const found = await decision([judged("t/1", {}), reading("failed")], means(waiver({ token: { id: "*" } })));

    expect(found).toMatchObject({ exit_code: 3, incomplete: true });
  });

  it("says nothing of waivers where there are none", async () => {
    const { head } = await decide([judged("t/1", {})], means());

    expect(head).not.toHaveProperty("waivers");
    expect(head.summary).not.toHaveProperty("waived");
  });
});
