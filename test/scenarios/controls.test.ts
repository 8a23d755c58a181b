import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ControlCoverage } from "../../src/report/controls.ts";
import { type Outcome, run } from "../support/command.ts";
import { laidOut, readingTokens, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const cwd = join(scratch, "acme");
const tokens = `kind,native_id,account,owner,status,created,rotated,expires,last_used,scopes,reach
github/fine-grained-pat,1,acme,team-data,active,2029-12-01T00:00:00Z,never,2030-03-01T00:00:00Z,2029-12-31T00:00:00Z,read contents,single
github/fine-grained-pat,2,acme,team-data,active,2029-12-01T00:00:00Z,never,,2029-12-31T00:00:00Z,read contents,single
`;
const off = `policies:
  disable: [admin-scope, all-resources, privilege-escalation, root-key, toxic-combination, unknown-scope, wildcard-scope]
`;

function tokenward(...args: string[]): Promise<Outcome> {
  return run({ args, cwd });
}

async function controls(...args: string[]): Promise<ControlCoverage[]> {
  const { stdout } = await tokenward("controls", "report.json", "--format", "json", ...args);
  return (JSON.parse(stdout) as { controls: ControlCoverage[] }).controls;
}

describe("T22: what a run says of a framework's controls", () => {
  beforeAll(async () => {
    await laidOut(cwd, { "tokens.csv": tokens, "tokenward.yaml": readingTokens + off });
    await tokenward("check", "--as-of", "2030-01-01T00:00:00Z", "--report", "json=report.json", "--allow-incomplete");
  });

  it("is nothing where no policy gave a verdict: they are off, apply to no token, or do not exist", async () => {
    const states = Object.fromEntries(
      (await controls("--framework", "owasp-nhi")).map((one) => [one.control, one.state]),
    );

    expect(states).toMatchObject({ NHI5: "never judged", NHI6: "never judged", NHI2: "no policy", NHI9: "no policy" });
  });

  it("names each policy that was not judged, with the reason", async () => {
    const [nhi5] = (await controls("--framework", "owasp-nhi-2025")).filter(({ control }) => control === "NHI5");

    expect(Object.fromEntries(nhi5?.policies.map(({ id, never_judged }) => [id, never_judged]) ?? [])).toEqual({
      "admin-scope": "switched off",
      "all-resources": "switched off",
      "privilege-escalation": "switched off",
      "root-key": "switched off",
      "toxic-combination": "switched off",
      "unknown-scope": "switched off",
      "wildcard-scope": "switched off",
      "collector-overprivileged": "not applicable to any token",
      "exceeds-register": "not applicable to any token",
      "no-network-restriction": "not applicable to any token",
      "org-wide-secret": "not applicable to any token",
      "stale-write-scope": "not applicable to any token",
      "third-party-app-broad": "not applicable to any token",
      "workflow-default-permissions": "not applicable to any token",
      "workflow-job-write": "not applicable to any token",
      "workflow-write-all": "not applicable to any token",
    });
  });

  it("is unknown, not pass, where one verdict is, and counts verdicts that were given only", async () => {
    const [nhi7] = (await controls("--framework", "owasp-nhi")).filter(({ control }) => control === "NHI7");

    expect(nhi7).toMatchObject({ state: "unknown", verdicts: { pass: 8, fail: 0, unknown: 4 } });
  });

  it("never comes as a score or a share", async () => {
    const { stdout } = await tokenward("controls", "report.json");
    const { stdout: document } = await tokenward("controls", "report.json", "--format", "json");

    expect(stdout + document).not.toMatch(/%|score|percent|compliant/i);
    expect(stdout).toMatch(/NHI5 +never judged +- +- +- +Overprivileged NHI: not applicable to/);
    expect(stdout).toMatch(/NHI2 +no policy +- +- +- +Secret Leakage\n/);
    expect(stdout).toMatch(/CC6\.3 +pass in part +2 +0 +0 +idle; not applicable to /);
  });

  it("needs a framework that a policy serves", async () => {
    const { code, stderr } = await tokenward("controls", "report.json", "--framework", "owasp-nih");

    expect(code).toBe(2);
    expect(stderr).toContain('no policy serves a control of "owasp-nih"');
    expect((await tokenward("policy", "list", "--framework", "owasp-nih")).code).toBe(2);
  });

  it("lists the policies of a framework, whatever its version", async () => {
    const { stdout } = await tokenward("policy", "list", "--framework", "pci-dss", "--category", "rotation");

    expect(stdout).toMatch(
      /^POLICY +SEVERITY +CATEGORY +CONTROLS +TITLE\n(?:.*\n)*?rotation-overdue +medium +rotation +8\.6\.3 +Token/,
    );
    const rows = stdout.split("\n").filter((line) => /^[a-z]/.test(line));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatch(/^[a-z-]+ +\w+ +rotation +8\.6\.3 /);
  });
});
