import { describe, expect, it } from "vitest";
import { readOne } from "./reading.ts";

const record = "kind: npm/token\naccount: acme\nnative_id: ";
const item = (native: string): string => `- {kind: npm/token, account: acme, native_id: ${native}}\n`;

/** Nine lists of nine of the one before: a billion leaves if somebody unfolds them. */
const bomb = [
  "&a0 [x, x]",
  ...Array.from({ length: 9 }, (_, index) => `&a${index + 1} [${`*a${index}, `.repeat(9)}x]`),
];

describe("the file provider on YAML", () => {
  it.each([
    { what: "a tab as indentation", text: "kind: x\n\taccount: y\n", line: 2 },
    { what: "a bracket that stays open", text: `${item("n1")}- {kind: [\n`, line: 3 },
    { what: "an unknown tag", text: `- !secret {kind: npm/token}\n`, line: 1 },
    { what: "plain nonsense", text: "}{\n", line: 1 },
    { what: "nested brackets", text: "[".repeat(100_000), line: 1 },
    { what: "nested lists", text: `${"- ".repeat(20_000)}x`, line: 1 },
    {
      what: "nested mappings",
      text: Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      line: 64,
    },
    { what: "tokens that are no list", text: "tokens: 7\n", line: 1 },
  ])("tells of $what as failed, with its line, and reads nothing of that document", async ({ text, line }) => {
    const { tokens, coverage } = await readOne("a.yaml", text);

    expect(tokens).toEqual([]);
    expect(coverage[0]).toMatchObject({ outcome: "failed", location: { uri: "a.yaml", line } });
    expect(coverage[0]?.detail).toMatch(/^not valid YAML: /);
  });

  it.each([
    {
      what: "a bomb of aliases",
      text: `- labels:\n${bomb.map((line, index) => `    l${index}: ${line}`).join("\n")}\n`,
      says: "aliases unfold to too much",
      line: 3,
    },
    {
      what: "an alias inside itself",
      text: `- labels: &self\n    again: *self\n`,
      says: "aliases unfold to too much",
      line: 2,
    },
    {
      what: "a key twice",
      text: `- ${record.replaceAll("\n", "\n  ")}n1\n  owner: a\n  owner: b\n`,
      says: "owner is written twice in one mapping",
      line: 5,
    },
    {
      what: "a list as a key",
      text: `- ${record.replaceAll("\n", "\n  ")}n1\n  ? [a]\n  : b\n`,
      says: "the record has a key that is no text",
      line: 1,
    },
    {
      what: "an account that YAML takes for a number",
      text: `- {kind: aws/access-key, account: 012345678901, native_id: k}\n`,
      says: "account is the number 12345678901, not text",
      line: 1,
    },
    {
      what: "a number that is none",
      text: `- {kind: npm/token, account: acme, native_id: n, precision: .nan}\n`,
      says: "precision is the number NaN",
      line: 1,
    },
    {
      what: "a prototype as a key",
      text: `- ${record.replaceAll("\n", "\n  ")}n1\n  __proto__: {owner: x}\n`,
      says: "__proto__ is a key that is never read",
      line: 4,
    },
    {
      what: "a merge, which YAML 1.2 no longer has",
      text: `- {kind: npm/token, account: acme, native_id: n, "<<": {}}\n`,
      says: "<< is no field of a token record",
      line: 1,
    },
    {
      what: "an alias without its anchor, which is not null",
      text: "- {kind: npm/token, account: acme, native_id: n, owner: *nowhere}\n",
      says: "owner is an alias of an anchor that is not there",
      line: 1,
    },
    { what: "text instead of a record", text: "- hello\n", says: 'the record is "hello"', line: 1 },
    { what: "nothing instead of a record", text: "- \n", says: "the record is null", line: 1 },
  ])("tells of $what in one record, and reads the others", async ({ text, says, line }) => {
    const { tokens, coverage } = await readOne("a.yml", `${text}${item("good")}`);

    expect(tokens.map(({ id }) => id)).toEqual(["npm/acme/token/good"]);
    expect(coverage[0]).toMatchObject({ outcome: "failed", location: { line } });
    expect(coverage[0]?.detail).toContain(says);
  });

  it("tells what stands beside tokens, and reads the tokens", async () => {
    const { tokens, coverage } = await readOne("a.yaml", `tokens:\n  ${item("n1")}next: page\n`);

    expect(tokens).toHaveLength(1);
    expect(coverage[0]).toMatchObject({ outcome: "failed", location: { line: 3, column: 1 } });
  });

  it("does not let one broken document hide the others", async () => {
    const { tokens, coverage } = await readOne("a.yaml", `${item("n1")}---\n- [x\n---\n${item("n2")}`);

    expect(tokens.map(({ name }) => name)).toEqual(["n1", "n2"]);
    expect(coverage.map(({ outcome }) => outcome)).toContain("failed");
  });

  it.each([
    { what: "a list", text: `# tokens\n${item("n1")}`, line: 2, column: 3 },
    { what: "tokens", text: `tokens:\n  ${item("n1")}`, line: 2, column: 5 },
    { what: "one record", text: `\uFEFF---\n${record}n1\n`, line: 2, column: 1 },
    { what: "several documents", text: `---\n...\n---\n${item("n1")}`, line: 4, column: 3 },
    { what: "JSON", text: `[{"kind":"npm/token","account":"acme","native_id":"n1"}]`, line: 1, column: 2 },
    { what: "CRLF line ends", text: `\r\n${record.replaceAll("\n", "\r\n")}n1\r\n`, line: 2, column: 1 },
  ])("reads $what, each record declared where it begins", async ({ text, line, column }) => {
    const { tokens, coverage } = await readOne("a.yaml", text);

    expect(coverage).toEqual([{ source: "file", subject: "a.yaml", outcome: "read", items: 1 }]);
    expect(tokens).toMatchObject([{ id: "npm/acme/token/n1", location: { uri: "a.yaml", line, column } }]);
  });

  it("points at the value that is wrong, and at the key where there is none", async () => {
    const { coverage } = await readOne("a.yaml", `${record}n1\nexpires: 2030-01-01\n---\n${record}n2\nstatus:\n`);

    expect(coverage.map(({ location }) => location)).toMatchObject([
      { line: 4, column: 10 },
      { line: 9, column: 8 },
    ]);
  });

  it("follows an alias that is used with measure", async () => {
    const { tokens } = await readOne(
      "a.yaml",
      `- &first {kind: npm/token, account: acme, native_id: n1, owner: &o team}\n- {kind: npm/token, account: acme, native_id: n2, owner: *o}\n`,
    );

    expect(tokens.map(({ owner }) => owner)).toEqual(["team", "team"]);
  });

  it("leaves dates, yes and no as the text they are", async () => {
    const { tokens } = await readOne(
      "a.yaml",
      `${record}n1\ncreated: 2029-01-01T00:00:00Z\nowner: yes\nenvironment: "no"\n`,
    );

    expect(tokens).toMatchObject([{ created: "2029-01-01T00:00:00Z", owner: "yes", environment: "no" }]);
  });

  it.each(["", "\n", "# nothing\n", "---\n", "[]", "tokens: []\n", "null\n"])(
    "tells that %j is empty",
    async (text) => {
      expect(await readOne("a.yaml", text)).toMatchObject({ tokens: [], coverage: [{ outcome: "empty", items: 0 }] });
    },
  );
});
