import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { findOpa } from "../../src/judge/opa.ts";
import { differences } from "../agreement/differences.ts";
import { type Outcome, repository, run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const page = await readFile(`${repository}docs/own-policies.md`, "utf8");
const scratch = await realpath(await scratchFolder());
const { path: opa } = await findOpa(process.env);
const instant = ["--as-of", "2030-01-01T00:00:00Z"];
const place = "policies/contracts/contractor_lifetime.rego";

/** Files that the page tells its reader to write: `… in \`path\`:`, then a block. */
const files = Object.fromEntries(
  [...page.matchAll(/, in `([^`]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path, text]) => [path ?? "", text ?? ""]),
);
const policy = files[place] ?? "";
/** Commands that it shows, with what they print. */
const shown = [...page.matchAll(/^```text\n\$ (.*)\n([\s\S]*?)^```$/gm)].map(([, command = "", output = ""]) => ({
  command,
  output,
}));

/** A folder with what the page says, and with changes. */
async function company(name: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
  return laidOut(join(scratch, name), { ...files, ...changes });
}

/** A cache of its own, and an OPA unless there is to be none. */
function tokenward(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return run({ args, cwd, env: { TOKENWARD_CACHE: join(cwd, "cache"), TOKENWARD_OPA: opa, ...env } });
}

const NO_OPA = { TOKENWARD_OPA: "/nowhere/opa", PATH: "" };
const check = ["check", ...instant, "--format", "json"];

/** Who failed, as policy and token. */
function failures({ stdout }: Outcome): string[] {
  const { findings } = JSON.parse(stdout) as {
    findings: { policy: string; verdict: string; token: { name: string } }[];
  };
  return findings.filter(({ verdict }) => verdict === "fail").map((one) => `${one.policy}: ${one.token.name}`);
}

describe("the page, followed to the letter from an empty folder,", () => {
  const cwd = join(scratch, "page");

  beforeAll(async () => {
    await company("page");
  });

  it("has four files, a check and a test, a judgement and a look at the policy", () => {
    expect(Object.keys(files)).toEqual(["tokens.csv", "tokenward.yaml", place, place.replace(".rego", "_test.rego")]);
    expect(shown.map(({ command }) => command.split(" ").slice(0, 3).join(" "))).toEqual([
      "tokenward policy check",
      "tokenward policy test",
      "tokenward check --as-of",
      "tokenward policy show",
    ]);
  });

  it.each(shown)("shows what is printed: $command", async ({ command, output }) => {
    const { stdout, stderr } = await tokenward(command.split(" ").slice(1), cwd);

    for (const part of output.split(/^…$/m)) expect(`\n${stdout}${stderr}`).toContain(part.trimEnd());
  });

  it("has a policy and tests that OPA's formatter would leave alone", async () => {
    expect((await promisify(execFile)(opa, ["fmt", "--list", "policies"], { cwd })).stdout).toBe("");
  });

  it("shows numbers that a configuration may state", async () => {
    const numbers = /^```yaml\n(parameters:[\s\S]*?)^```$/m.exec(page)?.[1] ?? "";
    const stated = await company("numbers", { "tokenward.yaml": `${files["tokenward.yaml"]}${numbers}` });

    const { code, stdout } = await tokenward(["policy", "show", "contractor-lifetime"], stated);

    expect(code).toBe(0);
    expect(stdout).toMatch(/max_lifetime +60d +tokenward\.yaml:8:/);
    expect(stdout).toMatch(/github\/fine-grained-pat +max_lifetime +14d +tokenward\.yaml:11:/);
  });

  it("shows the error that a clock is refused with", async () => {
    const text = /^```text\n(error: [\s\S]*?)^```$/m.exec(page)?.[1] ?? "-";
    const clock = policy.replace("input.facts.lifetime > limit\n", "time.now_ns() > limit\n");
    const { code, stderr } = await tokenward(check, await company("clock", { [place]: clock }));

    expect(code).toBe(2);
    expect(stderr.replace(join(scratch, "clock"), "/home/mira/company")).toContain(text);
  });

  it("names every built-in whose evaluators are known to differ", () => {
    const [, corners = ""] = page.split("## Where your tests and tokenward could differ");

    expect(differences.filter(({ builtin }) => !corners.includes(`\`${builtin}\``))).toEqual([]);
  });
});

describe("a policy of one's own", () => {
  it("is compiled once: the next run needs no OPA", async () => {
    const cwd = await company("twice");

    const without = await tokenward(check, cwd, NO_OPA);
    const first = await tokenward(check, cwd);
    const second = await tokenward(check, cwd, NO_OPA);

    expect({ code: without.code, stderr: without.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("[OPA_UNUSABLE]"),
    });
    expect(failures(first)).toEqual(["contractor-lifetime: deploy"]);
    expect(second).toEqual(first);
  });

  it("is compiled anew when its cache entry was damaged", async () => {
    const cwd = await company("damaged");
    const first = await tokenward(check, cwd);
    const [entry = ""] = await readdir(join(cwd, "cache"));
    await writeFile(join(cwd, "cache", entry, "policy.wasm"), "damaged");

    expect((await tokenward(check, cwd, NO_OPA)).code).toBe(2);
    expect(await tokenward(check, cwd)).toEqual(first);
    expect(await tokenward(check, cwd, NO_OPA)).toEqual(first);
  });

  it("judges from wherever the command is run", async () => {
    const cwd = await company("below");
    await mkdir(join(cwd, "deep/down"), { recursive: true });

    const outcome = await tokenward([...check, "--config", "../../tokenward.yaml"], join(cwd, "deep/down"));

    expect(failures(outcome)).toEqual(["contractor-lifetime: deploy"]);
  });

  it("can be switched off, and weighed otherwise", async () => {
    const settings = `${files["tokenward.yaml"]}  severity: { contractor-lifetime: critical }\n  disable: [idle]\n`;
    const { stdout } = await tokenward(
      ["config", "--format", "json"],
      await company("weighed", { "tokenward.yaml": settings }),
    );

    expect(stdout).toContain("contractor-lifetime");
  });
});

describe("a policy of one's own is refused, and nothing is judged,", () => {
  const other = (path: string, text: string) => ({ changes: { [path]: text } });
  it.each([
    {
      what: "with a misspelt field, at its line",
      ...other(place, policy.replace("input.facts.lifetime >", "input.facts.lifetme >")),
      told: `${place}:35:2: there is no input.facts.lifetme; did you mean input.facts.lifetime?\n    input.facts.lifetme > limit\n`,
    },
    {
      what: "with a misspelt parameter, at its line",
      ...other(place, policy.replace('").max_lifetime', '").max_lifetme')),
      told: `${place}:34: reads the parameter max_lifetme, which METADATA.params does not have`,
    },
    {
      what: "in the place of a shipped policy",
      ...other("policies/usage/idle.rego", policy),
      told: "policies/usage/idle.rego: ",
    },
    {
      what: "under the slug of a shipped policy",
      ...other(
        "policies/contracts/idle.rego",
        policy.replaceAll("contractor_lifetime", "idle").replaceAll("contractor-lifetime", "idle"),
      ),
      told: "another policy has the slug idle already",
    },
    {
      what: "with a library that claims a shipped package",
      ...other(
        "policies/lib/mine.rego",
        'package tokenward.lib.params\n\nimport rego.v1\n\nof("too-old") := {"max_age": 1}\n',
      ),
      told: "policies/lib/mine.rego: its package is tokenward.lib.params, but its place asks for tokenward.lib.mine",
    },
    {
      what: "where it would add to a shipped policy",
      ...other(
        "policies/lifetime.rego",
        `${policy.replace("contracts.contractor_lifetime", "lifetime").replace("category: contracts", "category: policies")}\nno_expiry.fail contains {"expires": 1}\n`,
      ),
      told: "policies/lifetime.rego: must stand at <category>/<name>.rego",
    },
    {
      what: "from a folder that is not there",
      ...other("tokenward.yaml", (files["tokenward.yaml"] ?? "").replace("[policies]", "[polices]")),
      told: "/polices: there is no such file or folder",
    },
    {
      what: "from a folder without any policy",
      ...other("tokenward.yaml", (files["tokenward.yaml"] ?? "").replace("[policies]", "[.github]")),
      told: "/.github: there is no policy in it",
    },
  ])("$what", async ({ what, changes, told }) => {
    const cwd = await company(what.replaceAll(" ", "-"), { ".github/notes.md": "", ...changes });

    const { code, stdout, stderr } = await tokenward(check, cwd);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/tokenward-\w{6}\/(?:policies|judge)/);
  });
});

it("the package holds all that an author needs, wherever it is installed", async () => {
  const { files: published } = JSON.parse(await readFile(`${repository}package.json`, "utf8")) as { files: string[] };
  const lib = join(scratch, "installed/lib");
  await cp(`${repository}policies/lib`, lib, { recursive: true, filter: (path) => !path.endsWith("_test.rego") });
  const cwd = await company("installed");

  const args = ["test", "--schema", `${repository}schemas`, lib, "policies"];

  expect(published).toEqual(expect.arrayContaining(["policies", "schemas", "!policies/**/*_test.rego"]));
  expect((await promisify(execFile)(opa, args, { cwd })).stdout).toBe("PASS: 4/4\n");
});
