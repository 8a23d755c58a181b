import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { columnOf, columns, fieldOf } from "../../../src/collect/file/csv-columns.ts";
import { csvRows, type Row } from "../../../src/model/csv-rows.ts";
import { readLines } from "../../../src/model/lines.ts";
import { isValid } from "../../../src/model/validate.ts";
import { readOne } from "./reading.ts";

const header = "kind,account,native_id";

async function rowsOf(text: string, size = 65_536): Promise<Row[]> {
  async function* chunks(): AsyncIterable<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  const rows: Row[] = [];
  for await (const row of csvRows(readLines(chunks()))) rows.push(row);
  return rows;
}

describe("csvRows", () => {
  it.each([
    { text: 'a,b\n"x"y,1\nz,2\n', reason: "text after the closing quotation mark", line: 2, column: 4, rows: 3 },
    { text: 'a,b\nx"y,1\nz,2\n', reason: "inside a cell that does not begin with one", line: 2, column: 2, rows: 3 },
    { text: 'a,b\n"x" ,1\nz,2\n', reason: "text after the closing quotation mark", line: 2, column: 4, rows: 3 },
    { text: 'a,b\n1,"x\nz,2\n', reason: "is never closed", line: 2, column: 3, rows: 2 },
    { text: 'a,b\n"x\ny"z,1\nz,2\n', reason: "text after the closing quotation mark", line: 3, column: 3, rows: 3 },
  ])("tells that $reason, where it is, and goes on", async ({ text, reason, line, column, rows }) => {
    const all = await rowsOf(text);

    expect(all).toHaveLength(rows);
    expect(all[1]?.fault).toMatchObject({ reason: expect.stringContaining(reason), place: { line, column } });
    expect(all.filter(({ fault }) => fault)).toHaveLength(1);
  });

  it("gives up on a cell that never ends before it fills the memory", async () => {
    const rows = await rowsOf(`a\n"${"x\n".repeat(1_000_000)}`);

    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ fault: { place: { line: 2, column: 1 } } });
  });

  it.each([
    "a,b,c\n1,2,3\n",
    "a,b\r\n1,2\r\n",
    "a,b\r1,2\r",
    'a,b\n"x,y","say ""hi"""\n',
    'a,b\n"two\nlines",2\n',
    'a,b\n"two\n\nlines",2',
    "a,b\n,\n",
    "a,b\n1,\n",
    'a,b\n"",""\n',
    'a,b\n"""",x\n',
    "a\n\n\n1\n\n",
    " a , b \n 1 , 2 \n",
    "ключ,🔑\n1,2\n",
    '"a","b"\n"1","2"',
  ])("reads %j as a strict parser does, in chunks of any size", async (text) => {
    const expected = parse(text, { skip_empty_lines: true, relax_column_count: true });

    for (const size of [1, 2, 7, 65_536]) {
      const rows = await rowsOf(text, size);

      expect(rows.map(({ cells }) => cells.map((cell) => cell.text))).toEqual(expected);
      expect(rows.filter(({ fault }) => fault)).toEqual([]);
    }
  });

  it("knows the line of every cell, also behind cells of several lines", async () => {
    const rows = await rowsOf('a,b\r\n"x\r\ny",1\r\nz,2\r\n');

    expect(rows.map(({ place }) => place.line)).toEqual([1, 2, 4]);
    expect(rows[1]?.cells[1]?.place).toEqual({ line: 3, column: 4 });
  });
});

describe("the file provider on CSV", () => {
  it.each([
    { what: "no header", text: "npm/token,acme,n1\nnpm/token,acme,n2\n", says: '"npm/token" is no column' },
    {
      what: "an unknown column",
      text: `${header},ownr\na,b,c,d\n`,
      says: '"ownr" is no column, perhaps owner was meant',
    },
    { what: "a column twice", text: `${header},kind\na,b,c,d\n`, says: "column kind is there twice" },
    { what: "a label twice", text: `${header},label.a,label.a\n`, says: "column label.a is there twice" },
    { what: "a label without a name", text: `${header},label.\n`, says: '"label." is no column' },
    { what: "no kind", text: "account,native_id\na,b\n", says: "column kind is missing" },
    { what: "no id", text: "account,kind\na,b\n", says: "column id (or native_id) is missing" },
    { what: "semicolons", text: "kind;account;native_id\na;b;c\n", says: "not separated by commas" },
    { what: "an open quotation mark", text: `kind,account,"native_id\na,b,c\n`, says: "is never closed" },
    {
      what: "an inherited name",
      text: `${header},toString,__proto__\n`,
      says: '"tostring" is no column; "__proto__" is no column',
    },
    { what: "an empty name", text: `${header},\na,b,c,\n`, says: '"" is no column' },
  ])("reads nothing under a first line with $what", async ({ text, says }) => {
    const told = await readOne("a.csv", text);

    expect(told).toMatchObject({ tokens: [], coverage: [{ outcome: "failed", location: { line: 1 } }] });
    expect(told.coverage).toHaveLength(1);
    expect(told.coverage[0]?.detail).toContain(says);
  });

  it.each([
    { what: "too few cells", row: "npm/token,acme", says: "a row of 2 cells under a header of 4", column: 1 },
    { what: "too many cells", row: "npm/token,acme,n,x,y", says: "a row of 5 cells under a header of 4", column: 1 },
    { what: "a quote in a cell", row: 'npm/token,acme,n"1,x', says: "a quotation mark inside a cell", column: 17 },
    {
      what: "a date without zone",
      row: "npm/token,acme,n,2030-01-01",
      says: 'created is "2030-01-01", which has no time zone',
      column: 18,
    },
    { what: "an empty kind", row: ",acme,n,", says: "kind is missing", column: 1 },
    { what: "no id", row: "npm/token,acme,,", says: "id is missing", column: 1 },
  ])("tells of a row with $what, where it is, and reads the others", async ({ row, says, column }) => {
    const told = await readOne("a.csv", `${header},created\n${row}\nnpm/token,acme,good,\n`);

    expect(told.coverage).toMatchObject([
      { outcome: "failed", location: { uri: "a.csv", line: 2, column } },
      { outcome: "read", items: 1 },
    ]);
    expect(told.coverage[0]?.detail).toContain(says);
  });

  it.each([
    { column: "principal_type", cell: "robot", also: "principal_id", with: "x" },
    { column: "scopes", cell: "write @x", also: "family", with: "y" },
    { column: "reach_count", cell: "many", also: "reach", with: "all" },
    { column: "precision", cell: "1.5", also: "owner", with: "" },
    { column: "sha256", cell: "abc", also: "owner", with: "" },
    { column: "observed", cell: "2030-01-01", also: "owner", with: "" },
  ])("names the column $column as the header does", async ({ column, cell, also, with: text }) => {
    const told = await readOne("a.csv", `${header},${also},${column}\nnpm/token,acme,n,${text},${cell}\n`);

    expect(told.coverage[0]?.detail).toMatch(new RegExp(`^${column} `));
    expect(told.coverage[0]?.location).toEqual({
      uri: "a.csv",
      line: 2,
      column: `npm/token,acme,n,${text},`.length + 1,
    });
  });

  it("refuses a label that would reach into every object", async () => {
    const told = await readOne("a.csv", `${header},label.__proto__\nnpm/token,acme,n,x\n`);

    expect(told).toMatchObject({
      tokens: [],
      coverage: [{ outcome: "failed", detail: "label.__proto__ is a key that is never read" }],
    });
  });

  it("tells of a row that is not UTF-8, and reads the others", async () => {
    const text = Buffer.from(`${header},name\nnpm/token,acme,n1,caf\u00e9\nnpm/token,acme,n2,cafe\n`, "latin1");

    const told = await readOne("a.csv", text);

    expect(told.tokens.map(({ name }) => name)).toEqual(["cafe"]);
    expect(told.coverage[0]).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("not UTF-8"),
      location: { line: 2 },
    });
  });

  it("fills every column into its field", async () => {
    const cells: Record<string, string> = {
      kind: "npm/token",
      account: "acme",
      id: "mine",
      native_id: "n",
      provider: "npm",
      name: "Deploy",
      owner: "team",
      principal_id: "ann",
      principal_type: "human",
      principal_name: "Ann",
      principal_state: "active",
      status: "active",
      created: "2029-01-01T01:00:00+01:00",
      rotated: "never",
      expires: "2030-06-01T00:00:00Z",
      last_used: "denied",
      precision: "86400",
      scopes: "write publish@pkg; read",
      family: "granular",
      reach: "selected",
      reach_count: "3",
      network: "10.0.0.0/8;192.0.2.0/24",
      environment: "production",
      reviewed: "2029-06-01T00:00:00Z",
      usage: "read",
      usage_since: "2029-01-01T00:00:00Z",
      consumers: "ci release train; human ann",
      key_id: "k",
      suffix: "abcd",
      sha256: "0".repeat(64),
      api: "GET /x",
      url: "https://x/y",
      observed: "2029-12-31T00:00:00Z",
      "label.team": "core",
      "label.Cost Center": "7",
    };
    const text = `${Object.keys(cells).join(",")}\n${Object.values(cells).join(",")}\n`;

    const told = await readOne("a.csv", text);

    expect(Object.keys(cells).filter((name) => !name.startsWith("label."))).toEqual(
      expect.arrayContaining(Object.keys(columns)),
    );
    expect(told.tokens).toEqual([
      {
        id: "mine",
        provider: "npm",
        account: "acme",
        kind: "npm/token",
        name: "Deploy",
        owner: "team",
        principal: { id: "ann", type: "human", name: "Ann", state: "active" },
        status: "active",
        created: "2029-01-01T00:00:00Z",
        rotated: null,
        expires: "2030-06-01T00:00:00Z",
        precision: 86_400,
        grants: [
          { family: "granular", scope: "publish", access: "write", resource: "pkg" },
          { family: "granular", scope: "read", access: "unknown", resource: "*" },
        ],
        reach: { selection: "selected", count: 3 },
        network: ["10.0.0.0/8", "192.0.2.0/24"],
        environment: "production",
        reviewed: "2029-06-01T00:00:00Z",
        usage: { access: "read", since: "2029-01-01T00:00:00Z" },
        consumers: [
          { type: "ci", name: "release train" },
          { type: "human", name: "ann" },
        ],
        fingerprint: { key_id: "k", suffix: "abcd", sha256: "0".repeat(64) },
        evidence: { api: "GET /x", url: "https://x/y", observed: "2029-12-31T00:00:00Z" },
        labels: { team: "core", "Cost Center": "7" },
        location: { uri: "a.csv", line: 2, column: 1 },
        unknown: { last_used: "denied" },
      },
    ]);
    expect(isValid("token", told.tokens[0])).toBe(true);
  });

  it.each([
    { column: "principal_id", cell: "none", told: { principal: null } },
    { column: "principal_id", cell: "denied", told: { unknown: { principal: "denied" } } },
    { column: "scopes", cell: "none", told: { grants: [] } },
    { column: "scopes", cell: "failed", told: { unknown: { grants: "failed" } } },
    { column: "reach", cell: "none", told: { reach: null } },
    { column: "reach", cell: "not-exposed", told: { unknown: { reach: "not-exposed" } } },
    { column: "network", cell: "none", told: { network: null } },
    { column: "expires", cell: "never", told: { expires: null } },
    { column: "reviewed", cell: "never", told: { reviewed: null } },
    { column: "reviewed", cell: "denied", told: { unknown: { reviewed: "denied" } } },
    { column: "usage", cell: "not-exposed", told: { unknown: { usage: "not-exposed" } } },
    { column: "consumers", cell: "none", told: { consumers: [] } },
    { column: "consumers", cell: "failed", told: { unknown: { consumers: "failed" } } },
    { column: "family", cell: "classic", told: { unknown: { grants: "not-asked" } } },
  ])("reads the word $cell in $column", async ({ column, cell, told }) => {
    const { tokens } = await readOne("a.csv", `${header},${column}\nnpm/token,acme,n,${cell}\n`);

    expect(tokens).toMatchObject([told]);
  });

  it("takes empty cells, spaces, capitals in the header and rows of nothing as they are meant", async () => {
    const text = `\uFEFF Kind ,ACCOUNT,native_id,owner\n\n npm/token , acme , n1 , \n,,,\n`;

    const { tokens, coverage } = await readOne("a.csv", text);

    expect(tokens).toMatchObject([{ id: "npm/acme/token/n1", unknown: { owner: "not-asked" }, location: { line: 3 } }]);
    expect(coverage).toMatchObject([{ outcome: "read", items: 1 }]);
  });

  it.each(["", "\n", `${header}\n`, header])("tells that %j is empty", async (text) => {
    expect(await readOne("a.csv", text)).toMatchObject({ tokens: [], coverage: [{ outcome: "empty", items: 0 }] });
  });
});

describe("columns", () => {
  it.each(Object.keys(columns))("%s is found again from its field", (column) => {
    expect(columnOf(fieldOf(column) ?? "")).toBe(column);
  });

  it("are all described in the documentation", async () => {
    const page = await readFile("docs/inventory.md", "utf8");

    expect(Object.keys(columns).filter((column) => !page.includes(`| \`${column}\` |`))).toEqual([]);
  });
});
