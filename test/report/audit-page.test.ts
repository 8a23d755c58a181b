import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRun } from "../../src/model/documents.gen.ts";
import { changesText, renderAuditIndex, renderAuditRun } from "../../src/report/audit-page.ts";
import { axeFaults, chromiumPath, opened, startedChromium } from "../support/browser.ts";
import { scratchFolder } from "../support/scratch.ts";

const HOSTILE = `<img src=x onerror=alert(1)>"'&`;
const finding = (id: string) => ({
  id,
  token: `npm/acme/granular/${HOSTILE}${id}`,
  policy: "no-owner",
  verdict: "fail" as const,
  severity: "critical" as const,
  message: HOSTILE,
});

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
      counts: { new: 250, resolved: 1, appeared: 1, vanished: 0 },
      new: Array.from({ length: 250 }, (_, index) => finding(String(index))),
      resolved: [finding("resolved")],
      appeared: [`npm/acme/granular/${HOSTILE}`],
      vanished: [],
    },
    ...over,
  };
}

describe("what changed, in words", () => {
  it.each([
    { what: "no audit before", changes: {}, text: "There is no audit before to compare with" },
    { what: "one that cannot be read", changes: { reason: "it is gone" }, text: "It is gone" },
    {
      what: "nothing",
      changes: { counts: { new: 0, resolved: 0, appeared: 0, vanished: 0 } },
      text: "Nothing changed",
    },
    {
      what: "something",
      changes: { counts: { new: 1, resolved: 0, appeared: 2, vanished: 0 } },
      text: "1 new finding, 0 resolved; 2 tokens appeared, 0 vanished",
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

  it("shows two hundred of a list, and how many there are besides", () => {
    const text = renderAuditRun(anAudit());

    expect(text.split("<b>no-owner</b>")).toHaveLength(1 + 200 + 1);
    expect(text).toContain("And 50 more");
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
