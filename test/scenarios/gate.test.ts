import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "../support/command.ts";
import { sarifFaults } from "../support/sarif.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const BROAD =
  "name: Release\non: push\npermissions: write-all\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const PLACE = ".github/workflows/release.yml";
const AT_MOST = 3;

const shell = promisify(execFile);
const scratch = await scratchFolder();
const commands = (page: string) => /^```sh\n(npm pack [^`]*)^```$/m.exec(page)?.[1]?.trimEnd().split("\n") ?? [];
const told = await Promise.all(
  ["docs/ci.md", "README.md"].map(async (page) => commands(await readFile(join(repository, page), "utf8"))),
);
const [told0 = []] = told;

/** A machine without a network, on which whoever follows the page has made a name for themselves with git. */
const machine = {
  PATH: `${join(scratch, "global/bin")}:${process.env.PATH ?? ""}`,
  HOME: scratch,
  npm_config_prefix: join(scratch, "global"),
  npm_config_offline: "true",
  npm_config_update_notifier: "false",
  // Built it is already; to build it again would take it from under the other tests.
  npm_config_ignore_scripts: "true",
  ...{ GIT_AUTHOR_NAME: "mona", GIT_AUTHOR_EMAIL: "mona@acme.example" },
  ...{ GIT_COMMITTER_NAME: "mona", GIT_COMMITTER_EMAIL: "mona@acme.example" },
};

/** As a runner starts a step, with both streams in its log. */
async function step(script: string, cwd: string, env = {}): Promise<{ code: number; log: string }> {
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", `exec 2>&1; ${script}`];
  return shell("bash", args, { cwd, env: { ...machine, ...env } }).then(
    ({ stdout }) => ({ code: 0, log: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, log: stdout }),
  );
}

/** From an empty repository, by the commands of the page alone, to what a runner checks out of the branch that they push. */
async function pushed(system: string): Promise<string> {
  const cwd = await laidOut(join(scratch, system, "shop"), { [PLACE]: BROAD });
  await symlink(repository, join(scratch, system, "tokenward"));
  await step("git init -q --bare ../origin.git; git init -q -b main; git remote add origin ../origin.git", cwd);
  for (const command of told0) {
    const { code, log } = await step(command.replace("--ci github", `--ci ${system}`), cwd);
    expect(code, `${command}\n${log}`).toBe(0);
  }
  await step("git clone -q -b judge-tokens ../origin.git ../checkout", cwd);
  return join(scratch, system, "checkout");
}

/** Runs scripts one after the other; the first that fails is the last, as where no condition says otherwise. */
async function played(scripts: readonly string[], cwd: string, env = {}): Promise<{ code: number; log: string }> {
  let all = { code: 0, log: "" };
  for (const script of scripts) {
    if (all.code !== 0) break;
    const { code, log } = await step(script, cwd, env);
    all = { code, log: all.log + log };
  }
  return all;
}

const fileAt = (folder: string, path: string) => readFile(join(folder, path), "utf8");

it("takes three commands at the most, the same on every page", () => {
  expect(told0.length).toBeGreaterThan(0);
  expect(told0.length).toBeLessThanOrEqual(AT_MOST);
  expect(told).toEqual([told0, told0]);
});

describe("the pull request that a new user opens on GitHub", () => {
  interface Step {
    run?: string;
    if?: string;
    with?: Record<string, string>;
  }
  let checkout: string;
  let steps: Step[];
  let judged: { code: number; log: string };
  let always: { code: number; log: string };

  beforeAll(async () => {
    checkout = await pushed("github");
    const workflow = parse(await fileAt(checkout, ".github/workflows/tokenward.yml")) as {
      on: object;
      jobs: { tokenward: { steps: Step[] } };
    };
    expect(workflow.on).toHaveProperty("pull_request");
    steps = workflow.jobs.tokenward.steps;
    await writeFile(join(scratch, "summary.md"), "");
    const runner = {
      ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "pull_request", GITHUB_REPOSITORY: "acme/shop" },
      ...{ GITHUB_REF: "refs/pull/1/merge", GITHUB_SHA: "c".repeat(40), GITHUB_WORKSPACE: checkout },
      GITHUB_STEP_SUMMARY: join(scratch, "summary.md"),
    };
    const scripts = (isAlways: boolean) =>
      steps.flatMap(({ run = "", if: when = "" }) => (run && when.includes("!cancelled()") === isAlways ? [run] : []));
    judged = await played(scripts(false), checkout, runner);
    always = await played(scripts(true), checkout, runner);
  });

  it("fails, with an annotation on the line that asks for too much", () => {
    expect(judged.code, judged.log).toBe(1);
    expect(judged.log).toMatch(/^::error file=\.github\/workflows\/release\.yml,line=3,.*workflow-write-all/m);
    expect(judged.log).toMatch(/exit 1 \(fail on high\)$/m);
  });

  it("has a summary", async () => {
    expect(always.code, always.log).toBe(0);
    expect(await readFile(join(scratch, "summary.md"), "utf8")).toMatch(/^## tokenward: failed, 1 finding/);
  });

  it("finds every file that a later step hands over, and SARIF that names the line", async () => {
    const named = steps.flatMap(({ if: when = "" }) => /hashFiles\('([^']+)'\)/.exec(when)?.[1] ?? []);
    const sarif = steps.find((one) => one.with?.sarif_file)?.with?.sarif_file ?? "none";

    expect(named.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
    expect(named).toContain(sarif);
    expect(sarifFaults(await fileAt(checkout, sarif))).toEqual([]);
    expect(await fileAt(checkout, sarif)).toContain(`"uri":"${PLACE}"`);
  });
});

it("fails a merge request on GitLab, whose Code Quality names the line", async () => {
  const checkout = await pushed("gitlab");
  const { include } = parse(await fileAt(checkout, ".gitlab-ci.yml")) as { include: [{ local: string }] };
  const { tokenward } = parse(await fileAt(checkout, include[0].local)) as {
    tokenward: { script: string[]; artifacts: { reports: { codequality: string; sast: string } } };
  };

  const { code, log } = await played(tokenward.script, checkout, { CI: "true", GITLAB_CI: "true" });

  const { codequality, sast } = tokenward.artifacts.reports;
  expect(code, log).toBe(1);
  expect(JSON.parse(await fileAt(checkout, codequality))).toMatchObject([
    { check_name: "workflow-write-all", location: { path: PLACE, lines: { begin: 3 } } },
  ]);
  expect(JSON.parse(await fileAt(checkout, sast))).toMatchObject({ vulnerabilities: [{}] });
});

it("fails a run on Azure, with an error at the line", async () => {
  const checkout = await pushed("azure");
  const { steps } = parse(await fileAt(checkout, "azure-pipelines-tokenward.yml")) as { steps: { script?: string }[] };

  const { code, log } = await played(
    steps.flatMap(({ script = [] }) => script),
    checkout,
    { TF_BUILD: "True" },
  );

  expect(code, log).toBe(1);
  expect(log).toMatch(/^##vso\[task\.logissue type=error;sourcepath=\.github\/workflows\/release\.yml;linenumber=3;/m);
  expect(existsSync(join(checkout, "tokenward.xml"))).toBe(true);
});
