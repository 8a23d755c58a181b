import { describe, expect, it } from "vitest";
import { JsonFault, readJson } from "../../../src/model/json-reader.ts";
import { readOne } from "./reading.ts";

const record = `{"kind":"npm/token","account":"acme","native_id":"n1"}`;

describe("readJson", () => {
  it.each([
    { text: "", offset: 0 },
    { text: "nul", offset: 0 },
    { text: "NaN", offset: 0 },
    { text: "Infinity", offset: 0 },
    { text: "undefined", offset: 0 },
    { text: "'a'", offset: 0 },
    { text: "+1", offset: 0 },
    { text: ".5", offset: 0 },
    { text: "-", offset: 0 },
    { text: '"a', offset: 0 },
    { text: '"a\\"', offset: 0 },
    { text: '"a\nb"', offset: 2 },
    { text: '"\\x41"', offset: 0 },
    { text: '"\\u12"', offset: 0 },
    { text: "[1,]", offset: 3 },
    { text: "[1 2]", offset: 3 },
    { text: "[1", offset: 2 },
    { text: "{", offset: 1 },
    { text: "{a:1}", offset: 1 },
    { text: '{"a" 1}', offset: 5 },
    { text: '{"a":1,}', offset: 7 },
    { text: '{"a":1', offset: 6 },
    { text: "/* c */ 1", offset: 0 },
    { text: "\u00A01", offset: 0 },
    { text: "[".repeat(33), offset: 32 },
    { text: "[".repeat(1_000_000), offset: 32 },
    { text: '{"a":'.repeat(100_000), offset: 160 },
  ])("refuses $text, as JSON.parse does, and says where", ({ text, offset }) => {
    const read = (): unknown => readJson(text);

    expect(read).toThrow(JsonFault);
    expect(read).toThrow(expect.objectContaining({ offset }));
    expect(() => JSON.parse(text)).toThrow();
  });

  it.each([
    { text: '{"a":1,"a":2}', pointer: "/a", says: "is written twice in one object" },
    { text: '{"b":[{"a":1,"\\u0061":2}]}', pointer: "/b/0/a", says: "is written twice in one object" },
    { text: '{"__proto__":1,"__proto__":2}', pointer: "/__proto__", says: "is written twice in one object" },
    { text: "[1e999]", pointer: "/0", says: 'is "1e999", a number too large to be kept' },
    { text: "[9007199254740993]", pointer: "/0", says: 'is "9007199254740993", a number too large to be kept' },
  ])("tells of $text, which JSON.parse passes over", ({ text, pointer, says }) => {
    expect(readJson(text).faults).toMatchObject([{ pointer, says }]);
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each([
    "1",
    "-0.5e-3",
    "1E2",
    "true",
    "false",
    "null",
    '""',
    '"a\\"b\\\\"',
    '"\\ud83d\\udd11 \\ud800 é \u2028"',
    "[]",
    "[ 1 , [ ] , { } ]",
    ' {"a" : {"b":[1,"x",null]}, "": 0} ',
    '"\\\\"',
    '["\\\\","b"]',
  ])("reads %s as JSON.parse does", (text) => {
    expect(readJson(text)).toMatchObject({ faults: [] });
    expect(JSON.stringify(readJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it("makes __proto__ a key like any other", () => {
    const { value } = readJson('{"__proto__":{"owner":"x"}}');

    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect((value as { owner?: string }).owner).toBeUndefined();
  });
});

describe("the file provider on JSON", () => {
  it.each([
    { what: "a comma too many", text: `[${record},]`, line: 1, column: 57, tokens: 1 },
    { what: "a missing comma", text: `[${record}\n ${record}]`, line: 2, column: 2, tokens: 1 },
    { what: "a list that is cut off", text: `[\n${record},\n`, line: 3, column: 1, tokens: 1 },
    { what: "records one a line", text: `${record}\n${record}\n`, line: 2, column: 1, tokens: 0 },
    { what: "more beside tokens", text: `{"tokens":[${record}],"next":null}`, line: 1, column: 67, tokens: 1 },
    { what: "nesting without end", text: `[${record},${"[".repeat(100_000)}`, line: 1, column: 89, tokens: 1 },
    { what: "CR line ends", text: `[\r${record}\r${record}]`, line: 3, column: 1, tokens: 1 },
  ])("tells of $what with line and column, and keeps what was read before", async ({ text, line, column, tokens }) => {
    const told = await readOne("a.json", text);

    expect(told.coverage[0]).toMatchObject({ outcome: "failed", location: { uri: "a.json", line, column } });
    expect(told.coverage[0]?.detail).toContain("not valid JSON");
    expect(told.tokens).toHaveLength(tokens);
  });

  it("points at the value of the field that is wrong, and reads the other records", async () => {
    const bad = `{\n  "kind": "npm/token",\n  "account": "acme", "native_id": "n2",\n  "created": "2030-01-01"\n}`;

    const told = await readOne("a.json", `[${bad},\n${record}]`);

    expect(told.coverage).toMatchObject([
      { outcome: "failed", location: { line: 4, column: 14 } },
      { outcome: "read", items: 1 },
    ]);
  });

  it.each([
    {
      field: "/owner",
      text: `{"kind":"npm/token","account":"acme","native_id":"n","owner":"a","owner":"b"}`,
      column: 74,
    },
    {
      field: "/precision",
      text: `{"kind":"npm/token","account":"acme","native_id":"n","precision":1e999}`,
      column: 66,
    },
    { field: "/__proto__", text: `{"kind":"npm/token","account":"acme","native_id":"n","__proto__":{}}`, column: 66 },
    {
      field: "/principal/id",
      text: `{"kind":"npm/token","account":"acme","native_id":"n","principal":{"type":"app"}}`,
      column: 66,
    },
  ])("points at $field", async ({ text, column }) => {
    const told = await readOne("a.json", `[${text}]`);

    expect(told.coverage).toMatchObject([{ outcome: "failed", location: { line: 1, column: column + 1 } }]);
  });

  it.each([
    { what: "a list", text: `[\n ${record}\n]`, line: 2, column: 2 },
    { what: "tokens", text: `{ "tokens" : [\n\n${record}]\n}\n`, line: 3, column: 1 },
    { what: "one record", text: `\uFEFF\n${record}`, line: 2, column: 1 },
  ])("reads $what, each record declared where it begins", async ({ text, line, column }) => {
    const told = await readOne("a.json", text);

    expect(told.coverage).toEqual([{ source: "file", subject: "a.json", outcome: "read", items: 1 }]);
    expect(told.tokens).toMatchObject([{ id: "npm/acme/token/n1", location: { uri: "a.json", line, column } }]);
  });

  it.each(["[]", '{"tokens":[]}', "", " \n"])("tells that %j is empty", async (text) => {
    expect(await readOne("a.json", text)).toMatchObject({ tokens: [], coverage: [{ outcome: "empty", items: 0 }] });
  });
});
