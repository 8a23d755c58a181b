import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Result } from "../../src/model/flow.ts";
import { renderHtml } from "../../src/report/html.ts";
import { axeFaults, chromiumPath, opened, startedChromium } from "../support/browser.ts";
import { scratchFolder } from "../support/scratch.ts";
import { company } from "./company.ts";
import { finding, gap, policy, result, text } from "./results.ts";

const names = [
  '<img src="https://example.com/x" onerror="document.title=`owned`">',
  "<script>document.title=`owned`</script></script></title></style>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "]]>",
  "=cmd|' /C calc'!A0",
  "::error::owned",
  "\u001b]0;owned\u0007",
  "javascript:alert(1)",
  "x".repeat(400),
];

describe.skipIf(!chromiumPath)("the page in Chromium (needs Debian's package chromium)", () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await scratchFolder();
    browser = await startedChromium();
  });
  afterAll(() => browser.close());

  const open = async (of: Result, options: Parameters<typeof opened>[2] | object = {}) =>
    opened(browser, folder, { text: await text(renderHtml(of)), ...options });

  it.each([
    { what: "a picture from elsewhere", text: '<img src="https://example.com/x.png" alt="">' },
    { what: "a script that its policy does not know", text: withPolicy("<script>1</script>") },
    { what: "a dialog", text: "<script>alert(1)</script>" },
  ])("$what would be noticed", async ({ text }) => {
    const { misdeeds } = await opened(browser, folder, { text });

    expect(misdeeds).not.toEqual([]);
  });

  it("names that would be markup do nothing, and neither does the page", async () => {
    const { page, misdeeds } = await open(hostile());
    for (const summary of await page.locator("summary").all()) await summary.hover();
    await page.locator("#f-text").fill("<img");

    expect(misdeeds).toEqual([]);
    expect(await page.title()).toContain("tokenward: ");
    expect(await page.locator("img, iframe, form, svg[onload]").count()).toBe(0);
    expect(await page.locator("tr.f:visible b").first().textContent()).toBe(names[0]);
  });

  const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
    [1_280, 380].map((width) => ({ colorScheme, width, viewport: { width, height: 900 } })),
  );

  it.each(looks)("axe finds nothing wrong, $colorScheme and $width wide", async ({ width: _, ...look }) => {
    const { page } = await open(shaped(), look);
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");

    expect(await axeFaults(page)).toEqual([]);
  });

  it("axe would complain of faint text", async () => {
    const { page } = await opened(browser, folder, {
      text: '<!DOCTYPE html><html lang="en"><title>a</title><main><h1 style="color:#ccc;background:#fff">Faint text</h1></main></html>',
    });

    expect((await axeFaults(page)).join()).toContain("color-contrast");
  });

  it.each(looks)("nothing sticks out, $colorScheme and $width wide", async ({ width, ...look }) => {
    const { page } = await open(hostile(), look);

    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  it.each([".outcomes thead th", ".unknowns tbody code"])("%s stands on one line on a narrow screen", async (words) => {
    const slug = "provider-will-revoke-idle";
    const of = result({
      findings: [gap({ policy: slug, field: "last_used", reason: "not-exposed", why: "the provider does not tell" })],
      policies: [policy({ id: slug })],
    });
    const { page } = await open(of, { viewport: { width: 400, height: 900 } });
    const lines = `[...document.querySelectorAll("${words}")].map((word) => {
      const range = document.createRange();
      range.selectNodeContents(word);
      return word.textContent + ": " + range.getClientRects().length;
    })`;

    const told = await page.evaluate<string[]>(lines);

    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((text) => !text.endsWith(": 1"))).toEqual([]);
  });

  it("without script everything can be read, and there is no filter", async () => {
    const { page } = await open(large(), { javaScriptEnabled: false });
    const group = page.locator(".group").first();

    await group.locator("summary").focus();
    await page.keyboard.press("Enter");

    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(await group.locator("tr.f").first().isVisible()).toBe(true);
    expect(await page.locator("tr.f").count()).toBe(300);
  });

  it("folds that are closed are printed all the same", async () => {
    const { page } = await open(large(), { javaScriptEnabled: false });
    const row = page.locator("tr.f").first();
    expect(await row.isVisible()).toBe(false);

    await page.emulateMedia({ media: "print" });

    expect((await row.boundingBox())?.height).toBeGreaterThan(10);
  });

  it("filters and sorts by keyboard", async () => {
    const { page } = await open(company());
    const names = () => page.locator("tr.f:visible td:nth-child(2) b").allTextContents();

    await page.locator("#f-text").focus();
    await page.keyboard.type("release");
    expect(await names()).toEqual(["release-bot", "release-bot", "release.yml: publish"]);
    expect(await page.locator("#f-shown").textContent()).toBe("3 of 10 listed findings, in 3 policies");

    await page.keyboard.press("Tab");
    await page.keyboard.type("high");
    expect(await names()).toEqual(["release.yml: publish"]);

    await page.locator("#f-clear").focus();
    await page.keyboard.press("Enter");
    expect(await names()).toHaveLength(10);

    const heads = page.locator("#policy-no-expiry thead th");
    await heads.nth(2).getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await heads.nth(2).getAttribute("aria-sort")).toBe("descending");
    const providers = await page.locator("#policy-no-expiry tr.f td:nth-child(3) b").allTextContents();
    expect(providers).toEqual(["slack", "npm", "github"]);
  });

  it("says beside what it found how many findings it could not search", async () => {
    const { page } = await open(long());
    expect(await page.locator("#f-shown").textContent()).toBe("200 findings listed");

    await page.locator("#f-text").fill("idle19");

    expect(await page.locator("#f-shown").textContent()).toBe(
      "11 of 200 listed findings, in 1 policy; 100 more are counted only and were not searched",
    );
  });

  it("a link from a chart opens the fold that it leads to", async () => {
    const { page } = await open(large());

    await page.locator('a[href="#policy-idle"]').click();

    expect(await page.locator("#policy-idle tr.f").first().isVisible()).toBe(true);
    expect(await page.locator("#policy-too-old tr.f").first().isVisible()).toBe(false);
  });
});

/** The company, all of whose tokens are counted. */
function shaped(): Result {
  const { head, findings } = company();
  const lifetimes = { full: { never: 12, "90d": 1 }, narrow: { "1d": 3 }, unknown: { unknown: 48 } };
  const shape = { lifetimes, expiries: { "21d": 2, never: 62 }, ages: { "30d": 1, longer: 63 } };
  return { head: { ...head, summary: { ...head.summary, shape } }, findings };
}

function withPolicy(body: string): string {
  return `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${body}`;
}

function hostile(): Result {
  const findings = names.map((name, index) =>
    finding({
      token: { id: `t/a/k/${name}${index}`, account: name, name, owner: name, principal: name, url: name, kind: name },
      message: name,
      location: { via: "source", uri: name, line: 1, column: 1, end_line: 1, end_column: 2 },
      thresholds: { [name]: { value: 1, source: name, reason: name } },
    }),
  );
  const own = policy({ id: "too-old", title: names.join(" "), description: names.join(" "), controls: {} });
  return result({ findings, policies: [own] });
}

/** One policy with more than is listed of any. */
function long(): Result {
  const findings = Array.from({ length: 300 }, (_, index) =>
    finding({ policy: "slow", token: { id: `t/a/k/idle${index}`, name: `idle${index}` } }),
  );
  return result({ findings, policies: [policy({ id: "slow" })] });
}

/** More than stands open at first. */
function large(): Result {
  const slugs = ["too-old", "idle"];
  const findings = slugs.flatMap((slug) =>
    Array.from({ length: 150 }, (_, index) => finding({ policy: slug, token: { id: `t/a/k/${slug}${index}` } })),
  );
  return result({ findings, policies: slugs.map((id) => policy({ id })) });
}
