import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BEGIN, END, renewed } from "../../bench/docs.ts";

describe("renewed", () => {
  it.each([
    { title: "no marks", page: "# Performance\n" },
    { title: "no end", page: `${BEGIN}\n` },
    { title: "no beginning", page: `${END}\n` },
    { title: "its marks the wrong way round", page: `${END}\n${BEGIN}\n` },
  ])("refuses a page with $title", ({ page }) => {
    expect(() => renewed(page, "| new |\n")).toThrow(BEGIN);
  });

  it("replaces what stands between the marks and nothing else, time and again", () => {
    const once = renewed(`before\n${BEGIN}\nold $& text\n${END}\nafter\n`, "| new |\n");

    expect(once).toBe(`before\n${BEGIN}\n\n| new |\n\n${END}\nafter\n`);
    expect(renewed(once, "| new |\n")).toBe(once);
  });

  it("finds its place in the page about performance", () => {
    const page = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");

    expect(renewed(page, "| new |\n")).toContain("| new |");
  });
});
