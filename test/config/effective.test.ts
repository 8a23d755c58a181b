import { describe, expect, it } from "vitest";
import { configTable } from "../../src/cli/config.ts";
import { type Effective, effective } from "../../src/config/effective.ts";
import { resolveRules } from "../../src/config/parameters.ts";
import { about, configOf, type Surroundings } from "./given.ts";

async function effectiveOf(yaml: string, around: Surroundings = {}): Promise<Effective> {
  const config = await configOf(`version: 1\n${yaml}`, around);
  return effective(config, resolveRules(config, about.manifest, about.thresholds), about);
}

describe("every value in force is shown with its source", () => {
  it("for the simple values, each source of tokens and each folder", async () => {
    const values = await effectiveOf(
      "profile: strict\nsources: [{ use: workflows }, { use: file, path: a.csv }]\npolicies: { paths: [./policies] }\n",
      { env: { TOKENWARD_FAIL_ON: "low" }, flags: { allowIncomplete: true } },
    );

    expect(values).toMatchObject({
      file: "tokenward.yaml",
      profile: { value: "strict", source: "tokenward.yaml:2:10" },
      fail_on: { value: "low", source: "TOKENWARD_FAIL_ON" },
      allow_incomplete: { value: true, source: "flag --allow-incomplete" },
      sources: [
        { value: { use: "workflows" }, source: "tokenward.yaml:3:11" },
        { value: { use: "file", path: "a.csv" }, source: "tokenward.yaml:3:31" },
      ],
      paths: [{ value: "./policies", source: "tokenward.yaml:4:21" }],
    });
  });

  it("for what stands inside a setting of a source, secrets masked there too", async () => {
    const secret = ["gh", "p_", "a1B2".repeat(9)].join("");
    const values = await effectiveOf(
      `sources: [{ use: github, organization: acme, app: { id: 7, private_key: { file: "${secret}.pem" } } }]\n`,
    );

    const app = { id: 7, private_key: { file: "ghp_***" } };
    expect(values.sources.map(({ value }) => value)).toEqual([{ use: "github", organization: "acme", app }]);
    const table = configTable(values, 100).replaceAll(/\s+/g, " ");
    expect(table).toContain("github organization=acme app.id=7 app.private_key.file=ghp_*** tokenward.yaml:2:11");
  });

  it("for policies switched off or weighted, under whichever name", async () => {
    const values = await effectiveOf(
      "policies: { disable: [age], severity: { idle: low } }\nparameters: { no-owner: { applies: false } }\n",
    );

    expect(values.disabled).toEqual({
      "too-old": { source: "tokenward.yaml:2:23" },
      "no-owner": { source: "tokenward.yaml:3:36" },
    });
    expect(values.severity).toEqual({ idle: { value: "low", source: "tokenward.yaml:2:47" } });
  });

  it("for numbers, as the configuration would state them", async () => {
    const { parameters, kinds, exempt } = await effectiveOf("parameters: { too-many: { max_count: 5 } }\n");

    expect(parameters).toMatchObject({
      "too-old": { max_age: { value: "90d", source: "built-in" } },
      "too-many": { max_count: { value: 5, source: "tokenward.yaml:2:38" } },
      "job-write": { allowed: { value: ["checks", "statuses"], source: "built-in" } },
    });
    expect(kinds["kubernetes/bound-token"]).toEqual({ "too-old": { max_age: { value: "7d", source: "judgement" } } });
    expect(exempt).toEqual({ "aws/access-key": { "no-expiry": { source: "an access key has no expiry" } } });
  });
});

it("a secret in a path is not among them", async () => {
  const secret = `gh${"p_"}${"EXAMPLE".repeat(6)}`;
  const values = await effectiveOf(
    `sources: [{ use: file, path: "${secret}.csv" }, { use: workflows, paths: ["${secret}.yml"] }]\npolicies: { paths: ["./${secret}"] }\n`,
  );

  expect(values.sources.map(({ value }) => value)).toEqual([
    { use: "file", path: "ghp_***" },
    { use: "workflows", paths: ["ghp_***"] },
  ]);
  expect(values.paths.map(({ value }) => value)).toEqual(["./ghp_***"]);
});

describe("a general number that is looser than a kind's own", () => {
  it.each([
    { title: "is told where lower is stricter", yaml: "parameters: { too-old: { max_age: 60d } }", loosened: bound() },
    {
      title: "is told where higher is stricter",
      yaml: "parameters: { expires-soon: { within: 14d } }",
      loosened: { "npm/granular": { "expires-soon": { within: { value: "15d", source: "sourcify" } } } },
    },
    {
      title: "is nothing to tell where it is as strict",
      yaml: "parameters: { too-old: { max_age: 7d } }",
      loosened: {},
    },
    {
      title: "is nothing to tell where the kind has a number of the user's",
      yaml: "parameters: { too-old: { max_age: 60d } }\nkinds: { kubernetes/bound-token: { too-old: { max_age: 30d } } }",
      loosened: {},
    },
    { title: "is nothing to tell where nothing is stated", yaml: "profile: strict", loosened: {} },
    {
      title: "is told beside kinds that are judged after all",
      yaml: "parameters: { too-old: { max_age: 60d }, no-expiry: { applies: true } }",
      loosened: bound(),
    },
  ])("$title", async ({ yaml, loosened }) => {
    expect((await effectiveOf(`${yaml}\n`)).loosened).toEqual(loosened);
  });

  it("is told also where a kind is judged only because all are", async () => {
    const kinds = {
      "acme/app": { "too-old": { applies: false, source: "it is reviewed" } },
      "acme/badge": { "too-old": { max_age: "7d", source: "judgement" } },
    };
    const thresholds = { ...about.thresholds, kinds };
    const config = await configOf(
      "version: 1\nparameters: { too-old: { applies: true, max_age: 60d } }\nkinds: { acme/app: { too-old: { max_age: 5d } } }\n",
    );

    const { loosened } = effective(config, resolveRules(config, about.manifest, thresholds), { ...about, thresholds });

    expect(Object.keys(loosened)).toEqual(["acme/badge"]);
  });

  function bound() {
    return { "kubernetes/bound-token": { "too-old": { max_age: { value: "7d", source: "judgement" } } } };
  }
});

describe("the table", () => {
  const yaml = [
    "parameters:",
    "  too-old: { max_age: 60d, reason: targeted risk analysis 7 of all the keys that we hold, approved_by: ciso }",
    "kinds: { aws/access-key: { no-owner: { applies: false, reason: owned by role } } }",
    "sources: [{ use: file, path: inventory/exports/of/the/identity/system/*.csv }]",
    "",
  ].join("\n");

  it("aligns names, values and sources", async () => {
    const table = configTable(await effectiveOf(yaml), 80);

    expect(table).toContain(
      [
        "Configuration tokenward.yaml",
        "  profile              default       built-in",
        "  fail_on              high          built-in",
        "  allow_incomplete     false         built-in",
        "  sources[0]           file path=inventory/exports/of/the/identity/system/*.csv",
        "                                     tokenward.yaml:5:11",
        "",
        "Parameters for any kind",
        "  too-old.max_age      60d           tokenward.yaml:3:23; targeted risk analysis",
        "                                     7 of all the keys that we hold; approved by",
        "                                     ciso",
        "  idle.max_idle        7862401s      built-in",
      ].join("\n"),
    );
    expect(table).toContain(
      [
        "Parameters for aws/access-key",
        "  idle.max_idle        45d           CIS AWS 7.0 2.11",
        "  no-expiry            not judged    an access key has no expiry",
        "  no-owner             not judged    tokenward.yaml:4:49; owned by role",
      ].join("\n"),
    );
    expect(table).toContain(
      [
        "Stricter numbers that those for any kind replace; state them under `kinds` to",
        "keep them",
        "  too-old.max_age      60d           replaces 7d of kubernetes/bound-token",
        "",
        "Nothing is configured for 1 more kind: --all prints their numbers",
      ].join("\n"),
    );
  });

  it("has the numbers of other kinds only when asked", async () => {
    const values = await effectiveOf(yaml);

    expect(configTable(values, 80)).not.toContain("npm/granular");
    expect(configTable(values, 80, { all: true })).toContain(
      "Parameters for npm/granular\n  expires-soon.within  15d           sourcify\n",
    );
    expect(configTable(values, 80, { all: true })).not.toContain("--all");
  });

  it("names the kind that was probably meant by one that nothing else knows", async () => {
    const values = await effectiveOf(
      "kinds: { aws/acess-key: { idle: { max_idle: 1d } }, acme/badge: { idle: { max_idle: 1d } } }\n",
    );

    expect(values.stated_kinds).toEqual({ "aws/acess-key": { nearest: "aws/access-key" }, "acme/badge": {} });
    expect(configTable(values, 80)).toContain("Parameters for aws/acess-key; did you mean aws/access-key?\n");
    expect(configTable(values, 80)).toContain("Parameters for acme/badge\n");
  });

  it("counts the kinds that would fill a page, unless asked for all", async () => {
    const values = await effectiveOf("parameters: { too-old: { max_age: 60d } }\n");
    const without = { value: "7d", source: "judgement" };
    const kinds = Array.from({ length: 7 }, (_, index) => [`a/${index}`, { "too-old": { max_age: without } }]);
    const many = { ...values, loosened: Object.fromEntries(kinds) };

    expect(configTable(many, 200)).toContain(
      "replaces 7d of a/0, 7d of a/1, 7d of a/2, 7d of a/3, 7d of a/4, and 2 more",
    );
    expect(configTable(many, 200, { all: true })).toContain("7d of a/5, 7d of a/6\n");
  });

  it.each([80, 100, 120])("keeps to %i columns", async (width) => {
    const table = configTable(await effectiveOf(yaml), width);

    expect(Math.max(...table.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it("prints nothing that a terminal would obey", async () => {
    const table = configTable(await effectiveOf('sources: [{ use: file, path: "a\\e[2J\\nb" }]\n'), 80);

    expect(table).toContain("a\\u001b[2J b");
  });
});
