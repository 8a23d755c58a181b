import { execFile } from "node:child_process";
import { cp, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { findOpa } from "../../src/judge/opa.ts";
import { type Outcome, run } from "../support/command.ts";
import { laidOut, readingTokens, scratchFolder } from "../support/scratch.ts";

const scratch = await realpath(await scratchFolder());
const { path: opa } = await findOpa(process.env);
const NO_OPA = { TOKENWARD_OPA: "/nowhere/opa", PATH: "" };
const config = `${readingTokens}policies:\n  paths: [ours]\n`;
const place = "ours/contracts/contract_ended";

function tokenward(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return run({ args, cwd, env: { TOKENWARD_CACHE: join(cwd, "cache"), TOKENWARD_OPA: opa, ...env } });
}

const written = join(scratch, "written");
let folders = 0;

beforeAll(async () => {
  await laidOut(written, { "tokenward.yaml": config });
  expect((await tokenward(["policy", "new", "contracts/contract-ended"], written)).code).toBe(0);
});

/** A folder with a configuration, and with what `policy new` writes, changed. */
async function company(changes: Readonly<Record<string, (text: string) => string>> = {}): Promise<string> {
  folders += 1;
  const cwd = join(scratch, String(folders));
  await cp(written, cwd, { recursive: true });
  for (const [ending, change] of Object.entries(changes)) {
    const path = join(cwd, place + ending);
    await writeFile(path, change(await readFile(path, "utf8")));
  }
  return cwd;
}

describe("policy new", () => {
  it("writes a policy and tests that pass every check, cover every line and are formatted", async () => {
    const cwd = await company();

    const check = await tokenward(["policy", "check"], cwd);
    const test = await tokenward(["policy", "test"], cwd);

    expect(check).toEqual({ code: 0, stdout: "1 policy in ours without fault: contract-ended\n", stderr: "" });
    expect(test).toEqual({ code: 0, stdout: "4 tests: 4 pass; they reach 3 of 3 lines (100 %)\n", stderr: "" });
    expect((await promisify(execFile)(opa, ["fmt", "--list", "ours"], { cwd })).stdout).toBe("");
  });

  it("writes into the folder that is named, and then that is where to look", async () => {
    const cwd = await laidOut(join(scratch, "named"), {});

    const { code, stdout } = await tokenward(["policy", "new", "usage/seldom", "--dir", "mine"], cwd);

    expect(code).toBe(0);
    expect(stdout).toContain("wrote mine/usage/seldom.rego\nwrote mine/usage/seldom_test.rego\n");
    expect(stdout).toContain("policies.paths");
    expect((await tokenward(["policy", "test", "mine"], cwd)).code).toBe(0);
  });

  it.each([
    { name: "contracts/contract-ended", told: `${place}.rego is there already and is never overwritten` },
    { name: "contracts/idle", told: "the shipped policy idle has that slug" },
    { name: "lib/words", told: "lib is for libraries" },
    { name: "usage/a-test", told: "its file would be a test" },
    { name: "idle-too-long", told: "it is not of the form CATEGORY/SLUG" },
    { name: "../../etc/passwd", told: "it is not of the form CATEGORY/SLUG" },
    { name: "Usage/Idle", told: "it is not of the form CATEGORY/SLUG" },
    { name: "usage/1-day", told: "it is not of the form CATEGORY/SLUG" },
  ])("refuses $name", async ({ name, told }) => {
    const cwd = await company();
    const before = await readFile(join(cwd, `${place}.rego`), "utf8");

    const { code, stdout, stderr } = await tokenward(["policy", "new", name], cwd);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(await readFile(join(cwd, `${place}.rego`), "utf8")).toBe(before);
  });

  it.each(["new contracts/contract-ended", "check", "test"])("needs a folder: policy %s", async (command) => {
    const cwd = await laidOut(join(scratch, "unnamed"), {});

    const { code, stderr } = await tokenward(["policy", ...command.split(" ")], cwd);

    expect(code).toBe(2);
    expect(stderr).toContain("[POLICY_FOLDER_UNNAMED]");
  });
});

describe("policy check", () => {
  it("tells all faults at once: each with its file and line, the line itself and what was meant", async () => {
    const cwd = await company({
      ".rego": (text) =>
        text
          .replace("input.facts.age > limit", "input.facts.agge > limit\n\tunused := 1")
          .replace("severity: medium", "severity: urgent"),
    });

    const { code, stdout, stderr } = await tokenward(["policy", "check"], cwd);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.replaceAll(cwd, "")).toBe(`error: the policies do not compile:
/${place}.rego:33:2: rego_compile_error: assigned var unused unused
    unused := 1
/${place}.rego:32:2: there is no input.facts.agge; did you mean input.facts.age?
    input.facts.agge > limit
/${place}.rego: METADATA.severity must be one of low, medium, high, critical
  correct the lines named above [POLICY_INVALID]
`);
  });

  it("says what to use instead of a built-in that there is not", async () => {
    const cwd = await company({ ".rego": (text) => text.replace("> limit", "> limit\n\ttime.now_ns() > 0") });

    const { code, stderr } = await tokenward(["policy", "check", "ours"], cwd);

    expect(code).toBe(2);
    expect(stderr).toContain(
      `${place}.rego:33:2: rego_type_error: undefined function time.now_ns; use input.facts: age`,
    );
    expect(stderr).toContain("\n    time.now_ns() > 0\n");
  });

  it("needs an OPA", async () => {
    expect((await tokenward(["policy", "check"], await company(), NO_OPA)).code).toBe(2);
  });
});

describe("policy test", () => {
  it("tells which test failed where, with the values", async () => {
    const cwd = await company({ ".rego": (text) => text.replace("age > limit", "age >= limit") });

    const { code, stdout, stderr } = await tokenward(["policy", "test"], cwd);

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain(`FAIL  ${place}_test.rego:14  test_pass_exactly_at_the_limit\n  ${place}_test.rego:15:\n`);
    expect(stdout).toContain('contract_ended.fail: {{"age": 7776000, "max_age": 7776000}}');
    expect(stdout).toContain("4 tests: 3 pass, 1 fail; what they reach is measured once they pass\n");
  });

  it("tells the lines that no test reaches", async () => {
    const cwd = await company({ ".rego": (text) => `${text}\n_never if {\n\tinput.name == "x"\n}\n` });

    expect(await tokenward(["policy", "test"], cwd)).toEqual({
      code: 0,
      stdout: `NOT REACHED by any test\n  ${place}.rego:35-36\n\n4 tests: 4 pass; they reach 3 of 5 lines (60 %)\n`,
      stderr: "",
    });
  });

  it("gives the same to programs", async () => {
    const { stdout } = await tokenward(["policy", "test", "--format", "json"], await company());

    expect(JSON.parse(stdout)).toMatchObject({
      tests: [
        { name: "test_fail_one_second_past_the_limit", file: `${place}_test.rego`, line: 8, outcome: "pass" },
        {},
        {},
        {},
      ],
      coverage: { covered: 3, lines: 3, missed: [] },
    });
  });

  it.each([
    { what: "no test", change: () => "package empty_test\n", code: 1, told: "no tests in ours" },
    {
      what: "a test that cannot be read",
      change: (text: string) => text.replace("late := given", "late = = given"),
      code: 2,
      told: `${place}_test.rego:9:`,
    },
    {
      what: "a test that calls the network",
      change: (text: string) => `${text}\ntest_x if http.send({"method": "get", "url": "http://127.0.0.1:9/"})\n`,
      code: 2,
      told: "undefined function http.send",
    },
    {
      what: "a test that looks at the environment",
      change: (text: string) => `${text}\ntest_x if opa.runtime().env\n`,
      code: 2,
      told: "undefined function opa.runtime",
    },
    {
      what: "a test that never ends",
      change: (text: string) =>
        `${text}\ntest_x if {\n\tr := numbers.range(1, 10000)\n\tsome a in r\n\tsome b in r\n\tsome c in r\n\ta + b + c < 0\n}\n`,
      code: 1,
      told: "ERROR",
    },
  ])("ends with $code for $what", async ({ change, code, told }) => {
    const outcome = await tokenward(["policy", "test"], await company({ "_test.rego": change }));

    expect(outcome.code).toBe(code);
    expect(outcome.stdout + outcome.stderr).toContain(told);
  });

  it("needs an OPA, and a folder that is there", async () => {
    const cwd = await company();

    expect((await tokenward(["policy", "test"], cwd, NO_OPA)).code).toBe(2);
    expect((await tokenward(["policy", "test", "nowhere"], cwd)).stderr).toContain("[POLICY_FOLDER]");
  });
});
