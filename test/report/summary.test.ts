import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/model/documents.gen.ts";
import { counts } from "../../src/report/counts.ts";
import { summaryLine } from "../../src/report/summary.ts";
import { finding, read, result } from "./results.ts";

const failed: Coverage = { source: "file", subject: "a.csv", outcome: "failed", items: 0 };
const empty: Coverage = { source: "file", subject: "b.csv", outcome: "empty", items: 0 };
const findings = [finding({ severity: "critical" }), finding({ severity: "low" })];

describe("the summary line", () => {
  it.each([
    {
      run: "a clean run",
      of: result({ tokens: 1 }),
      line: "1 token: 0 fail, 0 unknown, 5 pass, 4 not applicable; coverage 1 read; exit 0 (fail on high)",
    },
    {
      run: "a run with failures",
      of: result({ findings }),
      line: "3 tokens: 2 fail (1 critical, 1 low), 0 unknown, 5 pass, 4 not applicable; coverage 1 read; exit 1 (fail on high)",
    },
    {
      run: "an incomplete run",
      of: result({ coverage: [read, empty, failed] }),
      line: "3 tokens: 0 fail, 0 unknown, 5 pass, 4 not applicable; coverage 1 read, 1 empty, 1 failed: INCOMPLETE; exit 3 (fail on high)",
    },
    {
      run: "an incomplete run that is allowed",
      of: result({ coverage: [failed], gate: { allow_incomplete: true, exit_code: 0, fail_on: "never" } }),
      line: "3 tokens: 0 fail, 0 unknown, 5 pass, 4 not applicable; coverage 1 failed: INCOMPLETE (allowed); exit 0 (fail on never)",
    },
    {
      run: "a run of sources that leave something out, which is no answer to a question",
      of: result({ coverage: [read, { ...empty, outcome: "not-exposed" }, { ...empty, outcome: "not-asked" }] }),
      line: "3 tokens: 0 fail, 0 unknown, 5 pass, 4 not applicable; coverage 1 read; exit 0 (fail on high)",
    },
    {
      run: "a run that asked nothing",
      of: result({ tokens: 0, pass: 0, coverage: [] }),
      line: "0 tokens: 0 fail, 0 unknown, 0 pass, 4 not applicable; coverage nothing asked: INCOMPLETE; exit 3 (fail on high)",
    },
  ])("tells $run", ({ of, line }) => {
    expect(summaryLine(of.head, 200)).toBe(line);
  });

  it.each([
    {
      columns: 120,
      line: "3 tokens: 2 fail, 0 unknown, 5 pass; coverage 1 read, 1 failed: INCOMPLETE; exit 1 (fail on high)",
    },
    { columns: 80, line: "3 tokens: 2 fail, 0 unknown, 5 pass; 1 failed: INCOMPLETE; exit 1" },
    { columns: 10, line: "3 tokens: 2 fail, 0 unknown, 5 pass; 1 failed: INCOMPLETE; exit 1" },
  ])("on $columns columns tells less, but always verdicts, what went wrong and the exit code", ({ columns, line }) => {
    expect(summaryLine(result({ findings, coverage: [read, failed] }).head, columns)).toBe(line);
  });

  it.each([200, 100, 80, 10])("on %i columns says which part of a run it tells of", (columns) => {
    const head = { ...result({ findings }).head, shard: { index: 2, of: 3 } };

    expect(summaryLine(head, columns)).toMatch(/^shard 2\/3: 3 tokens: 2 fail/);
  });

  it.each([200, 100, 80, 10])(
    "on %i columns says that an incomplete run which ends with 0 was allowed to",
    (columns) => {
      const gate = { allow_incomplete: true, exit_code: 0, fail_on: "never" } as const;

      expect(summaryLine(result({ coverage: [failed], gate }).head, columns)).toContain("INCOMPLETE (allowed); exit 0");
    },
  );
});

it("leaves out what is not there", () => {
  expect(counts({ critical: 0, high: 2, low: 1 })).toBe("2 high, 1 low");
});
