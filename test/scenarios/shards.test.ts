import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Report } from "../../src/model/documents.gen.ts";
import { type Outcome, repository, run } from "../support/command.ts";
import { estate } from "../support/estates.ts";
import { laidOut, scratchFolder, withAcme } from "../support/scratch.ts";
import { shellWithTokenward } from "../support/shell.ts";

const scratch = await scratchFolder();
const instant = ["--as-of", "2030-01-01T00:00:00Z"];
const acme = ["--config", "examples/acme/tokenward.yaml", ...instant];
const into = (name: string) => [
  ...["--format", "json", "-o", `${name}.json`],
  ...["--report", `table=${name}.txt`],
  ...["--report", `ndjson=${name}.ndjson`],
  ...["--report", `sarif=${name}.sarif`],
];

const endings = ["json", "txt", "ndjson", "sarif"];

/** What a run gives when it is split: every part's outcome, and that of merging them, last part first. */
async function inShards(
  cwd: string,
  args: readonly string[],
  of: number,
): Promise<{ parts: Outcome[]; merged: Outcome }> {
  const names = Array.from({ length: of }, (_, before) => `${before + 1}-of-${of}`);
  const parts = await Promise.all(
    names.map((name, before) =>
      run({ cwd, args: [...args, "--shard", `${before + 1}/${of}`, "--format", "json", "-o", `${name}.json`] }),
    ),
  );
  const files = names.map((name) => `${name}.json`).toReversed();
  return { parts, merged: await run({ cwd, args: ["merge", ...files, ...into(`merged-${of}`)] }) };
}

const registerConfig = "version: 1\nregister: tokens.yaml\nsources:\n  - use: file\n    path: one.csv\n";
const registered = {
  "one.csv": `kind,native_id,name,account\n${["1", "2", "3", "4", "5", "1"].map((id) => `github/classic-pat,${id},deploy,acme\n`).join("")}`,
  "tokens.yaml": JSON.stringify({
    version: 1,
    tokens: [...["gone-1", "gone-2", "gone-3", "gone-4"], "1", "3"].map((id) => ({
      ...{ token: `github/acme/classic-pat/${id}`, owner: "team-a", purpose: "deploys", review_by: "2029-12-01" },
    })),
  }),
};

describe("a run in shards", () => {
  const odd = {
    "tokenward.yaml": `version: 1
sources:
  - use: workflows
    account: acme/shop
  - use: file
    path: "*.csv"
  - use: file
    path: none.json
  - use: file
    path: gone.csv
`,
    ".github/workflows/a.yml": "on: push\njobs: [\n",
    ".github/workflows/b.yml":
      "on: push\njobs:\n  ship: { runs-on: ubuntu-latest, permissions: write-all, steps: [] }\n",
    ".github/workflows/c.yml": "",
    ".github/workflows/d.yml": "on: push\njobs:\n  call: { uses: ./.github/workflows/nowhere.yml }\n",
    "one.csv": "kind,native_id,name,account\ngithub/pat,1,deploy,acme\ngithub/pat,2,build,acme\n,,,\n",
    "two.csv": "kind,native_id,name,account,created\ngithub/pat,2,again,acme,\ngithub/pat,3,late,acme,yesterday\n",
    "none.json": "[]",
  };

  const terms = "reason: r, owner: o, approver: a";
  const waivers = [
    "version: 1\nwaivers:",
    `  - { token: { id: "github/acme/*" }, policy: [no-expiry, no-owner, idle], ${terms}, expires: 2030-01-01 }`,
    `  - { token: { id: "*" }, policy: [too-old, never-used], ${terms}, expires: 2029-12-31 }`,
    `  - { token: github/acme/pat/9, policy: idle, ${terms}, expires: 2030-01-01 }\n`,
  ].join("\n");

  const known = (token: string, policy: string, severity = "critical") =>
    JSON.stringify({ token, policy, severity, accepted: "2029-12-01" });
  const entries = [
    ...["1", "2", "3", "gone"].map((id) => known(`github/acme/pat/${id}`, "no-owner", "unknown")),
    known("github/acme/pat/1", "unknown-scope", "unknown"),
    known("github/acme/shop/workflow-token/b.yml/ship", "workflow-write-all", "low"),
  ];
  const baseline = `{"version": 1, "entries": [\n${entries.join(",\n")}\n]}\n`;

  it.concurrent.each([
    { what: "the example company", of: 1 },
    { what: "the example company", of: 2 },
    { what: "the example company", of: 3 },
    { what: "the example company", of: 7 },
    {
      what: "findings in a baseline",
      of: 3,
      files: { ...odd, "tokenward.yaml": `${odd["tokenward.yaml"]}baseline: b.json\n`, "b.json": baseline },
    },
    {
      what: "findings that are waived",
      of: 3,
      files: { ...odd, "tokenward.yaml": `${odd["tokenward.yaml"]}waivers: w.yaml\n`, "w.yaml": waivers },
    },
    { what: "sources that are broken, empty, repeated and gone", of: 3, files: odd },
    { what: "a register", of: 3, files: { ...registered, "tokenward.yaml": registerConfig } },
    {
      what: "a register beside a source that is gone",
      of: 3,
      files: { ...registered, "tokenward.yaml": `${registerConfig}  - use: file\n    path: gone.csv\n` },
    },
    {
      what: "more shards than tokens",
      of: 5,
      files: { "tokenward.yaml": odd["tokenward.yaml"], "one.csv": odd["one.csv"] },
    },
    {
      what: "nothing",
      of: 2,
      files: { "tokenward.yaml": "version: 1\nsources: [{ use: workflows, account: acme/shop }]\n" },
    },
  ])("is that of one run, byte for byte: $what, $of", async ({ what, of, files }) => {
    const folder = join(scratch, `${what} ${of}`);
    const cwd = files ? await laidOut(folder, files) : await withAcme(folder);
    const args = ["check", ...(files ? instant : acme)];

    const whole = await run({ cwd, args: [...args, ...into("whole")] });
    const { parts, merged } = await inShards(cwd, args, of);

    expect(parts.filter(({ code }) => ![0, 1, 3].includes(code ?? -1))).toEqual([]);
    expect(merged.code).toBe(whole.code);
    expect(merged.stderr.replaceAll(`merged-${of}`, "whole")).toBe(whole.stderr);
    for (const ending of endings)
      expect(await written(cwd, `merged-${of}.${ending}`), ending).toBe(await written(cwd, `whole.${ending}`));
  });

  it.concurrent.each([1, 2, 3, 4, 5].map((of) => ({ of })))(
    "is that of one run, byte for byte, whatever it reads ($of)",
    async ({ of }) => {
      const cwd = await laidOut(join(scratch, `estate ${of}`), estate(100 + of));
      const args = ["check", ...instant, "--allow-incomplete"];

      const whole = await run({ cwd, args: [...args, ...into("whole")] });
      const { parts, merged } = await inShards(cwd, args, of);

      expect([...parts, whole].filter(({ code }) => ![0, 1].includes(code ?? -1))).toEqual([]);
      expect(merged.code).toBe(whole.code);
      for (const ending of endings)
        expect(await textIn(cwd, `merged-${of}.${ending}`), ending).toBe(await textIn(cwd, `whole.${ending}`));
    },
  );

  it("of an inventory that tells what its own sources gave is that of one run, as of the inventory's instant", async () => {
    const cwd = await withAcme(join(scratch, "inventory"));
    await run({ cwd, args: ["collect", ...acme, "-o", "acme.ndjson"] });
    const args = ["judge", "acme.ndjson", "--config", "examples/acme/tokenward.yaml"];

    const whole = await run({ cwd, args: [...args, ...into("whole")] });
    const { merged } = await inShards(cwd, args, 3);

    expect(merged).toEqual(whole);
    expect(await textIn(cwd, "merged-3.json")).toBe(await textIn(cwd, "whole.json"));
  });

  it("of an inventory that is read twice tells of every id that stands twice, in the order of reading", async () => {
    const cwd = await withAcme(join(scratch, "twice"));
    await run({ cwd, args: ["collect", ...acme, "-o", "acme.ndjson"] });
    const args = ["judge", "acme.ndjson", "acme.ndjson", "--no-config"];

    await run({ cwd, args: [...args, ...into("whole")] });
    await inShards(cwd, args, 3);

    expect(await textIn(cwd, "merged-3.json")).toBe(await textIn(cwd, "whole.json"));
  });

  it("shares out the tokens, each to one part, and tells in each which one it is", async () => {
    const cwd = await withAcme(join(scratch, "shared out"));
    await run({ cwd, args: ["check", ...acme, ...into("whole")] });
    await inShards(cwd, ["check", ...acme], 3);

    const parts = await Promise.all([1, 2, 3].map((index) => reportIn(cwd, `${index}-of-3.json`)));

    const { summary } = await reportIn(cwd, "whole.json");
    expect(parts.map(({ shard }) => shard)).toEqual([1, 2, 3].map((index) => ({ index, of: 3 })));
    expect(parts.filter(({ summary: { tokens } }) => tokens === 0 || tokens === summary.tokens)).toEqual([]);
    expect(parts.reduce((sum, part) => sum + part.summary.tokens, 0)).toBe(summary.tokens);
  });

  it("may be named by a variable, which the flag overrules", async () => {
    const cwd = await withAcme(join(scratch, "variable"));
    const env = { TOKENWARD_SHARD: "2/3" };
    const args = ["check", ...acme, "--format", "json"];

    const [named, overruled] = await Promise.all([
      run({ cwd, env, args }),
      run({ cwd, env, args: [...args, "--shard", "1/2"] }),
    ]);

    expect(JSON.parse(named.stdout)).toMatchObject({ shard: { index: 2, of: 3 } });
    expect(JSON.parse(overruled.stdout)).toMatchObject({ shard: { index: 1, of: 2 } });
  });

  it("says in the table of a part and in its last line which part it is, and that it may have got nothing", async () => {
    const cwd = await laidOut(join(scratch, "told"), {
      "tokenward.yaml": odd["tokenward.yaml"],
      "one.csv": odd["one.csv"],
    });
    const named = (shard: string) => run({ cwd, args: ["check", ...instant, "--shard", shard, "-o", "part.txt"] });

    const outcomes = [];
    for (const shard of ["1/9", "2/9", "3/9"]) {
      const { stderr } = await named(shard);
      outcomes.push({ shard, stderr, table: await textIn(cwd, "part.txt") });
    }

    for (const { shard, stderr, table } of outcomes) {
      expect(stderr).toMatch(new RegExp(`^shard ${shard}: \\d tokens?: `));
      expect(table.split("\n")[0]).toContain(` shard ${shard}: as of `);
    }
    expect(outcomes.map(({ table }) => table).join("")).toContain("No token is in this shard, so nothing was judged.");
    expect(outcomes.map(({ table }) => table).join("")).not.toContain("Nothing was collected");
  });

  it("writes no SARIF of one part, because code scanning would close the alerts of the others", async () => {
    const cwd = await withAcme(join(scratch, "no sarif"));

    const { stderr } = await run({ cwd, args: ["check", ...acme, "--shard", "1/2", "--report", "sarif=part.sarif"] });

    expect(stderr).toContain("not written: sarif to part.sarif");
    expect(existsSync(join(cwd, "part.sarif"))).toBe(false);
  });

  it.each([
    { what: "the flag", args: ["--shard", "0/4"], env: {}, told: "--shard <i/n>" },
    {
      what: "the variable",
      args: [],
      env: { TOKENWARD_SHARD: "5/4" },
      told: 'TOKENWARD_SHARD is "5/4", which is no shard',
    },
  ])("is refused with 2 where $what names none", async ({ args, env, told }) => {
    const { code, stdout, stderr } = await run({ cwd: scratch, env, args: ["check", "--no-config", ...args] });

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(told) });
  });
});

describe("merging", async () => {
  const cwd = await withAcme(join(scratch, "merging"));
  await inShards(cwd, ["check", ...acme], 3);
  for (const index of [1, 2, 3])
    await writeFile(join(cwd, `part-${index}.json`), await textIn(cwd, `${index}-of-3.json`));
  const part = ["check", ...acme, "--shard", "2/3", "--format", "json", "-o"];
  await run({ cwd, args: [...part, "strict.json", "--profile", "strict"] });
  await run({ cwd, args: [...part, "later.json", "--as-of", "2030-01-02T00:00:00Z"] });
  await run({ cwd, args: ["check", ...acme, "--format", "json", "-o", "whole.json"] });
  await writeFile(join(cwd, "cut.json"), (await textIn(cwd, "part-2.json")).slice(0, 1000));

  it.each([
    { what: "part is missing", parts: ["part-1.json", "part-3.json"], told: "missing: shard 2 of 3" },
    {
      what: "part is named twice",
      parts: ["part-1.json", "part-2.json", "part-3.json", "part-1.json"],
      told: "more than once: shard 1/3",
    },
    {
      what: "part has another profile",
      parts: ["part-1.json", "strict.json", "part-3.json"],
      told: "profile: strict in strict.json",
    },
    {
      what: "part has another configuration",
      parts: ["part-1.json", "strict.json", "part-3.json"],
      told: "configuration: ",
    },
    {
      what: "part was judged later",
      parts: ["part-1.json", "later.json", "part-3.json"],
      told: "as of: 2030-01-02T00:00:00Z in later.json",
    },
    {
      what: "report is of a whole run",
      parts: ["whole.json"],
      told: "whole.json tells of a whole run, not of a shard",
    },
  ])("ends with 3 and writes nothing where a $what", async ({ parts, told }) => {
    const { code, stdout, stderr } = await run({ cwd, args: ["merge", ...parts, "--report", "json=out/refused.json"] });

    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: "", stderr: expect.stringContaining(`\n  ${told}`) });
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it.each([
    { what: "is not there", parts: ["part-1.json", "gone.json"], told: "[REPORT_UNREADABLE]" },
    { what: "is cut off", parts: ["part-1.json", "cut.json"], told: "[REPORT_NOT_JSON]" },
    { what: "is something else", parts: ["part-1.json", "examples/acme/tokenward.yaml"], told: "[REPORT_NOT_JSON]" },
  ])("ends with 2 where a file $what", async ({ parts, told }) => {
    const { code, stdout, stderr } = await run({ cwd, args: ["merge", ...parts] });

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(told) });
  });

  it("ends with 2 where nothing is named", async () => {
    expect(await run({ cwd, args: ["merge"] })).toMatchObject({ code: 2, stdout: "" });
  });

  it("is refused as the page on shards shows", async () => {
    const page = await textIn(repository, "docs/shards.md");
    const [, command = "", shown = ""] = /^```text\n\$ tokenward (.*)\n([\s\S]*?)^```$/m.exec(page) ?? [];

    expect((await run({ cwd, args: command.split(" ") })).stderr).toBe(shown);
  });
});

interface Container {
  env: { value: string }[];
  args: [string];
}

interface Manifest {
  spec: { completions: number; completionMode: string; template: { spec: { containers: [Container] } } };
}

interface Workflow {
  jobs: { judge: { strategy: { matrix: { shard: number[] } }; steps: Step[] }; merge: { steps: Step[] } };
}

type Step = { run?: string };

describe("the example", async () => {
  const examples = join(repository, "examples/shards");
  const shell = await shellWithTokenward(scratch);
  const script = async (...asked: Parameters<typeof shell>) => (await shell(...asked)).code;

  it("on Kubernetes gives every shard a pod, and ends as one run would", async () => {
    const cwd = await withAcme(join(scratch, "kubernetes"));
    await run({ cwd, args: ["collect", ...acme, "-o", "inventory.ndjson"] });
    const whole = await run({ cwd, args: ["judge", "inventory.ndjson", ...into("whole")] });
    const judging = parse(await textIn(examples, "kubernetes/judge.yaml")) as Manifest;
    const merging = parse(await textIn(examples, "kubernetes/merge.yaml")) as Manifest;
    const { completions, completionMode, template } = judging.spec;
    const [{ env, args }] = template.spec.containers;
    const SHARDS = env[0]?.value ?? "";

    const pods = Array.from({ length: completions }, (_, index) =>
      script(cwd, args[0], { SHARDS, JOB_COMPLETION_INDEX: String(index) }),
    );
    const codes = await Promise.all(pods);
    const code = await script(cwd, merging.spec.template.spec.containers[0].args[0]);

    expect({ completionMode, SHARDS }).toEqual({ completionMode: "Indexed", SHARDS: String(completions) });
    expect(codes).toEqual(codes.map(() => 0));
    expect(code).toBe(whole.code);
    expect(await textIn(cwd, "report.json")).toBe(await textIn(cwd, "whole.json"));
  });

  it("on GitHub Actions gives every shard a job, and ends as one run would", async () => {
    const cwd = await withAcme(join(scratch, "matrix"));
    const env = { TOKENWARD_AS_OF: "2030-01-01T00:00:00Z", TOKENWARD_CONFIG: "examples/acme/tokenward.yaml" };
    const whole = await run({ cwd, env, args: ["check", ...into("whole")] });
    const { judge, merge } = (parse(await textIn(examples, ".github/workflows/tokens.yml")) as Workflow).jobs;
    const { shard: shards } = judge.strategy.matrix;

    const codes = await Promise.all(
      shards.map((shard) => script(cwd, commandIn(judge), { ...env, SHARD: `${shard}`, SHARDS: `${shards.length}` })),
    );
    const code = await script(cwd, commandIn(merge), env);

    expect(codes).toEqual(shards.map(() => 0));
    expect(code).toBe(whole.code);
    expect(await textIn(cwd, "tokenward.json")).toBe(await textIn(cwd, "whole.json"));
  });

  it("on GitHub Actions is a workflow that tokenward itself finds nothing against", async () => {
    const { code, stdout } = await run({ cwd: examples, args: ["check", "--no-config", "--fail-on", "low"] });

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("PASS  every policy") });
  });

  it.each([{ page: "docs/shards.md" }, { page: "examples/shards/README.md" }])(
    "is linked to nothing that is not there: $page",
    async ({ page }) => {
      const links = [...(await textIn(repository, page)).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, to = ""]) => to);

      expect(links.length).toBeGreaterThan(0);
      expect(links.filter((to) => !existsSync(resolve(repository, dirname(page), to)))).toEqual([]);
    },
  );
});

function commandIn({ steps }: { steps: Step[] }): string {
  return steps.map((step) => step.run ?? "").find((text) => /^tokenward /m.test(text)) ?? "exit 99";
}

async function reportIn(cwd: string, name: string): Promise<Pick<Report, "shard" | "summary">> {
  return JSON.parse(await textIn(cwd, name)) as Report;
}

/** An incomplete run writes no SARIF, merged or not. */
async function written(folder: string, name: string): Promise<string> {
  return existsSync(join(folder, name)) ? textIn(folder, name) : "not written";
}

function textIn(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), "utf8");
}
