import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Found, runsIn } from "../../src/audit/runs.ts";
import { changesSince } from "../../src/cli/audit-changes.ts";
import type { AuditChanges, AuditRun, Coverage, Finding, Token } from "../../src/model/documents.gen.ts";
import type { Collected, Result } from "../../src/model/flow.ts";
import { writeInventory } from "../../src/model/inventory.ts";
import { renderJson } from "../../src/report/json.ts";
import { finding, policy, result, text } from "../report/results.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { aCoverage, aToken, streamOf } from "../support/tokens.ts";

const scratch = await scratchFolder();
const [OLD, NOW] = ["2030-01-01T000000Z", "2030-01-02T000000Z"];
const read = aCoverage({ source: "gitlab", account: "acme" });
const denied: Coverage = { ...read, outcome: "denied", items: 0, detail: "403" };

interface Day {
  ids: readonly string[];
  coverage?: Coverage;
  head?: Partial<Result["head"]>;
  token?: Partial<Token>;
}

const idOf = (id: string) => `gitlab/acme/deploy-token/${id}`;
const tokens = ({ ids, token }: Day) =>
  ids.map((id) => aToken({ id: idOf(id), provider: "gitlab", account: "acme", kind: "gitlab/deploy-token", ...token }));

function resultOf({ ids, coverage = read, head = {} }: Day): Result {
  const findings = ids.map((id): Finding => finding({ token: { id: idOf(id) } }));
  const told = result({ findings, coverage: [coverage], policies: [policy({ id: "too-old" })] });
  return { ...told, head: { ...told.head, ...head } };
}

/** A folder of audits with one run in it, and what changed when another day follows. */
async function compared(name: string, [old, now]: [Day, Day], harm: (run: string) => Promise<unknown> = async () => 0) {
  const dir = await laidOut(join(scratch, name), {});
  for (const [folder, day] of [
    [OLD, old],
    [NOW, now],
  ] as const) {
    const header = {
      schema_version: 1 as const,
      tool: { name: "tokenward", version: "0.1.0" },
      as_of: "2030-01-01T00:00:00Z",
      sources: [],
    };
    const items = [...tokens(day).map((token): Collected => ({ token })), { coverage: day.coverage ?? read }];
    await laidOut(dir, {
      [`${folder}/run.json`]: JSON.stringify(aboutRun(folder ?? "", resultOf(day))),
      [`${folder}/evidence/report.json`]: await text(renderJson(resultOf(day))),
      [`${folder}/evidence/inventory.ndjson`]: await text(writeInventory(header, streamOf(items))),
    });
  }
  await harm(join(dir, OLD ?? ""));
  const found = await runsIn(dir);
  const changes = await changesSince(dir, found, {
    folder: NOW ?? "",
    evidence: join(dir, NOW ?? "", "evidence"),
    result: resultOf(now),
  });
  return { changes, found };
}

function aboutRun(folder: string, { head: { tool, as_of, gate, summary } }: Result): AuditRun {
  return { schema_version: 1, folder, tool, as_of, outcome: { gate, summary }, reports: [], changes: {} };
}

const edited =
  (path: string, [from, to]: [string | RegExp, string]) =>
  async (run: string) => {
    const before = await readFile(join(run, path), "utf8");
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    await writeFile(join(run, path), after);
  };
const removed = (path: string) => (run: string) => rm(join(run, path), { recursive: true });
const same: [Day, Day] = [{ ids: ["a", "b"] }, { ids: ["a", "b"] }];

describe("nothing is compared, and the reason is told, where of the audit before", () => {
  it.each<{ what: string; harm: (run: string) => Promise<unknown>; reason: string }>([
    { what: "the run.json is gone", harm: removed("run.json"), reason: "there is no run.json in it" },
    {
      what: "the run.json is of another version",
      harm: edited("run.json", ['"schema_version":1', '"schema_version":2']),
      reason: "its run.json is of version 2, 1 is read",
    },
    { what: "the run.json is cut off", harm: edited("run.json", [/}$/, ""]), reason: "its run.json is damaged" },
    {
      what: "the evidence is gone",
      harm: removed("evidence"),
      reason: "cannot read the report evidence/report.json: there is no such file or folder",
    },
    {
      what: "the report is cut off",
      harm: edited("evidence/report.json", [/,\n {4}[^\n]*\n {2}\]\n}\n$/, ""]),
      reason: "evidence/report.json:",
    },
    {
      what: "the report is of another version",
      harm: edited("evidence/report.json", ['"schema_version": 1', '"schema_version": 2']),
      reason: "/schema_version",
    },
    { what: "the inventory is gone", harm: removed("evidence/inventory.ndjson"), reason: "evidence/inventory.ndjson" },
    {
      what: "the inventory is cut off",
      harm: edited("evidence/inventory.ndjson", [/\{"end".*\n/, ""]),
      reason: "cut off",
    },
    {
      what: "the inventory has lost a token",
      harm: edited("evidence/inventory.ndjson", [/\{"token".*\n/, ""]),
      reason: "its end line counts 2 tokens, 1 are there",
    },
    {
      what: "the inventory is of another version",
      harm: edited("evidence/inventory.ndjson", ['"schema_version":1', '"schema_version":2']),
      reason: "2",
    },
  ])("$what", async ({ what, harm, reason }) => {
    const { changes } = await compared(what, same, harm);

    expect(changes).toEqual({
      reason: expect.stringContaining(`nothing is compared: the audit before, ${OLD}, cannot be read: `),
    });
    expect(changes.reason).toContain(reason);
    expect(changes.reason).not.toContain(scratch);
  });
});

const summaries = ({ findings, tokens: told }: AuditChanges) => ({
  findings: Object.fromEntries(Object.entries(findings?.summary ?? {}).filter(([, count]) => count > 0)),
  tokens: Object.fromEntries(Object.entries(told?.summary ?? {}).filter(([, count]) => count > 0)),
});

describe("what changed since the audit before", () => {
  it.each<{ what: string; days: [Day, Day]; findings: object; tokens: object; doubts: string[] }>([
    {
      what: "that could not read the account, is unknown and not new",
      days: [{ ids: ["a"], coverage: denied, head: incomplete() }, { ids: ["a", "b"] }],
      findings: { unknown: 1, unchanged: 1 },
      tokens: { unknown: 1, unchanged: 1 },
      doubts: ["INCOMPLETE: 2 differences may be none", "The old run is incomplete"],
    },
    {
      what: "when this one could not read the account, is unknown and neither fixed nor gone",
      days: [{ ids: ["a", "b"] }, { ids: ["a"], coverage: denied, head: incomplete() }],
      findings: { unknown: 1, unchanged: 1 },
      tokens: { unknown: 1, unchanged: 1 },
      doubts: ["INCOMPLETE: 2 differences may be none", "The new run is incomplete"],
    },
    {
      what: "when neither could, is in doubt though nothing differs",
      days: [
        { ids: ["a"], coverage: denied, head: incomplete() },
        { ids: ["a"], coverage: denied, head: incomplete() },
      ],
      findings: { unchanged: 1 },
      tokens: { unchanged: 1 },
      doubts: ["The old run is incomplete", "The new run is incomplete"],
    },
    {
      what: "that other policies judged, is not fixed",
      days: [{ ids: ["a", "b"], head: { bundle: "f".repeat(64) } }, { ids: ["a"] }],
      findings: { changed: 1, unchanged: 1 },
      tokens: { vanished: 1, unchanged: 1 },
      doubts: ["Other policies judged (bundle 0123456789ab, was ffffffffffff)"],
    },
    {
      what: "by the same policies, each read to its end, is told as diff tells it",
      days: [
        { ids: ["a", "b"], token: { expires: "2030-02-01T00:00:00Z", unknown: {} } },
        { ids: ["b", "c"], token: { expires: null, unknown: {} } },
      ],
      findings: { new: 1, resolved: 1, unchanged: 1 },
      tokens: { appeared: 1, vanished: 1, widened: 1 },
      doubts: [],
    },
  ])("$what", async ({ what, days, doubts, ...told }) => {
    const { changes } = await compared(what, days);

    expect(summaries(changes)).toEqual(told);
    expect(changes.since).toBe(OLD);
    expect(changes.doubts).toEqual(doubts.map((doubt) => expect.stringContaining(doubt)));
  });

  function incomplete(): Partial<Result["head"]> {
    const { gate } = result().head;
    return { gate: { ...gate, incomplete: true } };
  }
});

it("where there is none, or only one from later, nothing is compared and no reason is needed", async () => {
  const { found } = await compared("first", same);
  const none: Found = { runs: [], unreadable: [] };
  const made = { folder: OLD ?? "", evidence: "", result: result() };

  expect(await changesSince(scratch, none, made)).toEqual({});
  expect(await changesSince(scratch, found, made)).toEqual({});
});
