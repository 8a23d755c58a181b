import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const header = "kind,account,native_id,name,owner,principal_type,principal_id,environment,sha256,label.stage\n";
const files = {
  "tokenward.yaml": [
    "version: 1",
    "sources: [{ use: file, path: tokens.csv }]",
    "owners: { directory: people.csv, mapping: [{ token: { account: a }, team: build, contact: b@acme.test }] }",
    "environments:",
    "  - { token: { label: { stage: prod } }, environment: production }",
    "  - { token: { account: b }, environment: staging, override: true }",
    "",
  ].join("\n"),
  "tokens.csv": [
    `${header}npm/token,a,1,one,,human,mona,,${"0a".repeat(32)},prod`,
    `npm/token,b,2,two,team-x,service,bot,test,${"0a".repeat(32)},`,
    "",
  ].join("\n"),
  "people.csv": "login,state,team\nmona,active,build\n",
};
const clock = ["--as-of", "2030-01-01T00:00:00Z"];
const check = (cwd: string, ...args: string[]) =>
  run({ cwd, args: ["check", ...clock, "--fail-on", "never", "--format", "json", ...args] });
const laid = (name: string, over: Partial<typeof files> = {}) => laidOut(join(scratch, name), { ...files, ...over });

interface Told {
  config: string;
  findings: { policy: string; evidence: object; token: { id: string } }[];
}

describe("the configuration's digest", () => {
  it("is the same for the same files in another folder, whatever the number of threads", async () => {
    const [one, other] = [await laid("same"), await laid("elsewhere/same")];

    const first = await check(one, "--jobs", "1");
    expect(await check(other, "--jobs", "2")).toEqual(first);
  });

  it.each([
    { what: "a person leaves", over: { "people.csv": files["people.csv"].replace("active", "gone") } },
    { what: "a contact changes", over: { "tokenward.yaml": files["tokenward.yaml"].replace("b@acme", "c@acme") } },
    { what: "a rule changes", over: { "tokenward.yaml": files["tokenward.yaml"].replace("staging", "test") } },
    {
      what: "absence means something",
      over: { "tokenward.yaml": files["tokenward.yaml"].replace("people.csv,", "people.csv, complete: true,") },
    },
  ])("changes where $what", async ({ what, over }) => {
    const before = JSON.parse((await check(await laid(`${what} before`))).stdout) as Told;
    const after = JSON.parse((await check(await laid(what, over))).stdout) as Told;

    expect(after.config).not.toBe(before.config);
  });
});

it("one secret in two environments is seen where only rules tell them, by threads and by explain", async () => {
  const cwd = await laid("shared");

  const { findings } = JSON.parse((await check(cwd, "--jobs", "2")).stdout) as Told;
  const shared = findings.filter(({ policy }) => policy === "shared-across-environments");
  const explained = await run({ cwd, args: ["explain", "shared-across-environments/npm/b/token/2", ...clock] });

  expect(shared.map(({ token, evidence }) => [token.id, evidence])).toEqual([
    ["npm/a/token/1", { environments: ["production", "staging"] }],
    ["npm/b/token/2", { environments: ["production", "staging"] }],
  ]);
  expect(explained.stdout).toContain("fail: stands in production, staging");
  expect(explained.stdout).toContain("environment  staging (tokenward.yaml:6; the source says test)");
});

it("explain tells who the owner is and which line says so", async () => {
  const cwd = await laid("explained", { "people.csv": files["people.csv"].replace("active", "terminated") });

  const { stdout } = await run({ cwd, args: ["explain", "owner-suspended-or-deleted/npm/a/token/1", ...clock] });

  expect(stdout).toMatch(/^owner +build, b@acme\.test, a team, deleted \(tokenward\.yaml:3\)$/m);
  expect(stdout).toMatch(/^acts as +mona, deleted \(people\.csv:2\)$/m);
});

it("config shows what is said of owners, with the lines", async () => {
  const { stdout } = await run({ cwd: await laid("shown"), args: ["config"] });

  expect(stdout).toMatch(/owners\.mapping +1 rule +tokenward\.yaml:3/);
  expect(stdout).toMatch(/owners\.directory +people\.csv +tokenward\.yaml:3/);
  expect(stdout).toContain("production for label stage=prod");
  expect(stdout).toContain("staging for account b, whatever the source says");
});

it("an inventory holds what the source told, and judging it gives the same findings", async () => {
  const cwd = await laid("collected");

  const { stdout } = await run({ cwd, args: ["collect"] });
  const judged = await run({
    cwd,
    stdin: stdout,
    args: ["judge", "-", ...clock, "--fail-on", "never", "--format", "json"],
  });

  expect(stdout).not.toContain("build");
  const ids = (text: string) => (JSON.parse(text) as Told).findings.map(({ policy, token }) => `${policy} ${token.id}`);
  expect(ids(judged.stdout)).toEqual(ids((await check(cwd)).stdout));
});

it("hostile names reach no terminal and no prototype", async () => {
  const hostile = "\u001b[31m__proto__\u202e";
  const cwd = await laid("hostile", {
    "people.csv": `login,state,team\n${hostile},active,"::error::${hostile}"\nconstructor,gone,"@SUM(1)"\n`,
    "tokens.csv": `${header}npm/token,c,1,x,,human,constructor,,,\nnpm/token,c,2,y,,human,${hostile},,,\n`,
  });

  for (const format of ["table", "csv", "github", "markdown"]) {
    const { code, stdout } = await run({ cwd, args: ["check", ...clock, "--fail-on", "never", "--format", format] });
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b[31m_");
    expect(stdout).not.toMatch(/(^|,)"?[=@]SUM/m);
  }
});
