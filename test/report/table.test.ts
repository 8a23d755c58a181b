import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import { renderTable } from "../../src/report/table.ts";
import { widthOf } from "../../src/report/width.ts";
import { company } from "./company.ts";
import { finding, gap, policy, read, result, text } from "./results.ts";

const denied: Coverage = {
  source: "github",
  account: "acme",
  subject: "deploy keys",
  outcome: "denied",
  items: 0,
  detail: "the answer was 403",
  remedy: "grant read access",
};

function hidden(subject: string, over: Partial<Coverage> = {}): Coverage {
  return { source: "github", subject, outcome: "not-exposed", items: 0, detail: "no API lists them", ...over };
}

describe("the table", () => {
  it.each([
    {
      run: "nothing collected",
      of: result({ tokens: 0, pass: 0, coverage: [read, denied] }),
      says: "Nothing was collected, so nothing was judged.",
    },
    { run: "no policy that applies", of: result({ pass: 0 }), says: "No policy applies to these tokens." },
    { run: "all passed", of: result(), says: "PASS  every policy that applies to the 3 tokens passes" },
    {
      run: "fields that could not be read",
      of: result({ findings: [unread()], gate: { incomplete: true, exit_code: 3 } }),
      says: "INCOMPLETE  fields of some tokens could not be read: see UNKNOWN above",
    },
  ])("says of a run with $run no more than is true", async ({ of, says }) => {
    expect((await lines(of)).at(-4)).toBe(says);
  });

  it.each([
    { run: "failures", of: result({ findings: [finding()] }) },
    { run: "unknown verdicts", of: result({ findings: [unread()] }) },
    { run: "failed reads", of: result({ coverage: [read, denied] }) },
    { run: "failed reads beside what is never shown", of: result({ coverage: [denied, hidden("SSH keys")] }) },
  ])("does not call a run with $run passed", async ({ of }) => {
    expect(await text(renderTable(of, plain(100)))).not.toMatch(/PASS|Nothing|No policy/);
  });

  it("says which part of a run it tells of, and of a part without tokens only that it has none", async () => {
    const { head, findings } = result({ tokens: 0, pass: 0, coverage: [{ ...read, outcome: "empty", items: 0 }] });

    const told = await lines({ head: { ...head, shard: { index: 2, of: 3 } }, findings });

    expect(told[0]).toBe("tokenward 0.1.0 shard 2/3: as of 2030-01-01T00:00:00Z, profile default, 1 policy");
    expect(told.slice(1, -3)).toEqual(["", "No token is in this shard, so nothing was judged."]);
  });

  it("groups failures by policy in the order they come, and tells each token, id, place and message", async () => {
    const findings = [
      finding({ policy: "no-expiry", severity: "critical", message: "never expires" }),
      finding(),
      finding({ policy: "no-expiry", severity: "low", message: "never expires", token: { id: "t/a/k/2", name: "" } }),
    ];
    const policies = [policy({ id: "no-expiry", title: "Token never expires" }), policy({ id: "too-old" })];

    expect((await lines(result({ findings, policies }), 130)).slice(4, 13)).toEqual([
      "no-expiry  Token never expires (1 critical, 1 low)",
      "  critical  9dfc3eb7  registry-pull  gitlab/acme/deploy-token/7  never expires",
      "  low       38068640  (unnamed)      t/a/k/2                     never expires",
      "  fix: Issue a replacement, move its callers over, then revoke this token.",
      "",
      "too-old  Token is older than its kind may get (1 high)",
      "  high      5b83058b  registry-pull  gitlab/acme/deploy-token/7  issued 120 days ago; the limit is 90 days",
      "  fix: Issue a replacement, move its callers over, then revoke this token.",
      "",
    ]);
  });

  it("cuts a long title, not the numbers behind it", async () => {
    const policies = [policy({ id: "too-old", title: "Token is ".repeat(20) })];

    const [heading = ""] = (await lines(result({ findings: [finding()], policies }), 80)).slice(4);

    expect(heading).toMatch(/^too-old {2}(Token is )+Token… \(1 high\)$/);
    expect(widthOf(heading)).toBe(78);
  });

  it("cuts a long remedy at a word, after three lines", async () => {
    const policies = [policy({ id: "too-old", remediation: { any: "Revoke the token. ".repeat(20) } })];

    expect((await lines(result({ findings: [finding()], policies }), 80)).slice(7, 11)).toEqual([
      `  fix: ${"Revoke the token. ".repeat(4).trim()}`,
      `       ${"Revoke the token. ".repeat(4).trim()}`,
      "       Revoke the token. Revoke the token. Revoke the token. Revoke the token…",
      "",
    ]);
  });

  it.each([
    { providers: ["github"], told: ["fix: Ask mona."] },
    { providers: ["gitlab", "npm"], told: ["fix: Replace it."] },
    { providers: ["github", "gitlab"], told: ["fix (github): Ask mona.", "fix (others): Replace it."] },
    { providers: ["github", "aws"], told: ["fix (aws): Deactivate it.", "fix (github): Ask mona."] },
    { providers: ["aws", "github", "github"], told: ["fix (github): Ask mona.", "fix (aws): Deactivate it."] },
    { providers: ["constructor"], told: ["fix: Replace it."] },
  ])("tells what to do at $providers", async ({ providers, told }) => {
    const remediation = { any: "Replace it.", github: "Ask mona.", aws: "Deactivate it." };
    const findings = providers.map((provider, n) => finding({ token: { id: `${provider}/b/c/${n}`, provider } }));

    const shown = await lines(result({ findings, policies: [policy({ id: "too-old", remediation })] }), 130);

    expect(shown.filter((line) => line.includes("  fix")).map((line) => line.trim())).toEqual(told);
  });

  it("tells below a group which numbers the configuration sets and why, each once with its kinds", async () => {
    const days = (count: number) => count * 86_400;
    const why = { reason: "analysis 7", approved_by: "ciso", review_by: "2030-06-30" };
    const own = { value: days(30), source: "tokenward.yaml:4:9", ...why };
    const params = { max_age: { type: "duration", default: days(90), doc: "" } } as const;
    const findings = [
      finding({ thresholds: { max_age: own }, token: { id: "a/b/c/1", kind: "a/c" } }),
      finding({ thresholds: { max_age: own }, token: { id: "a/b/d/1", kind: "a/d" } }),
      finding({ thresholds: { max_age: own }, token: { id: "a/b/d/2", kind: "a/d" } }),
      finding({ thresholds: { max_age: { value: days(60), source: "tokenward.yaml:2:9" } }, token: { id: "a/b/e/1" } }),
    ];

    const shown = await lines(result({ findings, policies: [policy({ id: "too-old", params })] }), 130);

    expect(shown.filter((line) => line.includes("set: "))).toEqual([
      "  set: max_age 30d for a/c, a/d at tokenward.yaml:4:9: analysis 7; approved by ciso; review by 2030-06-30",
    ]);
  });

  it("names the file and line where a token is declared", async () => {
    const location = { via: "source", uri: "tokens.csv", line: 14, column: 1, end_line: 14, end_column: 9 } as const;

    expect(await text(renderTable(result({ findings: [finding({ location })] }), plain(100)))).toContain(
      "tokens.csv:14:1",
    );
  });

  it("counts the failures that would make a group longer than a page", async () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      finding({ severity: index < 30 ? "high" : "low", token: { id: `t/a/k/${index}` } }),
    );

    const shown = await lines(result({ findings }), 130);

    expect(shown.filter((line) => line.startsWith("  high"))).toHaveLength(25);
    expect(shown).toContain("  and 15 more (5 high, 10 low): see the JSON report");
  });

  it("tells a hundred tokens that are unknown for one reason in one line", async () => {
    const findings = Array.from({ length: 100 }, (_, index) =>
      gap({
        field: "created",
        reason: "not-exposed",
        why: "the provider does not tell",
        token: { id: `t/a/k/${index}`, kind: `t/kind-${index % 4}` },
      }),
    );

    expect((await lines(result({ findings, tokens: 100 }))).slice(2, 6)).toEqual([
      "UNKNOWN  100 verdicts not possible, too little is known",
      "",
      "  too-old  100  created unknown: the provider does not tell (t/kind-0, t/kind-1 and 2 more kinds)",
      "",
    ]);
  });

  it("tells what could not be read as plainly as a failure: where, why and what to do", async () => {
    const failed: Coverage = {
      source: "workflows",
      subject: ".github/workflows/ci.yml",
      outcome: "failed",
      items: 0,
      detail: "bad indentation",
      location: { uri: ".github/workflows/ci.yml", line: 14, column: 3 },
    };

    expect((await lines(result({ coverage: [read, denied, failed] }))).slice(2, 10)).toEqual([
      "COVERAGE  1 denied, 1 failed: what was not read was not judged",
      "",
      "  denied    github acme: deploy keys",
      "            the answer was 403",
      "            fix: grant read access",
      "  failed    workflows: .github/workflows/ci.yml:14:3",
      "            bad indentation",
      "",
    ]);
  });

  it("tells what was empty where nothing at all was collected", async () => {
    const empty: Coverage = { source: "workflows", subject: ".github/workflows", outcome: "empty", items: 0 };

    expect((await lines(result({ coverage: [empty], tokens: 0, pass: 0 }))).slice(2, 7)).toEqual([
      "COVERAGE  1 empty",
      "",
      "  empty     workflows: .github/workflows",
      "",
      "Nothing was collected, so nothing was judged.",
    ]);
    expect(await text(renderTable(result({ coverage: [empty] }), plain(100)))).not.toContain("COVERAGE");
  });

  it("tells below the problems, in a line for each source and reason, what was left out, and calls the run passed", async () => {
    const leftOut = [
      hidden("SSH keys of people"),
      hidden("OAuth\u001b[31m grants"),
      hidden("SSH keys of people"),
      hidden("last use of policies", { source: "aws", account: "111122223333", outcome: "not-asked" }),
    ];

    const told = await lines(result({ coverage: [read, ...leftOut] }));

    expect(told.slice(2, 9)).toEqual([
      "COVERAGE",
      "",
      "  not shown by github: SSH keys of people; OAuth\\u001b[31m grants",
      "  not asked of aws 111122223333: last use of policies",
      "",
      "PASS  every policy that applies to the 3 tokens passes",
      "",
    ]);
    expect((await lines(result({ coverage: [denied, ...leftOut] }))).slice(2, 8)).toEqual([
      "COVERAGE  1 denied: what was not read was not judged",
      "",
      "  denied    github acme: deploy keys",
      expect.stringContaining("403"),
      expect.stringContaining("fix: "),
      expect.stringContaining("not shown by github: "),
    ]);
  });

  it.each([
    { what: "is empty", coverage: [], says: true },
    { what: "was denied, which says what to do itself", coverage: [denied], says: false },
  ])("says how to name sources where all that was asked $what: $says", async ({ coverage, says }) => {
    const told = await text(renderTable(result({ coverage, tokens: 0, pass: 0 }), plain(100)));

    expect(told.includes("`tokenward init`")).toBe(says);
  });

  it("counts the failed reads that would fill pages", async () => {
    const shown = await lines(result({ coverage: Array.from({ length: 30 }, () => denied) }));

    expect(shown.filter((line) => line.startsWith("  denied"))).toHaveLength(25);
    expect(shown).toContain("  and 5 more: see the JSON report");
  });

  it.each([{ columns: 80 }, { columns: 100 }, { columns: 120 }, { columns: 200 }])(
    "stays within $columns columns",
    async ({ columns }) => {
      const widest = Math.max(...(await lines(company(), columns)).map(widthOf));

      expect(widest).toBeLessThanOrEqual(columns);
    },
  );

  it.each([{ columns: 0 }, { columns: 1 }, { columns: Number.NaN }, { columns: 1e9 }])(
    "can be written where the screen claims $columns columns",
    async ({ columns }) => {
      expect((await lines(company(), columns)).length).toBeGreaterThan(40);
    },
  );

  it("says the same with colour as without", async () => {
    const coloured = await text(renderTable(company(), { colour: true, columns: 100 }));

    expect(coloured).toContain("\u001b[1;31mcritical\u001b[0m");
    expect(stripVTControlCharacters(coloured)).toBe(await text(renderTable(company(), plain(100))));
  });
});

function plain(columns: number) {
  return { colour: false, columns };
}

async function lines(of: Result, columns = 100): Promise<string[]> {
  return (await text(renderTable(of, plain(columns)))).split("\n");
}

function unread() {
  return gap({ field: "created", reason: "denied", why: "reading it was denied" });
}
