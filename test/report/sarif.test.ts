import type { Run } from "sarif";
import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import type { RenderOptions } from "../../src/report/reporter.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { sarifFaults } from "../support/sarif.ts";
import { company } from "./company.ts";
import { finding, gap, plain, policy, read, result, text } from "./results.ts";

const denied: Coverage = { source: "github", account: "acme", subject: "deploy keys", outcome: "denied", items: 0 };

describe("a SARIF run", () => {
  it.each([
    { run: "of a company", of: company() },
    { run: "without findings", of: result() },
    { run: "that read nothing", of: result({ coverage: [denied], tokens: 0 }) },
    { run: "of unknown verdicts only", of: result({ findings: [gapOf(1), gapOf(2)] }) },
  ])("$run is taken by both schemas and by GitHub's ingestion", async ({ of }) => {
    const document = await text(renderSarif(of, plain));

    expect(sarifFaults(document)).toEqual([]);
  });

  it("tells in a message which number the configuration sets and why, as a second sentence", async () => {
    const policies = [
      policy({ id: "too-old", params: { max_age: { type: "duration", default: 7_776_000, doc: "" } } }),
    ];
    const max_age = { value: 2_592_000, source: "tokenward.yaml:4:9", reason: "analysis 7", approved_by: "ciso" };
    const findings = [finding({ message: "is old", thresholds: { max_age } }), finding({ token: { id: "a/b/c/2" } })];

    const { results } = await run(result({ findings, policies }));

    expect(results?.map(({ message }) => message.text)).toEqual([
      "registry-pull (gitlab/deploy-token): is old. The number max_age 30d is set at tokenward.yaml:4:9: analysis 7; approved by ciso.",
      "registry-pull (gitlab/deploy-token): issued 120 days ago; the limit is 90 days.",
    ]);
  });

  it("tells what to do for the token's provider with each result, and for all of them with the rule", async () => {
    const remediation = { any: "Replace it.", github: "Ask *mona*." };
    const findings = ["github", "gitlab"].map((provider) => finding({ token: { id: `${provider}/b/c/1`, provider } }));

    const { results, tool } = await run(result({ findings, policies: [policy({ id: "too-old", remediation })] }));

    expect(results?.map(({ properties }) => properties?.remediation)).toEqual(["Ask *mona*.", "Replace it."]);
    expect(tool.driver.rules?.[0]?.help).toMatchObject({
      text: expect.stringContaining("How to fix: Replace it.\n\ngithub: Ask *mona*."),
      markdown: expect.stringContaining("**How to fix:** Replace it.\n\n- **github:** Ask *mona*."),
    });
  });

  it("lists every policy that judged and an empty list of results, so that old alerts close", async () => {
    const { tool, results } = await run(result({ policies: [policy({ id: "idle" }), policy({ id: "too-old" })] }));

    expect(tool.driver.rules?.map(({ id, name }) => [id, name])).toEqual([
      ["idle", "Idle"],
      ["too-old", "TooOld"],
    ]);
    expect(results).toEqual([]);
  });

  it("has no results for unknown verdicts, which would open alerts, but a counted notification", async () => {
    const { results, invocations } = await run(result({ findings: [gapOf(1), gapOf(2)] }));

    expect(results).toEqual([]);
    expect(invocations?.[0]?.toolExecutionNotifications).toEqual([
      {
        level: "note",
        message: { text: "too-old: 2 verdicts unknown: created unknown: the provider does not tell." },
        associatedRule: { id: "too-old" },
      },
    ]);
  });

  it("of an incomplete run says so, with each denied or failed read and its place", async () => {
    const failed: Coverage = {
      source: "workflows",
      subject: "ci.yml",
      outcome: "failed",
      items: 0,
      detail: "bad indentation",
      remedy: "correct the file",
      location: { uri: ".github/workflows/ci.yml", line: 14, column: 3 },
    };

    const { invocations } = await run(result({ coverage: [read, denied, failed] }));

    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 3,
        toolExecutionNotifications: [
          { level: "error", message: { text: "github acme deploy keys: denied." } },
          {
            level: "error",
            message: { text: "workflows ci.yml: failed: bad indentation; to fix: correct the file." },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: ".github/workflows/ci.yml" },
                  region: { startLine: 14, startColumn: 3, endLine: 14, endColumn: 4 },
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("notes what providers never show, which is no problem", async () => {
    const hidden: Coverage = { ...denied, outcome: "not-exposed", detail: "no API lists them" };

    const { invocations } = await run(result({ coverage: [read, hidden, { ...hidden, subject: "SSH keys" }] }));

    expect(invocations).toMatchObject([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          { level: "note", message: { text: "not shown by github acme: deploy keys; SSH keys." } },
        ],
      },
    ]);
  });

  it("counts the notifications that no one would read to the end", async () => {
    const { invocations } = await run(result({ coverage: Array.from({ length: 203 }, () => denied) }));

    expect(invocations?.[0]?.toolExecutionNotifications).toHaveLength(201);
    expect(invocations?.[0]?.toolExecutionNotifications?.at(-1)?.message.text).toContain("3 more reads");
  });

  it.each([
    { asked: undefined, id: undefined },
    { asked: "", id: undefined },
    { asked: "nightly", id: "nightly/" },
    { asked: "nightly/", id: "nightly/" },
  ])("names the category $asked as $id, and none unless asked", async ({ asked, id }) => {
    const { automationDetails } = await run(result(), asked === undefined ? {} : { sarifCategory: asked });

    expect(automationDetails?.id).toBe(id);
  });

  it("keeps the worst 25,000 results and says how many it left out", async () => {
    const findings = Array.from({ length: 25_003 }, (_, index) => finding({ token: { id: `t/a/k/${index}` } }));

    const { results, invocations } = await run(result({ findings }));

    expect(results).toHaveLength(25_000);
    expect(results?.at(-1)?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe("t/a/k/24999");
    expect(invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      "3 less serious results left out: a run may hold no more than these.",
    ]);
  });

  it("refuses, as a bug, a finding of a policy that did not judge", async () => {
    await expect(run(result({ findings: [finding({ policy: "idle" })] }))).rejects.toThrow("did not judge");
  });
});

describe("a SARIF result", () => {
  it.each([
    { severity: "critical", level: "error", score: "9.5" },
    { severity: "high", level: "error", score: "8.0" },
    { severity: "medium", level: "warning", score: "5.5" },
    { severity: "low", level: "note", score: "2.0" },
  ] as const)("that is $severity has the level $level, whatever its rule", async ({ severity, level, score }) => {
    const { results } = await run(result({ findings: [finding({ severity })] }));

    expect(results?.[0]).toMatchObject({ level, properties: { severity, "security-severity": score } });
  });

  it("keeps its fingerprint when it is renamed, moved, reworded, or more serious", async () => {
    const before = finding();
    const after = finding({
      severity: "low",
      message: "issued 121 days ago",
      token: { name: "renamed" },
      location: { via: "source", uri: "elsewhere.csv", line: 7, column: 2, end_line: 7, end_column: 9 },
    });

    expect(await fingerprints(before)).toEqual(await fingerprints(after));
  });

  it.each([
    { other: "token", change: { token: { id: "gitlab/acme/deploy-token/8" } } },
    { other: "policy", change: { policy: "idle" } },
    { other: "discriminator", change: { discriminator: "second" } },
  ])("has another fingerprint for another $other", async ({ change }) => {
    expect(await fingerprints(finding(change))).not.toEqual(await fingerprints(finding()));
  });

  it.each(["", "  "])("calls a token with the name %j by its id", async (name) => {
    const { results } = await run(result({ findings: [finding({ token: { id: "t/a/k/2", name } })] }));

    expect(results?.[0]?.message.text).toMatch(/^t\/a\/k\/2 \(/);
    expect(results?.[0]?.locations?.[0]?.logicalLocations?.[0]?.name).toBe("t/a/k/2");
  });

  it("names its token and the place where a person can look, but no address with a password", async () => {
    const seen = finding({ token: { url: "https://example.com/settings?a=b c" } });
    const secret = finding({ token: { id: "t/a/k/2", name: "", url: "https://me:word@example.com/" } });

    const { results } = await run(result({ findings: [seen, secret] }));

    expect(results?.map(({ message, hostedViewerUri }) => [message.text, hostedViewerUri])).toEqual([
      [
        "registry-pull (gitlab/deploy-token): issued 120 days ago; the limit is 90 days.",
        "https://example.com/settings?a=b%20c",
      ],
      ["t/a/k/2 (gitlab/deploy-token): issued 120 days ago; the limit is 90 days.", undefined],
    ]);
  });

  it("cannot be made to show a link by its token's name", async () => {
    const { results } = await run(result({ findings: [finding({ token: { name: "[fix](https://evil.example)" } })] }));

    expect(results?.[0]?.message.text).toContain("[fix] (https://evil.example) (gitlab/deploy-token)");
  });
});

describe("a SARIF rule", () => {
  it.each([
    { severity: "critical", score: "9.5", problem: "error", level: "error" },
    { severity: "high", score: "8.0", problem: "error", level: "error" },
    { severity: "medium", score: "5.5", problem: "warning", level: "warning" },
    { severity: "low", score: "2.0", problem: "recommendation", level: "note" },
  ] as const)("that is $severity has the security severity $score", async ({ severity, score, problem, level }) => {
    const { tool } = await run(result({ policies: [policy({ id: "idle", severity })] }));

    expect(tool.driver.rules?.[0]).toMatchObject({
      defaultConfiguration: { level },
      properties: { "security-severity": score, "problem.severity": problem, precision: "high" },
    });
  });

  it("is tagged with its category and its controls, the direct ones first, ten at most", async () => {
    const ids = Array.from({ length: 9 }, (_, index) => [`Req ${index}`, "supporting"] as const);
    const controls = { "pci-dss": Object.fromEntries(ids), "owasp-nhi": { NHI7: "direct" as const } };

    const { tool } = await run(result({ policies: [policy({ id: "idle", controls })] }));

    const tags = tool.driver.rules?.[0]?.properties?.tags;
    expect(tags).toHaveLength(10);
    expect(tags?.slice(0, 4)).toEqual(["security", "lifetime", "external/owasp-nhi/nhi7", "external/pci-dss/req-0"]);
  });

  it("tells in its help how to fix, and links only to web addresses", async () => {
    const related_resources = [
      { ref: "https://example.com/a (b)", description: "why [it] matters" },
      { ref: "javascript:alert(1)" },
      { ref: "https://example.com/c" },
    ];

    const { tool } = await run(result({ policies: [policy({ id: "idle", related_resources })] }));

    const why = "A token nobody renews keeps working long after its reason is forgotten.";
    const fix = "Issue a replacement, move its callers over, then revoke this token.";
    expect(tool.driver.rules?.[0]?.help).toEqual({
      text: `${why}\n\nHow to fix: ${fix}\n\nwhy [it] matters: https://example.com/a%20(b)\nhttps://example.com/c`,
      markdown: `${why}\n\n**How to fix:** ${fix}\n\n- [why \\[it\\] matters](<https://example.com/a%20(b)>)\n- [https://example.com/c](<https://example.com/c>)`,
    });
  });
});

async function run(of: Result, options: Partial<RenderOptions> = {}): Promise<Run> {
  const { runs } = JSON.parse(await text(renderSarif(of, { ...plain, ...options })));
  return runs[0];
}

async function fingerprints(one: ReturnType<typeof finding>): Promise<unknown> {
  const policies = [policy({ id: "idle" }), policy({ id: "too-old" })];
  const { results } = await run(result({ findings: [one], policies }));
  return results?.[0]?.partialFingerprints;
}

function gapOf(native: number): ReturnType<typeof finding> {
  const token = { id: `npm/acme/token/${native}` };
  return gap({ field: "created", reason: "not-exposed", why: "the provider does not tell", token });
}
