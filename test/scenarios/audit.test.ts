import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditRun } from "../../src/model/documents.gen.ts";
import { isValid } from "../../src/model/validate.ts";
import { type Outcome, run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const cwd = await scratchFolder();
const HOSTILE = "<img src=x onerror=alert(1)>";
const record = (id: string, owner: string) =>
  `- { kind: npm/granular, account: acme, native_id: ${JSON.stringify(id)}, name: ${JSON.stringify(id)}, owner: ${owner}, principal: { type: service, id: bot }, status: active, created: 2029-12-01T00:00:00Z, expires: never, grants: [] }\n`;

const config = "version: 1\nsources: [{ use: file, path: tokens.yaml }]\n";
const audit = (day: string, more: readonly string[] = []): Promise<Outcome> =>
  run({ cwd, args: ["audit", "--as-of", `${day}T00:00:00Z`, "--allow-incomplete", ...more] });
const page = (path: string) => readFile(join(cwd, "audits", path), "utf8");

async function runOf(folder: string): Promise<AuditRun> {
  const value: unknown = JSON.parse(await page(`${folder}/run.json`));
  if (!isValid("audit", value)) throw new Error(`${folder}/run.json is not as its schema says`);
  return value;
}

let first: Outcome;
let second: Outcome;

beforeAll(async () => {
  await laidOut(cwd, { "tokenward.yaml": config, "tokens.yaml": record("gone", "none") + record("kept", "team") });
  first = await audit("2030-01-01");
  await writeFile(join(cwd, "tokens.yaml"), record("kept", "none") + record(HOSTILE, "none"));
  second = await audit("2030-01-02", ["--report", "csv", "--report", "sarif"]);
});

describe("a first audit", () => {
  it("ends as check would, and says where it is", async () => {
    const check = await run({ cwd, args: ["check", "--as-of", "2030-01-01T00:00:00Z", "--allow-incomplete"] });

    expect(first.code).not.toBe(2);
    expect(first.stdout).toBe("audits/2030-01-01T000000Z/index.html: There is no audit before to compare with\n");
    expect([0, 1]).toContain(check.code);
  });

  it("keeps evidence that can be verified, and four reports, for its owner only", async () => {
    const verified = await run({ cwd, args: ["verify", "audits/2030-01-01T000000Z/evidence"] });
    const folder = join(cwd, "audits/2030-01-01T000000Z");

    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("all the same") });
    expect((await readdir(folder)).sort()).toEqual([
      ...["evidence", "index.html", "report.html", "report.json", "report.md", "report.owners.md", "run.json"],
    ]);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

describe("the next audit", () => {
  it("leads with what changed", async () => {
    const { changes } = await runOf("2030-01-02T000000Z");

    expect(second.stdout).toMatch(
      /: Findings: \d+ new, \d+ resolved.*; tokens: .*1 appeared, 1 vanished, 1 changed\b.*\n$/,
    );
    expect(changes.since).toBe("2030-01-01T000000Z");
    expect(changes.tokens?.changes?.map(({ id, changes: [change] }) => `${change} ${id.slice(0, 23)}`)).toEqual([
      ...["appeared npm/acme/granular/%3Cim", "vanished npm/acme/granular/gone", "changed npm/acme/granular/kept"],
    ]);
    expect(changes.findings?.changes?.map(({ token, policy, change }) => `${change} ${policy} ${token}`)).toEqual(
      expect.arrayContaining(["new no-owner npm/acme/granular/kept", "resolved no-owner npm/acme/granular/gone"]),
    );
    const text = await page("2030-01-02T000000Z/index.html");
    expect(text.indexOf("What changed")).toBeLessThan(text.indexOf("How it stands"));
  });

  it("writes the reports that were chosen", async () => {
    const { reports } = await runOf("2030-01-02T000000Z");

    expect(reports.map(({ file }) => file)).toEqual(["report.csv", "report.sarif"]);
  });

  it("is listed with the first, for people and for programs", async () => {
    const { runs } = JSON.parse(await page("index.json")) as { runs: AuditRun[] };

    expect(runs.map(({ folder }) => folder)).toEqual(["2030-01-01T000000Z", "2030-01-02T000000Z"]);
    expect(await page("index.html")).toMatch(/2030-01-02T000000Z\/index\.html[\s\S]*2030-01-01T000000Z\/index\.html/);
  });

  it.each(["index.html", "2030-01-02T000000Z/index.html"])(
    "%s holds no markup of others and loads nothing",
    async (path) => {
      const text = await page(path);

      expect(text).toContain("default-src 'none'");
      expect(text).not.toContain("<img");
      expect(text).not.toMatch(/<script|<link|\bsrc=(?!x)|https?:/);
    },
  );
});

describe("an audit is refused and leaves nothing", () => {
  it.each([
    { what: "there is one of this instant", more: [], says: "AUDIT_PRESENT" },
    { what: "a report is of no format", more: ["--report", "pdf"], says: "Write one of" },
    { what: "none should stay", more: ["--keep", "0"], says: "whole number" },
    { what: "its configuration is not there", more: ["--config", "none.yaml"], says: "CONFIG_UNREADABLE" },
    { what: "its folder is a file", more: ["--dir", "tokenward.yaml"], says: "OUTPUT_FAILED" },
  ])("where $what", async ({ more, says }) => {
    const before = await readdir(join(cwd, "audits"));

    const outcome = await audit("2030-01-02", more);

    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
    expect(await readdir(join(cwd, "audits"))).toEqual(before);
  });
});

describe("with --keep", () => {
  it("only whole runs of ours go, and only once there is a new one", async () => {
    const dir = join(cwd, "audits");
    await laidOut(dir, { "2029-01-01T000000Z/notes.md": "", "notes.md": "", "2029-06-01/run.json": "{}" });
    await mkdir(join(cwd, "elsewhere"), { recursive: true });
    await symlink(join(cwd, "elsewhere"), join(dir, "2029-02-01T000000Z"));
    await writeFile(join(dir, "2030-01-01T000000Z/signed-off.txt"), "by the auditor");
    await audit("2030-01-03", ["-q"]);

    const { stderr, stdout } = await audit("2030-01-04", ["--keep", "1"]);

    expect((await readdir(dir)).filter((name) => !name.startsWith("."))).toEqual([
      ...["2029-01-01T000000Z", "2029-02-01T000000Z", "2029-06-01", "2030-01-01T000000Z", "2030-01-04T000000Z"],
      ...["index.html", "index.json", "notes.md"],
    ]);
    expect(stderr).toContain("not removed: audits/2030-01-01T000000Z");
    expect(stdout).toContain("Nothing changed");
  });

  it("an audit before that was damaged is told, and loses nothing else", async () => {
    await writeFile(join(cwd, "audits/2030-01-04T000000Z/evidence/report.json"), "");

    const { stdout } = await audit("2030-01-05");

    expect(stdout).toBe(
      "audits/2030-01-05T000000Z/index.html: Nothing is compared: the audit before, 2030-01-04T000000Z, cannot be read: evidence/report.json:1:1 is not JSON, so it is no saved report\n",
    );
  });

  it("an audit before whose run.json was damaged is not passed over for one still earlier", async () => {
    await writeFile(join(cwd, "audits/2030-01-05T000000Z/run.json"), '{ "schema_version": 2 }');

    const { stdout, stderr } = await audit("2030-01-05", ["--as-of", "2030-01-05T12:00:00Z"]);

    expect(stdout).toContain(
      "Nothing is compared: the audit before, 2030-01-05T000000Z, cannot be read: its run.json is of version 2",
    );
    expect(stderr).toContain("not listed: audits/2030-01-05T000000Z, because its run.json is of version 2, 1 is read");
    expect(await page("index.html")).not.toContain('href="2030-01-05T000000Z');
  });

  it("an audit before that was incomplete makes nothing new or unchanged that it did not read", async () => {
    await writeFile(join(cwd, "tokenward.yaml"), config.replace("}]", "}, { use: file, path: more.yaml }]"));
    await audit("2030-01-07");
    await writeFile(join(cwd, "more.yaml"), record("more", "team"));

    const { stdout } = await audit("2030-01-08");

    expect(stdout).toMatch(/tokens: 1 unknown/);
    expect(stdout).not.toMatch(/\d (?:new|appeared)/);
    expect(stdout).toContain("\nThe old run is incomplete: what it did not read cannot be compared\n");
    await writeFile(join(cwd, "tokenward.yaml"), config);
  });
});

it("what a killed audit left is swept away, and its lock does not stop the next", async () => {
  await laidOut(join(cwd, "audits"), {
    ".tokenward-tmp-audit-abc123/half.json": "",
    ".tokenward-lock": `${JSON.stringify({ pid: 2 ** 30, host: (await import("node:os")).hostname() })}\n`,
  });

  const { code } = await audit("2030-01-06", ["-q"]);

  expect(code).not.toBe(2);
  expect((await readdir(join(cwd, "audits"))).filter((name) => name.startsWith("."))).toEqual([]);
});
