import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Debian's package `chromium` has it; without it what needs it is a skipped test that says so. */
export const chromiumPath = paths.find((path) => existsSync(path));

export function startedChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("there is no Chromium on this machine");
  return chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
}

export interface Opened {
  page: Page;
  /** Everything that a page which only shows something never does. */
  misdeeds: string[];
}

/** A text as the file that a person opens from a mail. */
export async function opened(
  browser: Browser,
  folder: string,
  { text, ...options }: { text: string } & BrowserContextOptions,
): Promise<Opened> {
  const path = join(folder, "report.html");
  await writeFile(path, text);
  const page = await (await browser.newContext(options)).newPage();
  const misdeeds: string[] = [];
  const own = pathToFileURL(path).href;
  page.on("request", (request) => request.url().split("#")[0] !== own && misdeeds.push(`request: ${request.url()}`));
  page.on("console", (message) => misdeeds.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => misdeeds.push(`error: ${error.message}`));
  page.on("dialog", async (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(own);
  return { page, misdeeds };
}

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe holds against a page, each with the first place that it names. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, "utf8"));
  const violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] = await page.evaluate(
    "axe.run().then(({ violations }) => violations)",
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
