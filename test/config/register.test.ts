import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entriesIn, readRegister } from "../../src/config/register.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { folderWith } from "./given.ts";

const entry = (over: object = {}): object => ({ token: "t/1", owner: "team-a", purpose: "deploys", ...over });
const fileOf = (...tokens: unknown[]) => JSON.stringify({ version: 1, tokens });
const faultsOf = (text: string) =>
  entriesIn(text, "tokens.yaml").faults.map(({ position: { line, column }, text }) => `${line}:${column} ${text}`);

async function refusal(folder: string, path: string): Promise<TokenwardError> {
  return readRegister({ path: join(folder, path), from: "--register" }, folder).then(
    () => expect.unreachable("it was read"),
    (error: unknown) => (error instanceof TokenwardError ? error : Promise.reject(error)),
  );
}

describe("a register is refused", () => {
  it.each([
    { what: "without an owner", over: { owner: undefined }, fault: 'the key "owner" is missing' },
    { what: "without a purpose", over: { purpose: undefined }, fault: 'the key "purpose" is missing' },
    { what: "with no token", over: { token: {} }, fault: "at least one of id, kind, account, name, principal" },
    { what: "with an empty owner", over: { owner: "" }, fault: "not empty" },
    { what: "with a month", over: { max_lifetime: "3mo" }, fault: 'tokens[0].max_lifetime: "3mo" has no fixed length' },
    { what: "with a length without unit", over: { rotate_every: "90" }, fault: "90 has no unit" },
    { what: "with a day in no calendar", over: { review_by: "2030-02-30" }, fault: "expected a date" },
    {
      what: "with a block that is none",
      over: { network: ["10.0.0.0/33"] },
      fault: 'network[0]: "10.0.0.0/33" is no CIDR',
    },
    { what: "with one scope for a list", over: { scopes: "read" }, fault: "expected a list" },
    {
      what: "with a slip of the fingers",
      over: { purpos: "x" },
      fault: 'unknown key "purpos"; did you mean "purpose"?',
    },
    { what: "with a pattern too long", over: { token: { id: "*".repeat(1_025) } }, fault: "at most 1024 characters" },
  ])("$what", ({ over, fault }) => {
    const { entries, faults } = entriesIn(fileOf(entry(), entry(over)), "tokens.yaml");

    expect(faults.map(({ text }) => text)).toEqual([expect.stringContaining(fault.replace("tokens[0]", "tokens[1]"))]);
    expect(entries).toEqual([]);
  });

  it("with all that is wrong at once, each with line and column", () => {
    const text =
      "version: 1\ntokens:\n  - token: a\n    owner: b\n    max_lifetime: soon\n  - token: {}\n    owner: b\n    purpose: c\n";

    expect(faultsOf(text)).toEqual([
      '3:5 tokens[0]: the key "purpose" is missing; the keys here are token, owner, contact, purpose, environment, scopes, resources, network, max_lifetime, rotate_every, consumers, review_by, labels',
      expect.stringMatching(/^6:12 tokens\[1\]\.token: expected a mapping with at least one of/),
      '5:19 tokens[0].max_lifetime: "soon" is no duration; write 90d, 8h, 30m, 2w or P90D',
    ]);
  });

  it("with the faults of all files of a folder, in the order of their names", async () => {
    const folder = await folderWith({});
    await mkdir(join(folder, "tokens"));
    await writeFile(join(folder, "tokens", "b.yml"), fileOf(entry({ owner: 7 })));
    await writeFile(join(folder, "tokens", "a.yaml"), `\n\n${fileOf(entry({ purpose: 7 }))}`);
    await writeFile(join(folder, "tokens", "c.yaml"), fileOf(entry()));

    const { code, message } = await refusal(folder, "tokens");

    expect(code).toBe("REGISTER_INVALID");
    expect(message.split("\n").slice(1)).toEqual([
      expect.stringMatching(/^tokens\/a\.yaml:3:\d+: tokens\[0\]\.purpose/),
      expect.stringMatching(/^tokens\/b\.yml:1:\d+: tokens\[0\]\.owner/),
    ]);
  });

  it.each([
    { what: "a file that is not there", path: "tokens.yaml", reason: "tokens.yaml (--register) cannot be read" },
    { what: "a folder without such files", path: "empty", reason: "the folder holds no *.yaml or *.yml file" },
  ])("that is $what", async ({ path, reason }) => {
    const folder = await folderWith({});
    await mkdir(join(folder, "empty"));

    const { code, message } = await refusal(folder, path);

    expect(code).toBe("REGISTER_UNREADABLE");
    expect(message).toContain(reason);
  });
});

describe("a register is read", () => {
  it("from a file, each entry with its line", async () => {
    const folder = await folderWith({
      "tokens.yaml": `version: 1\ntokens:\n  - ${JSON.stringify(entry())}\n  - ${JSON.stringify(entry())}\n`,
    });

    const entries = await readRegister({ path: join(folder, "tokens.yaml"), from: "--register" }, folder);

    expect(entries).toEqual([
      { ...entry(), by: "tokens.yaml:3" },
      { ...entry(), by: "tokens.yaml:4" },
    ]);
  });

  it("from the files of a folder in the order of their names, passing over all others", async () => {
    const folder = await folderWith({});
    await mkdir(join(folder, "tokens", "deeper.yaml"), { recursive: true });
    for (const name of ["b.yml", "a.yaml", ".c.yaml", "notes.md"])
      await writeFile(join(folder, "tokens", name), fileOf(entry({ purpose: name })));

    const entries = await readRegister({ path: join(folder, "tokens"), from: "--register" }, folder);

    expect(entries.map(({ by, purpose }) => [by, purpose])).toEqual([
      ["tokens/a.yaml:1", "a.yaml"],
      ["tokens/b.yml:1", "b.yml"],
    ]);
  });

  it("without the secret that somebody put there", () => {
    const secret = `ghp_${"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"}`;

    expect(JSON.stringify(entriesIn(fileOf(entry({ purpose: `uses ${secret}` })), "tokens.yaml"))).not.toContain(
      secret,
    );
  });

  it("with twenty thousand entries", () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      entry({ token: `t/${index}`, scopes: ["read", "write"] }),
    );

    expect(entriesIn(fileOf(...many), "tokens.yaml").entries).toHaveLength(20_000);
  });
});
