import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRun, FindingChange, TokenChange } from "../../src/model/documents.gen.ts";
import { changesText, renderAuditIndex, renderAuditRun } from "../../src/report/audit-page.ts";
import { axeFaults, chromiumPath, opened, startedChromium } from "../support/browser.ts";
import { scratchFolder } from "../support/scratch.ts";

const HOSTILE = `<img src=x onerror=alert(1)>"'&`;
const finding = (id: string, change: FindingChange["change"] = "new"): FindingChange => ({
  ...{ id, token: `npm/acme/granular/${HOSTILE}${id}`, name: HOSTILE, policy: "no-owner", change },
  ...{ severity: "critical", says: HOSTILE },
});
const token: TokenChange = {
  ...{
    id: `npm/acme/granular/${HOSTILE}`,
    kind: "npm/granular",
    name: HOSTILE,
    changes: ["widened"],
    replaces: HOSTILE,
  },
  details: [{ aspect: "grants", effect: "wider", says: HOSTILE }],
};

function anAudit(over: Partial<AuditRun> = {}): AuditRun {
  const tally = { pass: 5, fail: 2, unknown: 1, not_applicable: 0 };
  return {
    schema_version: 1,
    folder: "2030-01-02T000000Z",
    tool: { name: "tokenward", version: "0.1.0" },
    as_of: "2030-01-02T00:00:00Z",
    outcome: {
      gate: { fail_on: "high", exit_code: 1, incomplete: true, allow_incomplete: false, at_threshold: 2 },
      summary: {
        tokens: 3,
        verdicts: tally,
        severities: { critical: 2, high: 0, medium: 0, low: 0 },
        coverage: { read: 1, empty: 0, denied: 1, failed: 0 },
      },
    },
    reports: [{ format: "html", file: "report.html" }],
    changes: {
      since: "2030-01-01T000000Z",
      doubts: [`INCOMPLETE: ${HOSTILE}`],
      findings: {
        summary: { new: 250, resolved: 1, unchanged: 3 },
        changes: [
          finding("resolved", "resolved"),
          ...Array.from({ length: 250 }, (_, index) => finding(String(index))),
        ],
      },
      tokens: { summary: { widened: 1, unchanged: 2, uncertain: 0 }, changes: [token] },
    },
    ...over,
  };
}

const same = { findings: { summary: { new: 0, unchanged: 3 } }, tokens: { summary: { appeared: 0, unchanged: 1 } } };

describe("what changed, in words", () => {
  it.each([
    { what: "no audit before", changes: {}, text: "There is no audit before to compare with" },
    { what: "one that cannot be read", changes: { reason: "it is gone" }, text: "It is gone" },
    { what: "nothing", changes: same, text: "Nothing changed" },
    {
      what: "nothing, but not all is known of a token",
      changes: { ...same, tokens: { summary: { uncertain: 1 } } },
      text: "Nothing changed as far as is known",
    },
    {
      what: "nothing, but something was not read",
      changes: { ...same, doubts: ["the old run is incomplete"] },
      text: "Nothing changed as far as is known",
    },
    {
      what: "something that could not be read",
      changes: { ...same, tokens: { summary: { unknown: 2, unchanged: 1 } } },
      text: "Findings: 3 unchanged; tokens: 2 unknown, 1 unchanged",
    },
    {
      what: "something",
      changes: { findings: { summary: { new: 1, resolved: 0 } }, tokens: { summary: { appeared: 2, uncertain: 1 } } },
      text: "Findings: 1 new; tokens: 2 appeared, 1 unchanged as far as is known",
    },
  ])("$what", ({ changes, text }) => {
    expect(changesText(changes)).toBe(text);
  });
});

describe("the page of an audit", () => {
  it("says that the audit is incomplete before all else", () => {
    const text = renderAuditRun(anAudit());

    expect(text.indexOf("Incomplete")).toBeGreaterThan(0);
    expect(text.indexOf("This audit is incomplete")).toBeLessThan(text.indexOf("What changed"));
  });

  it("shows two hundred of a list, what is new before what is resolved, and how many there are besides", () => {
    const text = renderAuditRun(anAudit());

    expect(text.split("<td>no-owner (critical)")).toHaveLength(1 + 200 + 1);
    expect(text).toContain("And 50 more");
    expect(text.indexOf("New findings")).toBeLessThan(text.indexOf("Resolved findings"));
    expect(text.indexOf("Resolved findings")).toBeLessThan(text.indexOf("Widened tokens"));
  });

  it("says why the comparison may not be all before what it lists, and on the page of all audits that it does", () => {
    const text = renderAuditRun(anAudit());

    expect(text.indexOf("<strong>INCOMPLETE")).toBeGreaterThan(text.indexOf("What changed"));
    expect(text.indexOf("<strong>INCOMPLETE")).toBeLessThan(text.indexOf("New findings"));
    expect(renderAuditIndex([anAudit()])).toContain("; in doubt, its page says why</td>");
    expect(renderAuditIndex([anAudit({ changes: same })])).not.toContain("in doubt");
  });

  it("makes no markup of names", () => {
    expect(renderAuditRun(anAudit())).not.toContain("<img");
  });
});

const title = chromiumPath ? "in Chromium" : "in Chromium (skipped: there is none on this machine)";
describe.skipIf(!chromiumPath)(title, async () => {
  const folder = await scratchFolder();
  const pages = [
    { what: "the page of an audit", text: renderAuditRun(anAudit()) },
    { what: "the page of all audits", text: renderAuditIndex([anAudit(), anAudit({ changes: {} })]) },
  ];
  let browser: Browser;
  beforeAll(async () => {
    browser = await startedChromium();
  });
  afterAll(() => browser.close());

  it.each(pages.flatMap((page) => (["light", "dark"] as const).map((colorScheme) => ({ ...page, colorScheme }))))(
    "$what asks for nothing and can be read by everybody, $colorScheme",
    async ({ text, colorScheme }) => {
      const { page, misdeeds } = await opened(browser, folder, {
        text,
        colorScheme,
        viewport: { width: 390, height: 900 },
      });

      expect(await axeFaults(page)).toEqual([]);
      expect(misdeeds).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      const areWhole =
        "[...document.querySelectorAll('tbody th a')].every((link) => link.getClientRects().length === 1)";
      expect(await page.evaluate(areWhole)).toBe(true);
    },
  );
});
