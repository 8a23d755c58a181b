import { describe, expect, it } from "vitest";
import type { GateMeans } from "../../src/gate/index.ts";
import type { Judged } from "../../src/model/flow.ts";
import { severities } from "../../src/model/severity.ts";
import { decision, judged, reading } from "./judgements.ts";

const clean = judged("a");
const unknown = (reason: string) =>
  judged("a", { verdict: "unknown", severity: "critical", unknown: { created: reason } });

describe("the exit code", () => {
  it.each<{ what: string; items: Judged[]; changed?: Partial<GateMeans>; code: number; incomplete: boolean }>([
    { what: "nothing at all was collected", items: [], code: 3, incomplete: true },
    { what: "all sources were read and had no token", items: [reading("empty")], code: 3, incomplete: true },
    {
      what: "nothing was collected and the threshold is never",
      items: [],
      changed: { failOn: "never" },
      code: 3,
      incomplete: true,
    },
    { what: "a source was denied", items: [clean, reading("denied")], code: 3, incomplete: true },
    { what: "a source failed, as when throttled", items: [reading("failed"), clean], code: 3, incomplete: true },
    {
      what: "one source of many was denied",
      items: [reading("read"), clean, reading("denied"), reading("read")],
      code: 3,
      incomplete: true,
    },
    {
      what: "sources say what they show nobody and what they were not asked",
      items: [clean, reading("not-exposed"), reading("not-asked")],
      code: 0,
      incomplete: false,
    },
    {
      what: "one field is not exposed and another was not asked",
      items: [judged("a", { verdict: "unknown", unknown: { created: "not-exposed", rotated: "not-asked" } })],
      code: 0,
      incomplete: false,
    },
    { what: "one field was denied", items: [unknown("denied")], code: 3, incomplete: true },
    { what: "one field failed to be read", items: [clean, unknown("failed")], code: 3, incomplete: true },
    {
      what: "one of a finding's two unknown fields was denied",
      items: [judged("a", { verdict: "unknown", unknown: { created: "not-exposed", rotated: "denied" } })],
      code: 3,
      incomplete: true,
    },
    {
      what: "a source was denied and a finding stays below the threshold",
      items: [judged("a", { severity: "medium" }), reading("denied")],
      code: 3,
      incomplete: true,
    },
    {
      what: "a source was denied and the threshold is never",
      items: [judged("a", { severity: "critical" }), reading("denied")],
      changed: { failOn: "never" },
      code: 3,
      incomplete: true,
    },
    {
      what: "a source was denied and a finding reaches the threshold",
      items: [judged("a", {}), reading("denied")],
      code: 1,
      incomplete: true,
    },
    {
      what: "a finding reaches the threshold in a run that tolerates gaps",
      items: [judged("a", {}), reading("denied")],
      changed: { allowIncomplete: true },
      code: 1,
      incomplete: true,
    },
    { what: "a finding reaches the threshold", items: [clean, judged("b", {})], code: 1, incomplete: false },
    {
      what: "a finding is above the threshold",
      items: [judged("a", { severity: "critical" })],
      code: 1,
      incomplete: false,
    },
    {
      what: "nothing was collected, which is tolerated",
      items: [],
      changed: { allowIncomplete: true },
      code: 0,
      incomplete: true,
    },
    {
      what: "a source was denied, which is tolerated",
      items: [clean, reading("denied")],
      changed: { allowIncomplete: true },
      code: 0,
      incomplete: true,
    },
    {
      what: "one field was denied, which is tolerated",
      items: [unknown("denied")],
      changed: { allowIncomplete: true },
      code: 0,
      incomplete: true,
    },
    {
      what: "a provider does not expose a field, which no retry will mend",
      items: [unknown("not-exposed")],
      code: 0,
      incomplete: false,
    },
    { what: "nobody asked for a field", items: [unknown("not-asked")], code: 0, incomplete: false },
    {
      what: "a finding stays below the threshold",
      items: [judged("a", { severity: "medium" })],
      code: 0,
      incomplete: false,
    },
    {
      what: "the worst there is meets a threshold of never",
      items: [judged("a", { severity: "critical" })],
      changed: { failOn: "never" },
      code: 0,
      incomplete: false,
    },
    {
      what: "one of two sources was empty",
      items: [clean, reading("empty"), reading("read")],
      code: 0,
      incomplete: false,
    },
    { what: "all is well", items: [reading("read"), clean], code: 0, incomplete: false },
  ])("is $code where $what", async ({ items, changed, code, incomplete }) => {
    expect(await decision(items, changed)).toMatchObject({ exit_code: code, incomplete });
  });

  it.each(
    severities.flatMap((severity, rank) =>
      severities.map((failOn, least) => ({ severity, failOn, code: rank >= least ? 1 : 0 })),
    ),
  )("is $code for a $severity finding at a threshold of $failOn", async ({ severity, failOn, code }) => {
    expect(await decision([judged("a", { severity })], { failOn })).toMatchObject({
      exit_code: code,
      at_threshold: code,
      fail_on: failOn,
    });
  });

  it("counts no unknown verdict at the threshold, however severe its policy", async () => {
    const items = [unknown("not-exposed"), judged("b", {}), judged("c", { severity: "low" })];

    expect(await decision(items, { failOn: "low" })).toMatchObject({ at_threshold: 2 });
  });
});
