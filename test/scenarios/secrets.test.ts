import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, run } from "../support/command.ts";
import { filesOf } from "../support/packs.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

/** Made here and nowhere written down: a scanner would take them for real, and so must the masker. */
const secrets = {
  "a GitHub token": `gh${"p_"}${"Ex4mple".repeat(5)}Z`,
  "a GitLab token": `gl${"pat-"}${"Ex4mple".repeat(3)}`,
  "a JSON web token": `ey${"J"}${"hbGciEx4mple"}.ey${"J"}${"zdWIiOiEx4mple"}.${"Ex4mple".repeat(4)}`,
  "an AWS secret key beside its word": `aws_secret_access_key=${"Ex4mple/".repeat(5)}`,
  "a password in a URL": `https://deploy:${"Ex4mple-".repeat(2)}word@git.example/acme`,
  "a chat hook": `https://hooks.sl${"ack.com/services"}/T0/B0/${"Ex4mple".repeat(3)}`,
  "a private key": `-----BEGIN ${"RSA PRIVATE"} KEY-----${"Ex4mple+".repeat(8)}-----END ${"RSA PRIVATE"} KEY-----`,
};
const kinds = Object.entries(secrets).map(([what, secret], index) => ({ what, secret, index }));
/** What no output may hold: the part that would open something. */
const CORE = "Ex4mple";

const scratch = await scratchFolder();
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const columns =
  "kind,native_id,account,name,owner,principal_type,principal_id,principal_name,status,created,rotated,expires,last_used,scopes,reach,environment,key_id,api,url,label.note";
function csvRow(secret: string, index: number): string {
  const planted = quoted(secret);
  const fields = [
    ...["github/classic-pat", `row-${index}`, "acme", planted, planted, "service", planted, planted, "active"],
    ...["2028-01-01T00:00:00Z", "never", "never", "never", quoted(`admin ${secret}`), "all"],
    ...[planted, planted, planted, planted, planted],
  ];
  return fields.join(",");
}

/** Where a value is refused, the refusal quotes it. */
function brokenRow(secret: string, index: number): string {
  return `github/classic-pat,broken-${index},acme,x,x,${quoted(secret)},x,x,${quoted(secret)},${quoted(secret)},,,,,${quoted(secret)},,,,,`;
}

/** A policy and what is said of it for each of the secrets. */
const POLICIES = ["too-old", "idle", "never-used", "rotation-overdue", "lifetime-too-long", "no-expiry", "no-owner"];
const NUMBERS = [
  ...["max_age: 30d", "max_idle: 30d", "grace: 30d", "interval: 30d", "max_lifetime: 30d"],
  ...["applies: false", "applies: false"],
];

function workflow(secret: string): string {
  const planted = JSON.stringify(secret);
  return [
    `name: ${planted}`,
    `on: [push, ${planted}]`,
    "jobs:",
    "  build:",
    `    name: ${planted}`,
    `    environment: ${planted}`,
    "    permissions:",
    "      contents: write",
    `      ${planted}: ${planted}`,
    `    uses: ${JSON.stringify(`acme/pipelines/.github/workflows/x.yml@${secret}`)}`,
    `  ${planted}:`,
    "    runs-on: ubuntu-latest",
    "  third:",
    `    permissions: ${planted}`,
    "",
  ].join("\n");
}

function project(): Record<string, string> {
  const all = Object.values(secrets);
  return {
    "tokenward.yaml": [
      "version: 1",
      "sources:",
      "  - use: workflows",
      '  - { use: file, path: "*.csv" }',
      "  - { use: file, path: tokens.yaml }",
      "  - { use: file, path: tokens.ndjson }",
      `  - { use: file, path: ${JSON.stringify(`${all[0]}.csv`)} }`,
      "kinds:",
      "  github/classic-pat:",
      ...all.map(
        (secret, index) =>
          `    ${POLICIES[index]}: { ${NUMBERS[index]}, reason: ${JSON.stringify(secret)}, approved_by: ${JSON.stringify(secret)} }`,
      ),
      "",
    ].join("\n"),
    "good.csv": [columns, ...all.map(csvRow), ""].join("\n"),
    "broken.csv": [columns, ...all.map(brokenRow), ""].join("\n"),
    "header.csv": `kind,native_id,account,${all.map(quoted).join(",")}\n`,
    "tokens.yaml": all
      .map(
        (secret) =>
          `- { kind: ${JSON.stringify(secret)}, account: acme, native_id: ${JSON.stringify(secret)}, ${JSON.stringify(secret)}: 1 }\n`,
      )
      .join(""),
    "tokens.ndjson": all.map((secret, index) => `${ndjsonLine(secret, index)}\nnot json at all ${secret}\n`).join(""),
    ...Object.fromEntries(all.map((secret, index) => [`.github/workflows/w${index}.yml`, workflow(secret)])),
    ".github/workflows/broken.yml": `name: [${all.join("\n  ")}\njobs: }\n`,
  };
}

function ndjsonLine(secret: string, index: number): string {
  const identity =
    index % 2 === 0 ? { account: secret, native_id: `id-${index}` } : { account: "acme", native_id: secret };
  return JSON.stringify({ kind: "npm/granular", ...identity, labels: { [secret]: secret }, expires: null });
}

describe("secrets planted in everything that is read", () => {
  const cwd = join(scratch, "project");
  const instant = ["--as-of", "2030-01-01T00:00:00Z"];
  const outputs = new Map<string, string>();
  let checked: Outcome;

  beforeAll(async () => {
    await laidOut(cwd, project());
    const keep = (name: string, { stdout, stderr }: Outcome) => outputs.set(name, stdout).set(`${name}: error`, stderr);
    const reports = ["--report", "json=r.json", "--report", "sarif=r.sarif"];
    const [check, inventory] = await Promise.all([
      run({ cwd, args: ["check", ...instant, "--allow-incomplete", "--evidence", "pack", ...reports] }),
      run({ cwd, args: ["collect", ...instant] }),
    ]);
    checked = check;
    keep("table", check);
    keep("inventory", inventory);
    for (const file of ["r.json", "r.sarif"]) outputs.set(file, await readFile(join(cwd, file), "utf8"));
    for (const file of await filesOf(join(cwd, "pack")))
      outputs.set("evidence", `${outputs.get("evidence") ?? ""}${await readFile(join(cwd, "pack", file), "utf8")}`);
    keep("explanation", await run({ cwd, args: ["explain", "too-old/github/acme/classic-pat/row-0", ...instant] }));
    keep("exemption", await run({ cwd, args: ["explain", "no-owner/github/acme/classic-pat/row-0", ...instant] }));
    keep("configuration", await run({ cwd, args: ["config"] }));
    keep("configuration as JSON", await run({ cwd, args: ["config", "--json"] }));
    keep("policy", await run({ cwd, args: ["policy", "show", "too-old"] }));
  });

  it("leave a run that has told of everything else", () => {
    const { summary } = JSON.parse(outputs.get("r.json") ?? "{}") as {
      summary: { tokens: number; coverage: { failed: number } };
    };

    expect(checked.code).toBe(1);
    expect(summary.tokens).toBeGreaterThan(kinds.length);
    expect(summary.coverage.failed).toBeGreaterThan(kinds.length);
  });

  it.each([
    ...["table", "r.json", "r.sarif", "inventory", "evidence", "explanation", "exemption"],
    ...["configuration", "configuration as JSON", "policy"],
  ])("are not in the %s", (name) => {
    const found = [name, `${name}: error`].flatMap((output) => linesWith(CORE, outputs.get(output) ?? ""));

    expect(outputs.get(name)).not.toBe("");
    expect(found).toEqual([]);
  });

  it("show by what they begin with that something was masked", () => {
    expect(outputs.get("table")).toContain(`gh${"p_"}***`);
  });
});

it("what was kept as evidence without them is judged again all the same", async () => {
  const outcome = await run({ cwd: join(scratch, "project"), args: ["verify", "pack"] });

  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining("all the same") });
});

describe("a secret in a configuration that is refused", () => {
  it.each(kinds)("is not told back: $what", async ({ secret, index }) => {
    const planted = JSON.stringify(secret);
    const file = `version: 1\n${planted}: 1\nprofile: ${planted}\nfail_on: ${planted}\nparameters: { ${planted}: 1, too-old: { max_age: ${planted} } }\n`;
    const cwd = await laidOut(join(scratch, `config-${index}`), { "tokenward.yaml": file });

    const { code, stdout, stderr } = await run({ cwd, args: ["check"] });

    expect(code).toBe(2);
    expect(linesWith(CORE, stdout + stderr)).toEqual([]);
  });
});

function linesWith(text: string, output: string): string[] {
  return output
    .split("\n")
    .filter((line) => line.includes(text))
    .map((line) => line.slice(Math.max(0, line.indexOf(text) - 120)).slice(0, 200));
}
