import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/documents.gen.ts";
import { groupings } from "../../src/report/grouping.ts";
import { grouped, moreText } from "../../src/report/groups.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderPlain } from "../../src/report/plain.ts";
import { renderTable } from "../../src/report/table.ts";
import { finding, gap, plain, result, text } from "./results.ts";

const declared = { via: "source", uri: "ci.yml", line: 2, column: 1, end_line: 2, end_column: 2 } as const;
const findings: Finding[] = [
  finding({ severity: "critical", token: { id: "a/1", provider: "aws", owner: "  " } }),
  finding({ policy: "no-expiry", token: { id: "b/1", provider: "github", owner: "ops" }, location: declared }),
  finding({ severity: "low", token: { id: "b/2", provider: "github", owner: "ops " }, location: declared }),
  gap({ field: "owner", why: "denied", reason: "denied", token: { owner: "nobody" } }),
];

describe("failures", () => {
  it.each([
    { by: "policy" as const, groups: { "too-old": 2, "no-expiry": 1 } },
    { by: "owner" as const, groups: { "(no owner is named)": 1, ops: 2 } },
    { by: "provider" as const, groups: { aws: 1, github: 2 } },
    { by: "file" as const, groups: { "(declared in no file)": 1, "ci.yml": 2 } },
  ])("grouped by $by stand in the order in which the worst of each group comes", async ({ by, groups }) => {
    const told = await grouped(findings, { by });

    expect(Object.fromEntries(told.groups.map(({ name, rows }) => [name, rows.length]))).toEqual(groups);
    expect(told.groups.map(({ name }) => name)).toEqual(Object.keys(groups));
    expect(told.gaps).toHaveLength(1);
  });

  it.each(groupings)("grouped by %s are as many in every page", async (by) => {
    const options = { ...plain, groupBy: by };
    const pages = [renderTable, renderMarkdown, renderPlain];
    const counted = await Promise.all(
      pages.map(async (page) => countsIn(await text(page(result({ findings }), options)))),
    );

    expect(counted).toEqual([counts, counts, counts]);
  });

  it("of ten thousand owners are ten thousand, and few of them groups", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      finding({ token: { id: `a/${index}`, owner: `o${index}` } }),
    );

    const { groups } = await grouped(many, { by: "owner" });

    expect(groups).toHaveLength(201);
    expect(groups.at(-1)).toMatchObject({ name: "(all others)", rows: [] });
    expect(moreText(groups.at(-1) ?? expect.unreachable())).toBe("and 9800 more (9800 high)");
  });

  it("of several policies say which, and what to do for each", async () => {
    const written = await text(renderTable(result({ findings }), { ...plain, columns: 150, groupBy: "provider" }));

    expect(written).toContain("no-expiry: issued 120 days ago");
    expect(written).toMatch(/^ {2}fix, too-old: /m);
  });
});

const counts = { critical: 1, high: 1, low: 1 };

/** Rows by severity, however a page writes them. */
function countsIn(page: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [, severity = ""] of page.matchAll(/^(?: {2}|\| )?(critical|high|low)(?: {2,}| \||, finding)/gim)) {
    const word = severity.toLowerCase();
    found[word] = (found[word] ?? 0) + 1;
  }
  return found;
}
