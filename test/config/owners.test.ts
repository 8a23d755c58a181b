import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { readOwners } from "../../src/config/owners.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { faultsOf, folderWith } from "./given.ts";

async function read(files: Record<string, string | Uint8Array>, within = ".") {
  const folder = await folderWith(files);
  const cwd = join(folder, within);
  await mkdir(cwd, { recursive: true });
  const config = await loadConfig({ cwd, env: {}, flags: { config: join(folder, "tokenward.yaml") } });
  return readOwners(config, cwd);
}

async function refusal(files: Record<string, string | Uint8Array>): Promise<string[]> {
  const error: unknown = await read(files).then(
    () => expect.unreachable("it was read"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TokenwardError) || error.code !== "OWNERS_INVALID") throw error;
  return error.message.split("\n").slice(1);
}

const yaml = (...lines: string[]) => `version: 1\n${lines.join("\n")}\n`;

describe("the configuration is refused", () => {
  it.each([
    {
      what: "without anything of owners",
      lines: ["owners: {}"],
      fault: "at least one of codeowners, mapping, directory",
    },
    { what: "with a directory that only is complete", lines: ["owners: { complete: true }"], fault: "directory" },
    {
      what: "with a state that is none",
      lines: ["owners: { directory: d.csv, states: { leave: away } }"],
      fault: 'owners.states.leave: expected one of active, suspended, gone, unknown, found the text "away"',
    },
    {
      what: "with a rule without a team",
      lines: ["owners: { mapping: [{ token: { id: a } }] }"],
      fault: 'the key "team" is missing',
    },
    {
      what: "with a rule for nothing",
      lines: ["owners: { mapping: [{ token: {}, team: a }] }"],
      fault: "at least one of id, kind, account, name, principal, label, resource",
    },
    {
      what: "with a slip of the fingers",
      lines: ["environments: [{ token: { acount: a }, environment: b }]"],
      fault: 'did you mean "account"?',
    },
    {
      what: "with an environment that is empty",
      lines: ['environments: [{ token: { id: a }, environment: "" }]'],
      fault: "not empty",
    },
    {
      what: "with a pattern too long",
      lines: [
        `environments: [{ token: { id: ${"*".repeat(1_025)} }, environment: b }]`
          .replace("id: *", 'id: "*')
          .replace(" }, env", '" }, env'),
      ],
      fault: "at most 1024",
    },
  ])("$what", async ({ lines, fault }) => {
    expect(await faultsOf(yaml(...lines))).toEqual([expect.stringContaining(fault)]);
  });
});

it("tells the faults of all files at once, each with its file and line", async () => {
  const lines = await refusal({
    "tokenward.yaml": yaml("owners:", "  codeowners: CODEOWNERS", "  mapping: o.yaml", "  directory: gone.csv"),
    CODEOWNERS: "* @mona\n* lisa\n",
    "o.yaml": "version: 1\nowners:\n  - token: { id: a }\n    teem: b\n",
  });

  expect(lines).toEqual([
    expect.stringMatching(/^CODEOWNERS:2: "lisa" is no owner/),
    expect.stringMatching(/^o\.yaml:3:\d+: owners\[0\]: the key "team" is missing/),
    expect.stringMatching(/^o\.yaml:4:\d+: unknown key "teem"; did you mean "team"\?/),
    expect.stringMatching(/^tokenward\.yaml:5:14: gone\.csv \(tokenward\.yaml:5:14\) cannot be read: /),
  ]);
});

it.each([
  { what: "UTF-16", bytes: Buffer.from("\uFEFFlogin,state\nmona,active\n", "utf16le"), fault: "not UTF-8 but UTF-16" },
  {
    what: "Latin-1",
    bytes: Buffer.from("login,state\nm\u00f6na,active\n", "latin1"),
    fault: "people.csv:2: not UTF-8",
  },
])("refuses $what", async ({ bytes, fault }) => {
  const files = { "tokenward.yaml": yaml("owners: { directory: people.csv }"), "people.csv": bytes };

  expect(await refusal(files)).toEqual([expect.stringContaining(fault)]);
});

describe("what is said of owners is read", () => {
  it("from every file, each entry with its place", async () => {
    const intent = await read({
      "tokenward.yaml": yaml(
        "owners:",
        "  codeowners: .github/CODEOWNERS",
        "  mapping: o.yaml",
        "  directory: people.csv",
        "  complete: true",
        "environments:",
        "  - { token: { account: a* }, environment: production }",
      ),
      ".github/CODEOWNERS": "*.yml @acme/build\n",
      "o.yaml": 'version: 1\nowners:\n  - { token: t/1, team: platform, contact: "#platform" }\n',
      "people.csv": "login,state\nmona,gone\n",
    });

    expect(intent).toEqual({
      owners: {
        mapping: [{ token: "t/1", team: "platform", contact: "#platform", by: "o.yaml:3" }],
        codeowners: {
          uri: ".github/CODEOWNERS",
          root: "",
          here: "",
          isAnywhere: false,
          rules: [{ pattern: "*.yml", owner: "@acme/build", line: 1 }],
        },
        directory: { uri: "people.csv", isComplete: true, people: [{ line: 2, login: "mona", state: "deleted" }] },
      },
      environments: [{ token: { account: "a*" }, environment: "production", by: "tokenward.yaml:8" }],
    });
  });

  it("from rules in the configuration itself", async () => {
    const { owners } = await read({
      "tokenward.yaml": yaml("owners:", "  mapping:", "    - { token: { principal: bot-* }, team: build }"),
    });

    expect(owners).toEqual({ mapping: [{ token: { principal: "bot-*" }, team: "build", by: "tokenward.yaml:4" }] });
  });

  it.each([
    { path: "CODEOWNERS", within: "apps/shop", root: "../..", here: "apps/shop", isAnywhere: false },
    { path: "repo/docs/CODEOWNERS", within: ".", root: "repo", here: "..", isAnywhere: false },
    { path: ".gitlab/CODEOWNERS", within: ".", root: "", here: "", isAnywhere: true },
    { path: "src/CODEOWNERS", within: ".", root: "src", here: "..", isAnywhere: false },
  ])("knows where $path stands as seen from $within", async ({ path, within, root, here, isAnywhere }) => {
    const files = { "tokenward.yaml": yaml(`owners: { codeowners: ${path} }`), [path]: "* @mona\n" };

    const { owners } = await read(files, within);

    expect(owners?.codeowners).toMatchObject({ root, here, isAnywhere });
  });

  it("as nothing where the configuration says nothing", async () => {
    expect(await read({ "tokenward.yaml": yaml("fail_on: low") })).toEqual({});
  });
});
