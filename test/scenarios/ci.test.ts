import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { codeScanning } from "../support/code-scanning.ts";
import { main, repository, run } from "../support/command.ts";
import { loopback } from "../support/loopback.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();

const broad = {
  ".github/workflows/release.yml":
    "name: Release\non: push\npermissions: write-all\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
};

describe("init --ci", () => {
  it.each([
    { system: "github", more: [], path: ".github/workflows/tokenward.yml" },
    { system: "gitlab", more: [], path: ".gitlab/tokenward.yml" },
    { system: "azure", more: [], path: "azure-pipelines-tokenward.yml" },
    { system: "github", more: ["--nightly"], path: ".github/workflows/tokenward-nightly.yml" },
    { system: "gitlab", more: ["--nightly"], path: ".gitlab/tokenward-nightly.yml" },
    { system: "azure", more: ["--nightly"], path: "azure-pipelines-tokenward-nightly.yml" },
  ])("writes $path for $system $more, and a configuration where there is none", async ({ system, more, path }) => {
    const cwd = await laidOut(join(scratch, `init-${system}${more.length}`), {});

    const { code, stdout } = await run({ args: ["init", "--ci", system, ...more, "--package", "./tools/t.tgz"], cwd });

    expect({ code, first: stdout.split("\n")[0] }).toEqual({
      code: 0,
      first: expect.stringContaining("tokenward.yaml"),
    });
    expect(stdout).toContain(`wrote ${path}; `);
    const text = await readFile(join(cwd, path), "utf8");
    expect(text).toMatch(/npm install --global --omit=optional (?:\.\/tools\/t\.tgz|"\$PACKAGE")/);
    expect(text).toContain("./tools/t.tgz");
    expect(() => parse(text)).not.toThrow();
  });

  it.each([["--stdout"], []])("refuses --nightly without a CI system and writes nothing, %j", async (...more) => {
    const cwd = await laidOut(join(scratch, `nightly-alone${more.length}`), {});

    const { code, stdout, stderr } = await run({ args: ["init", "--nightly", ...more], cwd });

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("add --ci with one of github, gitlab, azure");
    expect(await readdir(cwd)).toEqual([]);
  });

  it("asks in its workflow for no more than our own policies allow", async () => {
    const cwd = await laidOut(join(scratch, "own-gate"), {});
    await run({ args: ["init", "--ci", "github"], cwd });
    await run({ args: ["init", "--ci", "github", "--nightly"], cwd });

    const { code, stdout } = await run({ args: ["check", "--fail-on", "low"], cwd });

    expect(code, stdout).toBe(0);
    expect(stdout).toContain("2 tokens");
  });

  it("says what the pipeline installs where it is a name that a registry has to know", async () => {
    const cwd = await laidOut(join(scratch, "named"), {});

    const { stdout } = await run({ args: ["init", "--ci", "azure"], cwd });

    expect(stdout).toMatch(/^its pipeline installs tokenward@.*--package$/m);
  });

  it.each([
    { what: "that is there", source: "./t.tgz", told: "installs ./t.tgz; commit that file too" },
    { what: "that npm takes for a file", source: "t.tgz", told: "installs t.tgz; commit that file too" },
    { what: "that is not there", source: "./tools/t.tgz", told: "installs ./tools/t.tgz, which is not there yet" },
    { what: "of this machine alone", source: "../t.tgz", told: "installs ../t.tgz, which is not in this repository" },
    { what: "of this machine alone", source: "/t.tgz", told: "installs /t.tgz, which is not in this repository" },
  ])("says what is left to do with a file $what: $source", async ({ source, told }) => {
    const cwd = await laidOut(join(scratch, `file-${source.replaceAll("/", "-")}`), { "t.tgz": "" });

    const { stdout } = await run({ args: ["init", "--ci", "github", "--package", source], cwd });

    expect(stdout).toContain(`its pipeline ${told}`);
  });

  it("brings what includes GitLab's pipeline, or names the line where there is such a file", async () => {
    const [none, mine] = [{}, { ".gitlab-ci.yml": "mine: {}\n" }];
    const empty = await laidOut(join(scratch, "gitlab-empty"), none);
    const taken = await laidOut(join(scratch, "gitlab-taken"), mine);

    const first = await run({ args: ["init", "--ci", "gitlab"], cwd: empty });
    const second = await run({ args: ["init", "--ci", "gitlab"], cwd: taken });

    expect(first.stdout).toContain("wrote .gitlab-ci.yml");
    expect(parse(await readFile(join(empty, ".gitlab-ci.yml"), "utf8"))).toEqual({
      include: [{ local: ".gitlab/tokenward.yml" }],
    });
    expect(second.stdout).toContain("add `- local: .gitlab/tokenward.yml` to its `include`");
    expect(await readFile(join(taken, ".gitlab-ci.yml"), "utf8")).toBe("mine: {}\n");
  });

  it.each([
    { what: "has no workflows", files: {}, isTold: true },
    { what: "has workflows", files: broad, isTold: false },
    { what: "is configured", files: { "tokenward.yaml": "version: 1\n" }, isTold: false },
  ])("warns of a run without anything to read only where it would be one: the repository $what", async (given) => {
    const cwd = await laidOut(join(scratch, `readable ${given.what}`), given.files as Record<string, string>);

    const { stdout } = await run({ args: ["init", "--ci", "azure"], cwd });

    expect(stdout.includes("there are no workflows to read here")).toBe(given.isTold);
  });

  it("refuses a folder below the root of a repository, where no CI system would look", async () => {
    const root = await laidOut(join(scratch, "below"), { ".git/HEAD": "ref: refs/heads/main\n", "shop/README.md": "" });

    const { code, stderr } = await run({ args: ["init", "--ci", "github"], cwd: join(root, "shop") });

    expect(code).toBe(2);
    expect(stderr).toContain("the root of the repository is ..");
    expect(await readdir(join(root, "shop"))).toEqual(["README.md"]);
  });

  it("overwrites nothing", async () => {
    const files = { ".gitlab/tokenward.yml": "mine", "tokenward.yaml": "version: 1\n" };
    const cwd = await laidOut(join(scratch, "taken"), files);

    const { code, stderr } = await run({ args: ["init", "--ci", "gitlab"], cwd });

    expect(code).toBe(2);
    expect(stderr).toContain(".gitlab/tokenward.yml");
    expect(await readFile(join(cwd, ".gitlab/tokenward.yml"), "utf8")).toBe("mine");
    expect(await readFile(join(cwd, "tokenward.yaml"), "utf8")).toBe("version: 1\n");
  });

  it.each(["a; rm -rf b", "$(id)", "a b", ""])(
    "refuses %j as the package, because a shell would read it",
    async (source) => {
      const { code, stderr } = await run({
        args: ["init", "--ci", "github", "--package", source, "--stdout"],
        cwd: scratch,
      });

      expect(code).toBe(2);
      expect(stderr).toContain("PACKAGE_SOURCE");
    },
  );
});

describe("action.yml", () => {
  interface Step {
    id?: string;
    if?: string;
    run: string;
    shell: string;
    env?: Record<string, string>;
  }
  const action = async () =>
    parse(await readFile(join(repository, "action.yml"), "utf8")) as { runs: { steps: Step[] } };
  const values = {
    "github.action_path": repository.replace(/\/$/, ""),
    "inputs.reports": "out",
    "inputs.working-directory": ".",
  };

  async function judged(folder: string, files: Record<string, string>, inputs: Record<string, string> = {}) {
    const step = (await action()).runs.steps.find(({ id }) => id === "check");
    const cwd = await laidOut(join(scratch, folder), files);
    await mkdir(join(cwd, "runner"));
    for (const name of ["output", "summary"]) await writeFile(join(cwd, "runner", name), "");
    const given = {
      ...values,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
    };
    const filled = (text: string) =>
      text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => (given as Record<string, string>)[name] ?? "");
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, filled(text)]));
    const runner = { GITHUB_OUTPUT: join(cwd, "runner/output"), GITHUB_STEP_SUMMARY: join(cwd, "runner/summary") };
    const outcome = await bash(step?.run ?? "", cwd, { ...env, ...runner });
    const [output = "", summary = ""] = await Promise.all(
      ["output", "summary"].map((name) => readFile(join(cwd, "runner", name), "utf8")),
    );
    return { ...outcome, output, summary };
  }

  it("runs what the build makes", async () => {
    expect(main).toBe(`${values["github.action_path"]}/dist/cli/main.js`);
  });

  it("annotates, sums up and fails a job with findings, and names its reports", async () => {
    const { code, stdout, output, summary } = await judged("action-broad", broad);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=\.github\/workflows\/release\.yml,line=3,/m);
    expect(summary).toMatch(/^## tokenward: failed/);
    expect(output).toBe("exit-code=1\nsarif=./out/tokenward.sarif\njson=./out/tokenward.json\n");
  });

  it("takes its inputs as flags are taken", async () => {
    const { code, output } = await judged("action-never", broad, { "fail-on": "never" });

    expect({ code, output: output.split("\n")[0] }).toEqual({ code: 0, output: "exit-code=0" });
  });

  it("names no SARIF after an incomplete run, and says so in the summary", async () => {
    const { code, output, summary } = await judged("action-incomplete", { ".github/workflows/a.yml": "a: [" });

    expect(code).toBe(3);
    expect(output).toBe("exit-code=3\njson=./out/tokenward.json\n");
    expect(summary).toMatch(/^## tokenward: incomplete/);
  });

  it("uploads where it is told to, also after findings, and not after an incomplete run", async () => {
    const { steps } = (await action()).runs;
    const [token, commit] = [["made", "up", "credential"].join("-"), "c".repeat(40)];
    const scanning = codeScanning({ token });
    const { base } = await loopback(scanning.handler);
    const { output } = await judged("action-upload", broad);
    const upload = steps.find(({ id }) => id === "upload");
    const sarif = /^sarif=(.*)$/m.exec(output)?.[1] ?? "";
    const env = {
      TOKENWARD_MAIN: main,
      ...{ TOKENWARD_SARIF: sarif, TOKENWARD_CATEGORY: "tokenward", TOKENWARD_GITHUB_TOKEN: token },
      ...{ GITHUB_REPOSITORY: "acme/shop", GITHUB_REF: "refs/heads/main", GITHUB_SHA: commit },
      GITHUB_API_URL: `${base}/api/v3`,
    };

    const { code } = await bash(upload?.run ?? "exit 99", join(scratch, "action-upload"), env);

    expect(code).toBe(0);
    expect(Object.keys(upload?.env ?? {}).every((name) => name in env)).toBe(true);
    expect(upload?.if).toContain("!cancelled() && inputs.upload == 'true' && steps.check.outputs.sarif != ''");
    expect(scanning.taken).toMatchObject([{ log: { runs: [{ automationDetails: { id: "tokenward/" } }] } }]);
  });

  it("builds with what the lock file names, the compilers for its platform included", async () => {
    const [build] = (await action()).runs.steps;

    expect(build?.run).toMatch(/^\s*npm ci --ignore-scripts --omit=peer$/m);
    expect(build?.run).not.toContain("--omit=optional");
  });

  it("puts no input into a script, only into its environment", async () => {
    const { steps } = (await action()).runs;

    expect(steps.filter(({ run: script }) => script.includes("${{"))).toEqual([]);
  });
});

/** As a runner starts the steps of `shell: bash`. */
function bash(script: string, cwd: string, env: Record<string, string>): Promise<{ code: number; stdout: string }> {
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  return new Promise((resolve) => {
    execFile(
      "bash",
      args,
      { cwd, env: { PATH: process.env.PATH ?? "", ...env }, timeout: 100_000 },
      (error, stdout) => {
        resolve({ code: error ? Number(error.code) : 0, stdout });
      },
    );
  });
}
