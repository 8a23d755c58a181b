import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Accepted, Coverage, Finding } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import { severities } from "../../src/model/severity.ts";
import { type FormatId, formats, reporter } from "../../src/report/registry.ts";
import { baselineCompany, company, waivedCompany } from "../report/company.ts";
import { finding, gap, plain, policy, result, text } from "../report/results.ts";
import { commands, readers } from "../support/told.ts";

const unread: Coverage = { source: "github", subject: "tokens", outcome: "failed", items: 0, detail: "no answer" };

const hostile = [
  { name: "a terminal sequence", value: "\u001b]0;owned\u0007\u001b[2J\u009b31m" },
  { name: "the end of a script", value: "</script><script>alert(1)</script>" },
  { name: "an old log command", value: "##[error]owned" },
  { name: "a pipeline's log command", value: "x ##vso[task.setvariable variable=a]b" },
  { name: "a log command", value: "::error::owned" },
  { name: "a log command after a break", value: "a\n::error file=a::owned\r\n::stop-commands::x" },
  { name: "a log command that wrapping brings to the front", value: `${"a".repeat(97)}::error::owned `.repeat(3) },
  { name: "an override of the direction", value: "\u202etxt.exe\u2066" },
  { name: "a formula", value: '=1+1|"a"' },
  { name: "the end of a section", value: "]]>" },
  { name: "a picture with a script", value: "<img src=x onerror=alert(1)>" },
  { name: "a link", value: "[a](https://example.com) https://example.com www.example.com" },
  { name: "a mention", value: "@acme/owners #12 a@example.com" },
  { name: "markup", value: "| a | `b` | *c* | _d_ | ~~e~~ |\\" },
  { name: "an encoded log command", value: "%0A::error::owned%0D%5D%3B" },
  { name: "a lone surrogate", value: "a\ud800" },
  { name: "ten kilobytes", value: "令牌".repeat(5_000) },
  { name: "a pile of marks", value: `a${"\u0301".repeat(5_000)}` },
  { name: "nothing", value: "" },
  { name: "a prototype", value: "__proto__" },
];

/** What a page may put between its own tags. */
const ends = new Set<FormatId>([
  "json",
  "ndjson",
  "sarif",
  "gitlab-codequality",
  "gitlab-sast",
  "ocsf",
  "oscal",
  "markdown",
  "owners",
]);

it("names every format once, with an ending of its own and a section in the docs", () => {
  const docs = readFileSync(new URL("../../docs/formats.md", import.meta.url), "utf8");

  for (const key of ["id", "extension", "title"] as const) {
    expect(new Set(formats.map((format) => format[key])).size).toBe(formats.length);
  }
  expect(formats.map(({ id }) => id)).toEqual([...docs.matchAll(/^## `([\w-]+)`/gm)].map(([, id]) => id));
});

it("has the code of each format in a file of its name", () => {
  const files = readdirSync(new URL("../../src/report/", import.meta.url));

  expect(formats.filter(({ id }) => !files.includes(`${id}.ts`))).toEqual([]);
  expect(existsSync(new URL("../report/__files__/", import.meta.url))).toBe(true);
});

describe.each(formats.map(({ id }) => ({ id })))("$id", ({ id }) => {
  it.each([
    { run: "of a company", of: company },
    { run: "of a company with waivers", of: waivedCompany },
    { run: "of a company with a baseline", of: baselineCompany },
    { run: "without findings", of: () => result() },
    { run: "that read nothing", of: () => result({ tokens: 0, coverage: [unread] }) },
  ])("gives a result $run the same bytes twice, ending in a line break", async ({ of }) => {
    const once = await written(id, of());

    expect(await written(id, of())).toBe(once);
    expect(once).toMatch(/[^\n]\n$|^$/);
  });

  it.each([
    { run: "of a company", of: company },
    { run: "of a company with waivers", of: waivedCompany },
    { run: "of a company with a baseline", of: baselineCompany },
    { run: "without findings", of: () => result() },
    { run: "of many findings", of: many },
    { run: "that read nothing", of: () => result({ tokens: 0, coverage: [unread] }) },
  ])("tells as many verdicts of a run $run as there are, and nothing that a validator would refuse", async ({ of }) => {
    const { summary } = of().head;
    const [excepted, accepted] = [sums(summary.waived), sums(summary.baseline)];
    const { fail, unknown, waived, known, faults } = readers[id](await written(id, of()));

    expect(await faults).toEqual([]);
    expect({ fail, unknown, waived, known }).toEqual({
      fail: fail === undefined ? undefined : summary.verdicts.fail - excepted.fail - accepted.fail,
      unknown: unknown === undefined ? undefined : summary.verdicts.unknown - excepted.unknown - accepted.unknown,
      waived: waived === undefined ? undefined : excepted.fail + excepted.unknown,
      known: known === undefined ? undefined : accepted.fail + accepted.unknown,
    });
  });

  it("takes its findings from an array and from a stream alike", async () => {
    const { head, findings } = company();
    async function* stream() {
      yield* findings;
    }

    expect(await written(id, { head, findings: stream() })).toBe(await written(id, { head, findings }));
  });

  it("tells an incomplete run from a complete one", async () => {
    const run = (incomplete: boolean) => result({ gate: { incomplete, exit_code: incomplete ? 3 : 0 } });

    expect(await written(id, run(true))).not.toBe(await written(id, run(false)));
  });

  it.each(hostile)("shows $name wherever it stands, and executes nothing", async ({ value }) => {
    const output = await written(id, infested(value));
    const own = commands[id];
    const bare = (own ? output.replace(own, "") : output).replaceAll("\r\n", "\n");

    expect(bare).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(bare).not.toMatch(/##\w*\[/);
    expect(bare).not.toMatch(/^\s*::/m);
    if (ends.has(id)) expect(bare).not.toMatch(/<[/!?a-z]/i);
    expect(await readers[id](output).faults).toEqual([]);
    if (id === "json") expect(JSON.parse(output).findings[0].token.name).toBe(value);
  });

  it("shows names that no format would change as they are", async () => {
    const output = await written(id, result({ findings: [finding({ token: { name: "Zürich 令牌 🚀 #3" } })] }));
    const { shown = "Zürich 令牌 🚀 #3" } = readers[id](output);

    expect(shown).toContain("Zürich 令牌 🚀 #3");
  });

  it("holds few of 50,000 findings at any moment", async () => {
    const { head } = result();
    const watch = watched(50_000);

    for await (const piece of (await reporter(id)).render({ head, findings: watch.findings }, plain)) {
      expect(piece.length).toBeLessThan(100_000);
    }

    expect(watch.pulled).toBe(50_000);
    expect(Math.max(...watch.alive)).toBeLessThan(500);
  });
});

function sums(accepted: Partial<Accepted> = {}): { fail: number; unknown: number } {
  const { critical = 0, high = 0, medium = 0, low = 0, unknown = 0 } = accepted;
  return { fail: critical + high + medium + low, unknown };
}

/** More than a page shows one by one. */
function many(): Result {
  const severity = (index: number) => severities[index % severities.length] ?? "high";
  const findings = Array.from({ length: 200 }, (_, index) =>
    finding({ token: { id: `t/a/k/${index}` }, severity: severity(index) }),
  );
  return result({ findings: [...findings, ...Array.from({ length: 30 }, (_, index) => gapOf(1_000 + index))] });
}

async function written(id: FormatId, of: Result): Promise<string> {
  const { render } = await reporter(id);
  return text(render(of, plain));
}

/** The value in every field that a provider, a file or a user's own policy may fill. */
function infested(value: string): Result {
  const token = {
    id: `t/a/k/${value}`,
    account: value,
    name: value,
    owner: value,
    principal: value,
    url: `https://example.com/${value}`,
  };
  const location = { via: "source", uri: value || "a", line: 1, column: 1, end_line: 1, end_column: 2 } as const;
  const own = policy({
    id: "too-old",
    title: value || "a",
    description: value || "a",
    remediation: { any: value || "a", github: value || "a" },
    controls: { [value]: { [value]: "direct" } },
    related_resources: [{ ref: `https://example.com/${value}`, description: value }],
  });
  const waiver = { by: value, reason: value, owner: value, approver: value, expires: "2030-01-31" };
  const told = result({
    findings: [
      finding({ token, location, message: value, evidence: { [value]: value } }),
      finding({ token: { ...token, id: "t/a/k/2" }, message: `see ${value}`, discriminator: value }),
      finding({ token: { ...token, id: "t/a/k/4" }, waived: waiver }),
      finding({ token: { ...token, id: "t/a/k/5" }, expired_waiver: waiver }),
      finding({ token: { ...token, id: "t/a/k/6" }, baseline: { accepted: "2029-01-01" } }),
      gap({ token: { ...token, id: "t/a/k/3" }, field: "created", reason: "denied", why: value }),
    ],
    policies: [own],
    coverage: [
      {
        source: "file",
        account: value,
        subject: value || "a",
        outcome: "denied",
        items: 0,
        detail: value,
        remedy: value,
      },
      {
        source: "file",
        subject: "a",
        outcome: "failed",
        items: 0,
        detail: `see ${value}`,
        location: { uri: value || "a", line: 1, column: 1 },
      },
    ],
  });
  const reasons = { source: value, reason: value, approved_by: value, review_by: value };
  const parameters = [{ policy: "too-old", kind: value, name: value, value, instead_of: [value], ...reasons }];
  const waivers = [
    { ...waiver, token: { name: value }, policies: [value], findings: 0 },
    { ...waiver, token: value, policies: [value], expired: true as const, findings: 1 },
  ];
  const disabled = [{ id: "idle", title: value, controls: { [value]: { [value]: "direct" as const } } }];
  const stale = [
    { token: value, policy: value, discriminator: value, severity: "low" as const, accepted: "2029-01-01" },
  ];
  const baseline = { file: value, entries: 2, findings: 1, lapsed: 0, waived: 0, unjudged: 0, stale };
  return { ...told, head: { ...told.head, parameters, disabled, waivers, baseline } };
}

/** Findings that are counted while they live: what the format keeps of them, the collector of garbage cannot take. */
function watched(count: number) {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const seen: WeakRef<Finding>[] = [];
  const watch = { pulled: 0, alive: [] as number[], findings: stream() };
  async function* stream(): AsyncIterable<Finding> {
    for (let index = 0; index < count; index++) {
      watch.pulled += 1;
      const one = index % 3 === 0 ? gapOf(index) : finding({ token: { id: `t/a/k/${index}` } });
      seen.push(new WeakRef(one));
      yield one;
      if (index % 12_500 === 12_499) watch.alive.push(await living());
    }
  }
  async function living(): Promise<number> {
    await setImmediate();
    collectGarbage();
    return seen.filter((one) => one.deref() !== undefined).length;
  }
  return watch;
}

function gapOf(index: number): Finding {
  return gap({ token: { id: `t/a/k/${index}` }, field: "created", reason: "denied", why: "reading it was denied" });
}
