import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Flags, loadConfig } from "../../src/config/load.ts";
import { about, configOf, faultsOf, folderWith, linesOf } from "./given.ts";

const FILE = "version: 1\nprofile: relaxed\nfail_on: low\nallow_incomplete: true\n";

describe("flags and variables are held to the same words as the file", () => {
  it.each<{ title: string; env?: Record<string, string>; flags?: Flags; line: string }>([
    {
      title: "a profile that is none",
      env: { TOKENWARD_PROFILE: "strickt" },
      line: 'TOKENWARD_PROFILE: expected one of strict, default, relaxed, precision, found the text "strickt"; did you mean "strict"?',
    },
    {
      title: "a severity in capitals",
      env: { TOKENWARD_FAIL_ON: "HIGH" },
      line: 'TOKENWARD_FAIL_ON: expected one of low, medium, high, critical, never, found the text "HIGH"; did you mean "high"?',
    },
    {
      title: "a yes for true",
      env: { TOKENWARD_ALLOW_INCOMPLETE: "yes" },
      line: 'TOKENWARD_ALLOW_INCOMPLETE: expected one of true, false, found the text "yes"',
    },
    {
      title: "a variable that a flag would have overruled",
      env: { TOKENWARD_PROFILE: "fast" },
      flags: { profile: "strict" },
      line: 'TOKENWARD_PROFILE: expected one of strict, default, relaxed, precision, found the text "fast"',
    },
    {
      title: "an empty flag",
      flags: { failOn: "" },
      line: 'flag --fail-on: expected one of low, medium, high, critical, never, found the text ""',
    },
  ])("$title", async ({ env = {}, flags = {}, line }) => {
    expect(await faultsOf(FILE, { env, flags })).toEqual([line]);
  });

  it("masks what looks like a secret", async () => {
    const secret = `gh${"p_"}${"EXAMPLE0".repeat(5)}`;

    const [line] = await faultsOf(FILE, { env: { TOKENWARD_PROFILE: secret } });

    expect(line).not.toContain(secret);
  });
});

describe("flags win over variables, variables over the file, the file over what is built in", () => {
  it.each<{ title: string; yaml?: string; env?: Record<string, string>; flags?: Flags; values: object }>([
    {
      title: "nothing said",
      values: {
        profile: { value: "default", source: "built-in" },
        failOn: { value: "high", source: "built-in" },
        allowIncomplete: { value: false, source: "built-in" },
      },
    },
    {
      title: "only the file",
      yaml: FILE,
      values: {
        profile: { value: "relaxed", source: "tokenward.yaml:2:10" },
        failOn: { value: "low", source: "tokenward.yaml:3:10" },
        allowIncomplete: { value: true, source: "tokenward.yaml:4:19" },
      },
    },
    {
      title: "variables too",
      yaml: FILE,
      env: { TOKENWARD_PROFILE: "strict", TOKENWARD_FAIL_ON: "never", TOKENWARD_ALLOW_INCOMPLETE: "false" },
      values: {
        profile: { value: "strict", source: "TOKENWARD_PROFILE" },
        failOn: { value: "never", source: "TOKENWARD_FAIL_ON" },
        allowIncomplete: { value: false, source: "TOKENWARD_ALLOW_INCOMPLETE" },
      },
    },
    {
      title: "flags too",
      yaml: FILE,
      env: { TOKENWARD_PROFILE: "strict", TOKENWARD_FAIL_ON: "never", TOKENWARD_ALLOW_INCOMPLETE: "false" },
      flags: { profile: "precision", failOn: "critical", allowIncomplete: true },
      values: {
        profile: { value: "precision", source: "flag --profile" },
        failOn: { value: "critical", source: "flag --fail-on" },
        allowIncomplete: { value: true, source: "flag --allow-incomplete" },
      },
    },
    {
      title: "variables set to nothing",
      yaml: FILE,
      env: { TOKENWARD_PROFILE: "", TOKENWARD_FAIL_ON: "", TOKENWARD_ALLOW_INCOMPLETE: "" },
      values: {
        profile: { value: "relaxed", source: "tokenward.yaml:2:10" },
        failOn: { value: "low", source: "tokenward.yaml:3:10" },
        allowIncomplete: { value: true, source: "tokenward.yaml:4:19" },
      },
    },
  ])("$title", async ({ yaml = "version: 1\n", env = {}, flags = {}, values }) => {
    expect(await configOf(yaml, { env, flags })).toMatchObject(values);
  });
});

describe("sources", () => {
  it("are the workflows where the run stands, without a file", async () => {
    const cwd = await folderWith();

    const config = await loadConfig({ cwd, env: {}, flags: {} });

    expect(config).toMatchObject({ file: null, stated: {} });
    expect(config.sources).toEqual({ source: "built-in", value: [{ source: { use: "workflows" }, root: cwd }] });
  });

  it("are the workflows beside a file that names none", async () => {
    const folder = await folderWith({ "ci/tokenward.yaml": "version: 1\n" });

    const { sources } = await loadConfig({ cwd: folder, env: {}, flags: { config: "ci/tokenward.yaml" } });

    expect(sources).toEqual({
      source: "built-in",
      value: [{ source: { use: "workflows" }, root: join(folder, "ci") }],
    });
  });

  it("are those of the file, each with its place and relative to the file", async () => {
    const folder = await folderWith({
      "ci/tokenward.yaml": "version: 1\nsources:\n  - use: workflows\n  - use: file\n    path: a.csv\n",
      "app/x": "",
    });

    const { sources } = await loadConfig({
      cwd: join(folder, "app"),
      env: { TOKENWARD_CONFIG: "../ci/tokenward.yaml" },
      flags: {},
    });

    const [root, uri] = [join(folder, "ci"), "../ci/tokenward.yaml"];
    expect(sources).toEqual({
      source: `${uri}:3:3`,
      value: [
        { root, source: { use: "workflows" }, position: { uri, line: 3, column: 5 } },
        { root, source: { use: "file", path: "a.csv" }, position: { uri, line: 4, column: 5 } },
      ],
    });
  });

  it("are none where the file says so", async () => {
    const { sources } = await configOf("version: 1\nsources: []\n");

    expect(sources).toEqual({ source: "tokenward.yaml:2:10", value: [] });
  });
});

describe("what the file states on policies", () => {
  it("is kept as written, with a place for each node", async () => {
    const { stated, locate } = await configOf(
      "version: 1\nparameters:\n  too-old: { max_age: 60d }\npolicies:\n  disable: [idle]\n",
    );

    expect(stated).toEqual({ parameters: { "too-old": { max_age: "60d" } }, policies: { disable: ["idle"] } });
    expect(locate("/parameters/too-old/max_age")).toEqual({ uri: "tokenward.yaml", line: 3, column: 23 });
    expect(locate("/parameters/too-old/max_age", true)).toEqual({ uri: "tokenward.yaml", line: 3, column: 14 });
    expect(locate("/policies/disable/0")).toEqual({ uri: "tokenward.yaml", line: 5, column: 13 });
  });

  it("has the place of its nearest ancestor where it is not written", async () => {
    const { locate } = await configOf("version: 1\nparameters:\n  too-old: { max_age: 60d }\n");

    expect(locate("/parameters/too-old/reason")).toEqual({ uri: "tokenward.yaml", line: 3, column: 12 });
    expect(locate("/kinds/a~1b")).toEqual({ uri: "tokenward.yaml", line: 1, column: 1 });
  });

  it("is checked against the policies too, as soon as anything is wrong", async () => {
    const yaml = "version: 1\nprofle: strict\nparameters:\n  too-olld: { max_age: 90 }\n  idle: { max_idle: 90 }\n";

    expect(await faultsOf(yaml, { about })).toEqual([
      'tokenward.yaml:2:1: unknown key "profle"; did you mean "profile"?',
      'tokenward.yaml:4:3: unknown policy "too-olld"; did you mean "too-old"?',
      "tokenward.yaml:5:21: parameters.idle.max_idle: 90 has no unit; write 90d for days or 90h for hours",
    ]);
  });

  it("does not ask for the policies while all is well", async () => {
    const cwd = await folderWith({ "tokenward.yaml": FILE });
    const never = () => Promise.reject(new Error("asked"));

    await expect(loadConfig({ cwd, env: {}, flags: {}, about: never })).resolves.toMatchObject({
      file: "tokenward.yaml",
    });
    await expect(linesOf(loadConfig({ cwd, env: {}, flags: { config: "none" }, about: never }))).rejects.toMatchObject({
      code: "CONFIG_UNREADABLE",
    });
  });
});
