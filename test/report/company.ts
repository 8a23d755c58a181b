import type { Coverage, Finding } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import { severities } from "../../src/model/severity.ts";
import { finding, gap, policy, result } from "./results.ts";

/** A small company's run with some of everything: what the golden files of all formats show. */
export function company(): Result & { findings: Finding[] } {
  return result({ findings: [...failures(), ...gaps()], policies, coverage, tokens: 64, pass: 512 });
}

/** The same company, where somebody answers for some of it: every fourth finding, and what a waiver covered until yesterday. */
export function waivedCompany(): Result & { findings: Finding[] } {
  const terms = { reason: "replaced in the spring, see the plan", owner: "platform", approver: "ciso" };
  const waived = { by: "waivers.yaml:3:5", ...terms, expires: "2030-03-31" };
  const expired_waiver = { by: "waivers.yaml:9:5", ...terms, expires: "2029-12-31" };
  const findings = [...failures(), ...gaps()].map((one, index) => {
    if (index % 4 === 0) return { ...one, waived };
    return index % 4 === 1 ? { ...one, expired_waiver } : one;
  });
  const waivers = [
    { ...waived, token: { id: "*" }, policies: ["no-expiry", "idle"], findings: 10 },
    { ...expired_waiver, token: { kind: "npm/*" }, policies: ["idle"], expired: true as const, findings: 10 },
    { ...waived, by: "waivers.yaml:15:5", token: "npm/acme/token/*", policies: ["too-old"], findings: 0 },
  ];
  return result({ findings, policies, coverage, tokens: 64, pass: 512, waivers });
}

/** The same company, which began with a baseline: every third finding is in it, some entries have lapsed, and some are stale. */
export function baselineCompany(): Result & { findings: Finding[] } {
  const accepted = "2029-11-05";
  const until = "2030-06-30";
  const findings = [...failures(), ...gaps()].map((one, index) => {
    if (index % 3 === 0) return { ...one, baseline: index % 2 === 0 ? { accepted } : { accepted, until } };
    if (index % 6 === 1) return { ...one, lapsed_baseline: { accepted, severity: "low", because: "worse" } as const };
    const ended = { accepted, until: "2029-12-31", severity: "high", because: "expired" } as const;
    return index % 6 === 4 ? { ...one, lapsed_baseline: ended } : one;
  });
  const of = (has: (one: Finding) => unknown) => findings.filter((one) => has(one)).length;
  const stale = [{ token: "npm/acme/token/gone", policy: "idle", severity: "medium" as const, accepted }];
  const met = { findings: of((one) => one.baseline), lapsed: of((one) => one.lapsed_baseline), waived: 0 };
  const entries = met.findings + met.lapsed + stale.length + 2;
  const baseline = { file: "baseline.json", max_age: 180, entries, ...met, unjudged: 2, stale };
  return result({ findings, policies, coverage, tokens: 64, pass: 512, baseline });
}

const policies = [
  policy({
    id: "admin-scope",
    title: "Token may administer its account",
    description: "Whoever holds the token can change members, settings and other credentials.",
    severity: "high",
    category: "scope",
    controls: { "owasp-nhi": { NHI5: "direct" }, "nist-800-53": { "AC-6": "direct" }, soc2: { "CC6.3": "direct" } },
    remediation: { any: "Replace the grant by the narrowest one that the token's callers use." },
  }),
  policy({
    id: "idle",
    title: "Token has not been used for long",
    severity: "medium",
    category: "use",
    remediation: { any: "Revoke the token, or note in the register why it must stay." },
  }),
  policy({
    id: "no-expiry",
    title: "Token never expires",
    description: "A token without an end outlives the person, the project and the memory of both.",
    remediation: {
      any: "Set an expiry within the limit for its kind; where the provider offers none, use a kind that has one.",
    },
    related_resources: [
      { ref: "https://owasp.org/www-project-non-human-identities-top-10/2025/", description: "OWASP NHI Top 10" },
    ],
  }),
  policy({ id: "no-owner", title: "Nobody answers for the token", severity: "medium", category: "ownership" }),
  policy({ id: "too-old", related_resources: [{ ref: "https://csrc.nist.gov/pubs/sp/800/63/b/4/final" }] }),
  policy({
    id: "workflow-write-all",
    title: "Workflow token may write everything",
    description: "Every step of the job, each action it calls included, can change code, releases and packages.",
    category: "scope",
    remediation: { any: "List the permissions that the job needs, starting from `permissions: {}`." },
  }),
];

const coverage: Coverage[] = [
  { source: "workflows", subject: ".github/workflows/release.yml", outcome: "read", items: 2 },
  { source: "file", subject: "inventory/tokens.csv", outcome: "read", items: 60 },
  { source: "file", subject: "inventory/legacy.yaml", outcome: "empty", items: 0 },
  {
    source: "github",
    account: "acme",
    subject: "deploy keys",
    outcome: "denied",
    items: 0,
    detail: "GET /orgs/acme/keys answered 403: the credential lacks the right to administer repositories",
    remedy: "give the collector's token read access to repository administration",
  },
  {
    source: "workflows",
    subject: ".github/workflows/nightly.yml",
    outcome: "failed",
    items: 0,
    detail: "All mapping items must start at the same column",
    remedy: "correct the file, or exclude it under sources.exclude in tokenward.yaml",
    location: { uri: ".github/workflows/nightly.yml", line: 14, column: 3 },
  },
];

function failures(): Finding[] {
  const rows = [
    about(
      "admin-scope",
      "critical",
      "github/acme/classic-pat/48213",
      "release-bot",
      "may administer admin:org and admin:repo_hook on everything",
    ),
    about("admin-scope", "critical", "gitlab/acme/group-token/912", "terraform", "may administer api on all groups"),
    about("admin-scope", "high", "okta/acme/api-token/00Tabc", "Provisionierung (Zürich)", "may administer users"),
    about(
      "no-expiry",
      "critical",
      "github/acme/classic-pat/48213",
      "release-bot",
      "never expires; the limit for its kind is 90 days",
    ),
    about(
      "no-expiry",
      "high",
      "npm/acme/token/9f1c",
      "发布令牌 production",
      "never expires; the limit for its kind is 30 days",
    ),
    about("no-expiry", "high", "slack/T024BE7LD/bot-token/B0", "deploy 🚀 announcer", "never expires"),
    about(
      "too-old",
      "high",
      "aws/123456789012/access-key/AKIAEXAMPLE0",
      "ci-uploader",
      "issued 1,204 days ago; the limit is 90 days, as the targeted risk analysis of the platform team for this kind of token says",
    ),
    about("idle", "medium", "npm/acme/token/77aa", "", "not used for 210 days; the limit is 45 days"),
    about("no-owner", "low", "npm/acme/token/77aa", "", "nobody is named"),
  ];
  const workflow = finding({
    policy: "workflow-write-all",
    severity: "high",
    message: "permissions: write-all gives the job every scope",
    token: {
      id: "github/acme%2Fapi/workflow-token/.github%2Fworkflows%2Frelease.yml%23publish",
      provider: "github",
      account: "acme/api",
      kind: "github/workflow-token",
      name: "release.yml: publish",
      breadth: "broad",
    },
    location: { via: "source", uri: ".github/workflows/release.yml", line: 8, column: 1, end_line: 8, end_column: 23 },
  });
  return [...rows, workflow].sort(worstFirst);
}

function gaps(): Finding[] {
  const many = Array.from({ length: 27 }, (_, index) =>
    gap({
      policy: "idle",
      severity: "medium",
      field: "last_used",
      reason: "not-exposed",
      why: "the provider does not tell",
      token: {
        id: `${["npm/acme/token", "github/acme/deploy-key", "slack/T024BE7LD/bot-token"][index % 3]}/${index}`,
        kind: ["npm/token", "github/deploy-key", "slack/bot-token"][index % 3] as string,
      },
    }),
  );
  const denied = gap({
    policy: "idle",
    severity: "medium",
    field: "last_used",
    reason: "denied",
    why: "reading it was denied",
  });
  const unasked = gap({
    policy: "no-owner",
    severity: "medium",
    field: "owner",
    reason: "not-asked",
    why: "the source does not say",
  });
  return [...many, denied, unasked];
}

function about(slug: string, severity: Finding["severity"], id: string, name: string, message: string): Finding {
  const [provider, account, kind] = id.split("/") as [string, string, string];
  return finding({
    policy: slug,
    severity,
    message,
    token: { id, provider, account, kind: `${provider}/${kind}`, name },
  });
}

function worstFirst(one: Finding, other: Finding): number {
  return severities.indexOf(other.severity) - severities.indexOf(one.severity) || (one.policy < other.policy ? -1 : 1);
}
