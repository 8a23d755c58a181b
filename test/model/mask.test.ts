import { describe, expect, it } from "vitest";
import { maskSecrets, mayHoldSecret } from "../../src/model/mask.ts";

const RUN = "EXAMPLE".repeat(6);
const HEX = "0a1b2c3d4e5f6789".repeat(4);
const AWS = ["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYEXAMPLEKEY"].join("/");

/** Put together here, so that no scanner takes this file for a leak. */
const secrets = [
  { what: "a GitHub classic token", text: `gh${"p_"}${RUN}`, masked: "ghp_***" },
  { what: "a GitHub installation token", text: `gh${"s_"}${RUN}`, masked: "ghs_***" },
  { what: "a GitHub fine-grained token", text: `github${"_pat_"}11ABC_${RUN}`, masked: "github_pat_***" },
  { what: "a GitLab token", text: `gl${"pat-"}${RUN}`, masked: "glpat-***" },
  {
    what: "a GitLab runner token with separators",
    text: `gl${"rt-"}t1_Ab3-dE6fGh_9jKlM-n2pQrSt4vW`,
    masked: "glrt-***",
  },
  { what: "a Slack bot token", text: `xo${"xb-"}123456789012-1234567890123-${RUN}`, masked: "xoxb-***" },
  { what: "an OpenAI key", text: `s${"k-"}${RUN}`, masked: "sk-***" },
  { what: "an OpenAI project key", text: `s${"k-"}proj-${RUN}`, masked: "sk-***" },
  { what: "a Stripe live key", text: `s${"k_live_"}${RUN}`, masked: "sk_live_***" },
  { what: "an npm token", text: `np${"m_"}${RUN}`, masked: "npm_***" },
  { what: "a JSON web token", text: `ey${"J"}hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl`, masked: "eyJ***" },
  { what: "a DigitalOcean token", text: `do${"p_v1_"}${HEX}`, masked: "dop_v1_***" },
  { what: "a Vault token", text: `hv${"s."}CAES${RUN}`, masked: "hvs.***" },
  { what: "a SendGrid key", text: `S${"G."}${RUN.slice(0, 22)}.${RUN}`, masked: "SG.***" },
  { what: "a Google API key", text: `AI${"za"}${RUN.slice(0, 35)}`, masked: "AIza***" },
  { what: "a Databricks token", text: `da${"pi"}${HEX.slice(0, 32)}`, masked: "dapi***" },
  {
    what: "an AWS secret after its name",
    text: `aws_secret_access_key = ${AWS}`,
    masked: "aws_secret_access_key = ***",
  },
  { what: "an AWS secret in JSON", text: `"SecretAccessKey": "${AWS}"`, masked: `"SecretAccessKey": "***"` },
  { what: "an AWS secret behind its key id", text: `AKIAIOSFODNN7EXAMPLE:${AWS}`, masked: "AKIAIOSFODNN7EXAMPLE:***" },
  { what: "a bearer header", text: `Authorization: Bearer ${RUN}`, masked: "Authorization: Bearer ***" },
  { what: "a basic header", text: `authorization: basic ${RUN}=`, masked: "authorization: basic ***" },
  {
    what: "a password in a URL",
    text: "https://robot:hunter2@git.example/x",
    masked: "https://robot:***@git.example/x",
  },
  { what: "a password with an @ in a URL", text: "ftp://robot:hun@ter2@host", masked: "ftp://robot:***@host" },
  { what: "a token as the user of a URL", text: `https://${HEX}@host/`, masked: "https://***@host/" },
  {
    what: "a token in a query",
    text: `https://host/?a=1&access_token=${RUN}&b=2`,
    masked: "https://host/?a=1&access_token=***&b=2",
  },
  { what: "a storage key", text: `AccountName=x;AccountKey=${RUN}==;y`, masked: "AccountName=x;AccountKey=***;y" },
  {
    what: "a chat hook",
    text: `https://hooks.slack.com/services/T0/B0/${RUN}`,
    masked: "https://hooks.slack.com/services/***",
  },
  {
    what: "a percent-encoded neighbour",
    text: `https://host/?q=%3Ds${"k-"}${RUN}`,
    masked: "https://host/?q=%3Dsk-***",
  },
  {
    what: "a spreadsheet formula",
    text: `=HYPERLINK("https://x/gh${"p_"}${RUN}")`,
    masked: `=HYPERLINK("https://x/ghp_***")`,
  },
  { what: "a name that goes on", text: `old key gh${"p_"}${RUN} of Ann`, masked: "old key ghp_*** of Ann" },
  { what: "a prefix in the middle of a word", text: `deploygh${"p_"}${RUN}`, masked: "deployghp_***" },
  {
    what: "a private key",
    text: `x -----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE\n-----END RSA ${"PRIVATE"} KEY----- y`,
    masked: `x -----BEGIN RSA ${"PRIVATE"} KEY-----***-----END RSA ${"PRIVATE"} KEY----- y`,
  },
  {
    what: "a private key without its end",
    text: `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----\nb3BlbnNz\nmore`,
    masked: `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----***`,
  },
];

const innocent = [
  "deploy",
  "ghp_",
  "ghp_short",
  "sk-learn-training-pipeline-token",
  "task-force-alpha-integration",
  "npm_config_registry_for_builds",
  "xoxb-slack-notifier-bot",
  "sk-Team2-Payments-Backend-2030",
  "glpat-rotation-job",
  "eyJ-lover",
  "AIza",
  "AKIAIOSFODNN7EXAMPLE",
  "arn:aws:iam::123456789012:role/service-role/AWSLambdaBasicExecutionRole",
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/payments/database/replica/master1",
  "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
  "aws deploy 3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
  HEX,
  "ann.smith+tokens@example.com",
  "https://github.com/settings/tokens/123456",
  "https://git@github.com/acme/shop.git",
  "https://host:8080/path@x",
  "https://app.example/tokens?token=42&id=3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "serviceAccount:deploy@acme-prod.iam.gserviceaccount.com",
  "https://www.googleapis.com/auth/cloud-platform",
  "Bearer authentication-for-payments",
  "basic internationalization",
  "secret rotation of the payment-gateway",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "ключ для деплоя 🔑",
  "",
];

describe("maskSecrets", () => {
  it.each(secrets)("hides $what behind its prefix", ({ text, masked }) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each(secrets)("changes nothing in what it has already masked: $what", ({ masked }) => {
    expect(maskSecrets(masked)).toBe(masked);
  });

  it.each(innocent)("leaves %j alone", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it("hides every secret of a text", () => {
    const one = `gh${"p_"}${RUN}`;

    expect(maskSecrets(`${one} and ${one}, ${one}`)).toBe("ghp_*** and ghp_***, ghp_***");
  });

  it.each([
    "a",
    "://",
    "://a:",
    "ghp_",
    "eyJ-",
    "sk-",
    "bearer ",
    "secret ",
    "aws ",
    "-----BEGIN PRIVATE KEY-----",
    "?token=",
    "A1b",
    "%3D",
    "xoxb-1-",
  ])("comes to an end on millions of %j repeated", (part) => {
    const text = part.repeat(Math.ceil(4_000_000 / part.length));

    expect(maskSecrets(text).length).toBeGreaterThan(0);
  });
});

describe("the quick look at a whole record", () => {
  const records = [
    ...secrets.map(({ text }) => text),
    `gh${"p_"}${"EXAMPLE".repeat(6)}`,
    `https://deploy:${"Ex4mple-"}word@git.example`,
    `-----BEGIN RSA ${"PRIVATE"} KEY----- x`,
    `Bearer ${"Ex4mpleEx4mple"}Ex4mple`,
    `aws_secret_access_key = ${"Ex4mple/".repeat(5)}`,
    `https://hooks.slack.com/services/${"T0EXAMPLE"}/B0/xyz`,
    `?access_token=${"Ex4mpleEx4mpleEx4mple"}`,
    `x SG.${"Ex4mple".repeat(4)}`,
  ];

  it.each(records.map((secret) => ({ secret })))(
    "never passes over what masking would change: $secret",
    ({ secret }) => {
      const name = `x ${secret}`;

      expect(maskSecrets(name)).not.toBe(name);
      expect(mayHoldSecret(JSON.stringify({ name, owner: "team" }))).toBe(true);
    },
  );

  it("passes over an ordinary record", () => {
    expect(mayHoldSecret(JSON.stringify({ id: "github/acme/classic-pat/1", name: "token 1", scopes: ["repo"] }))).toBe(
      false,
    );
  });
});
