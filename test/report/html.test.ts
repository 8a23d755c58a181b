import { describe, expect, it } from "vitest";
import type { Finding, Shape } from "../../src/model/documents.gen.ts";
import { renderHtml } from "../../src/report/html.ts";
import { html, pageText, path, prose, verbatim } from "../../src/report/html-markup.ts";
import { shapeCharts, shapeGrid } from "../../src/report/html-shape.ts";
import { longest, OTHERS, tallier } from "../../src/report/html-tallies.ts";
import { finding, gap, policy, result, text } from "./results.ts";

describe("html", () => {
  it.each([
    { value: "<b>&\"'", written: "&lt;b&gt;&amp;&quot;&#39;" },
    { value: "a\u202eb", written: "a\\u202eb" },
    { value: "x".repeat(400), written: `${"x".repeat(299)}…` },
    { value: 7, written: "7" },
    { value: undefined, written: "" },
    { value: ["<", html`<i>${">"}</i>`], written: "&lt;<i>&gt;</i>" },
  ])("writes $value as $written", ({ value, written }) => {
    expect(pageText(html`${value}`)).toBe(written);
  });

  it("takes no markup from a document that pretends to be some", () => {
    const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');

    expect(() => pageText(html`${forged}`)).toThrow();
  });

  it("keeps code in prose and breaks a path after its parts", () => {
    expect(pageText(prose("set `a<b` to <c>"))).toBe("set <code>a&lt;b</code> to &lt;c&gt;");
    expect(pageText(path("a/<b>/c"))).toBe("a/<wbr>&lt;b&gt;/<wbr>c");
  });

  it("refuses a style or script that would end its element", () => {
    expect(() => verbatim("a</style>")).toThrow();
  });
});

describe("the shape of all tokens", () => {
  const told = (shape: Shape | undefined) => pageText(html`${[shapeGrid(shape) ?? "", ...shapeCharts(shape)]}`);

  it.each([
    { what: "an older report", shape: undefined },
    { what: "a run without tokens", shape: { lifetimes: {}, expiries: {}, ages: {} } },
  ])("is nothing of $what", ({ shape }) => {
    expect(told(shape)).toBe("");
  });

  it("has a cell for each breadth and lifetime, also for what is not known, and no week left out between two", () => {
    const page = told({ lifetimes: { unknown: { unknown: 7 } }, expiries: { "7d": 1, "21d": 2 }, ages: { "730d": 4 } });

    expect(page.match(/<td class="none">0<\/td>/g)).toHaveLength(5 * 8 - 1);
    expect(page.match(/scope="row">(?:within a|in) week[^<]*/g)?.map((one) => one.slice(12))).toEqual([
      "within a week",
      "in week 2",
      "in week 3",
    ]);
    expect(page).toContain("up to two years");
  });
});

describe("the heading", () => {
  it.each([
    { gate: { exit_code: 1, at_threshold: 2 }, title: "Failed with 2 findings at or above high" },
    {
      gate: { exit_code: 1, at_threshold: 1, incomplete: true },
      title: "Incomplete, and failed with 1 finding at or above high",
    },
    { gate: { exit_code: 3, incomplete: true }, title: "Incomplete, with 1 finding so far" },
    { gate: { exit_code: 0, fail_on: "critical" }, title: "Passed with 1 finding below critical" },
    { gate: { exit_code: 0, fail_on: "never" }, title: "1 finding" },
  ] as const)("is $title", async ({ gate, title }) => {
    const written = await text(renderHtml(result({ findings: [finding()], gate })));

    expect(written).toContain(`<h1>${title}</h1>`);
    expect(written).toContain(`<title>tokenward: ${title}</title>`);
  });

  it("is no pass where too little is known", async () => {
    const unknown = gap({ field: "created", reason: "not-exposed", why: "the provider does not tell" });
    const written = await text(renderHtml(result({ findings: [unknown] })));

    expect(written).toContain("<h1>No findings, but not everything could be judged</h1>");
    expect(written).toContain("Nothing fails of what could be judged");
  });

  it("is followed by what was not read, before any number", async () => {
    const unread = { source: "github", subject: "deploy keys", outcome: "denied", items: 0, detail: "403" } as const;
    const written = await text(renderHtml(result({ findings: [finding()], coverage: [unread] })));

    expect(written.indexOf("This report is incomplete")).toBeLessThan(written.indexOf('id="summary"'));
    expect(written).toContain("<li>denied: <b>github</b> <bdi>deploy keys</bdi></li>");
  });
});

describe("the size of the page", () => {
  const slugs = Array.from({ length: 40 }, (_, index) => `own-${index}`);
  const findings = slugs.flatMap((slug) =>
    Array.from({ length: 300 }, (_, index) => finding({ policy: slug, token: { id: `t/a/k/${slug}-${index}` } })),
  );

  it("is kept by listing 200 of a policy and 5,000 in all, and counting the others", async () => {
    const written = await text(renderHtml(result({ findings, policies: slugs.map((id) => policy({ id })) })));

    expect(written.match(/<tr class="f">/g)).toHaveLength(5_000);
    expect(written).toContain("The worst 5000 of 12000 are listed here");
    expect(written.match(/and 100 more \(100 high\)/g)).toHaveLength(25);
    expect(written.match(/and 300 more \(300 high\)/g)).toHaveLength(15);
  });
});

describe("a finding's row", () => {
  it("has the limit with its source, the owner, and a link that shows where it leads", async () => {
    const thresholds = { max_age: { value: 7_776_000, source: "CIS <1>", reason: "agreed" } };
    const token = { owner: "team-a", principal: "bot", url: "https://example.com/tokens?a=1&b=2" };
    const own = policy({ id: "too-old", params: { max_age: { type: "duration", default: 1, doc: "a" } } });
    const written = await text(renderHtml(result({ findings: [finding({ thresholds, token })], policies: [own] })));

    expect(written).toContain("<small>max_age <b>90d</b>, source: CIS &lt;1&gt;; agreed</small>");
    expect(written).toContain("<b>team-a</b><small>acts as bot</small>");
    expect(written).toContain(
      '<a href="https://example.com/tokens?a=1&amp;b=2" rel="noopener noreferrer">example.com</a>',
    );
  });

  it("says that its waiver has expired", async () => {
    const waiver = { by: "waivers.yaml:3:5", reason: "a", owner: "b", approver: "c", expires: "2029-12-31" };
    const written = await text(renderHtml(result({ findings: [finding({ expired_waiver: waiver })] })));

    expect(written).toContain("the limit is 90 days; its waiver waivers.yaml:3:5 expired on 2029-12-31");
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "https://good.example@evil.example/"])(
    "does not link %s",
    async (url) => {
      expect(await text(renderHtml(result({ findings: [finding({ token: { url } })] })))).not.toContain("noopener");
    },
  );
});

describe("what the charts count", () => {
  const told = (...findings: Finding[]) => {
    const tallies = tallier("2030-01-01T00:00:00Z");
    for (const one of findings) tallies.see(one);
    return tallies.told();
  };

  it("is failures, those without an owner as well, the most first", () => {
    const { owners } = told(
      finding({ token: { owner: "team-a" } }),
      finding({ severity: "low" }),
      finding(),
      gap({ field: "created", reason: "denied", why: "denied" }),
    );

    expect(owners).toEqual([
      { label: undefined, counts: { critical: 0, high: 1, medium: 0, low: 1 }, total: 2 },
      { label: "team-a", counts: { critical: 0, high: 1, medium: 0, low: 0 }, total: 1 },
    ]);
  });

  it.each([
    { evidence: { expires_in: 0 }, label: "already expired" },
    { evidence: { expires_in: 604_800 }, label: "within 7 days" },
    { evidence: { expires_in: 604_801 }, label: "within 30 days" },
    { evidence: { expires: "2029-12-31T00:00:00Z" }, label: "already expired" },
    { evidence: { expires: "2040-01-01T00:00:00Z" }, label: "later" },
    { evidence: { expires: null }, label: undefined },
    { evidence: { expires: "soon", expires_in: "7d" }, label: undefined },
  ])("is expiry as $label for $evidence", ({ evidence, label }) => {
    expect(told(finding({ evidence })).expiries.map((bar) => bar.label)).toEqual(label === undefined ? [] : [label]);
  });

  it("is age by kind with its limits, only where both are known", () => {
    const { ages } = told(
      finding({ evidence: { age: 200, max_age: 100 } }),
      finding({ evidence: { age: 150, max_age: 90 } }),
      finding({ evidence: { age: 900 } }),
    );

    expect(ages).toEqual([
      { kind: "gitlab/deploy-token", count: 2, youngest: 150, oldest: 200, limit: { least: 90, most: 100 } },
    ]);
  });

  it("is all of it, the shortest bars as one", () => {
    const findings = Array.from({ length: 30 }, (_, index) => finding({ token: { provider: `p${index}` } }));
    const bars = longest(told(...findings).providers, 10);

    expect(bars).toHaveLength(10);
    expect(bars.at(-1)).toMatchObject({ label: OTHERS, total: 21 });
  });

  it("is nothing that no finding tells", async () => {
    const written = await text(renderHtml(result({ findings: [finding({ evidence: {} })] })));

    expect(written).toContain("Failures by policy");
    expect(written).not.toMatch(/When failing tokens expire|Age of failing tokens/);
  });
});
