import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/documents.gen.ts";
import { markdownCell, markdownProse } from "../../src/report/escape.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { finding, policy, result, text } from "./results.ts";

describe("the size of a summary", () => {
  const long = "x".repeat(250);
  const slugs = Array.from({ length: 400 }, (_, index) => `own-${index}`);
  const findings = slugs.flatMap((slug) =>
    Array.from({ length: 30 }, (_, index) =>
      finding({ policy: slug, message: long, token: { id: `t/a/${long}/${slug}-${index}`, name: long } }),
    ),
  );
  const crowded = () => result({ findings, policies: slugs.map((id) => policy({ id })) });

  it("stays below 900 KiB however much there is to tell", async () => {
    const written = await text(renderMarkdown(crowded()));

    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(900 * 1_024);
    expect(Buffer.byteLength(written)).toBeGreaterThan(800 * 1_024);
  });

  it("says of what was left out that it was, and keeps the beginning and the end", async () => {
    const written = await text(renderMarkdown(crowded()));

    expect(written).toMatch(/^## tokenward: failed, 12000 findings/);
    expect(written).toContain("Too long to list here, see the JSON report.");
    expect(written.trimEnd().split("\n").at(-1)).toContain("12000 fail");
    const told = written.match(/^### own-/gm)?.length ?? 0;
    const untold = Number(/(\d+) more polic/.exec(written)?.[1] ?? 0);
    expect(told + untold).toBe(400);
  });

  it("shows 25 rows of a policy and counts the others", async () => {
    const many: Finding[] = Array.from({ length: 30 }, (_, index) => finding({ token: { id: `t/a/k/${index}` } }));
    const written = await text(renderMarkdown(result({ findings: many })));

    expect(written.match(/^\| high \|/gm)).toHaveLength(25);
    expect(written).toContain("and 5 more (5 high), see the JSON report");
  });
});

it.each([
  {
    run: "with failures at the threshold",
    gate: { exit_code: 1, at_threshold: 1 },
    title: "failed, 1 finding at or above high",
  },
  { run: "that is not whole", gate: { exit_code: 3, incomplete: true }, title: "incomplete" },
  {
    run: "with failures below the threshold",
    gate: { exit_code: 0, fail_on: "critical" },
    title: "passed with 1 finding below critical",
  },
  { run: "that nothing fails", gate: { exit_code: 0, fail_on: "never" }, title: "passed with 1 finding" },
] as const)("a run $run is headed $title", async ({ gate, title }) => {
  const written = await text(renderMarkdown(result({ findings: [finding()], gate })));

  expect(written.split("\n")[0]).toBe(`## tokenward: ${title}`);
});

describe("markdownCell", () => {
  it.each([
    { text: "a|b", written: "a&#124;b" },
    { text: "@team", written: "@&#8203;team" },
    { text: "fix #12", written: "fix #&#8203;12" },
    { text: "a@b", written: "a@&#8203;b" },
    { text: "[a](b)", written: "&#91;a&#93;(b)" },
    { text: "https://a.example", written: "https&#58;//a.example" },
    { text: "www.a.example", written: "www&#46;a.example" },
    { text: "- list", written: "&#45; list" },
    { text: "1. list", written: "1&#46; list" },
    { text: "a-b", written: "a-b" },
    { text: "a\n\nb", written: "a b" },
    { text: "a\u202eb", written: "a&#92;u202eb" },
    { text: "x".repeat(400), written: `${"x".repeat(299)}…` },
  ])("writes $text as $written", ({ text, written }) => {
    expect(markdownCell(text)).toBe(written);
  });
});

it("keeps code in prose and nothing else", () => {
  expect(markdownProse("use `permissions: {}` in *all* jobs of @team")).toBe(
    "use `permissions: {}` in &#42;all&#42; jobs of @&#8203;team",
  );
});
