import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Coverage, InventoryHeader, Token } from "../../src/model/documents.gen.ts";
import type { Collected } from "../../src/model/flow.ts";
import { writeInventory } from "../../src/model/inventory.ts";
import { type InventoryEvent, readInventory } from "../../src/model/inventory-reader.ts";
import { isValid } from "../../src/model/validate.ts";

const header: InventoryHeader = {
  schema_version: 1,
  tool: { name: "tokenward", version: "0.1.0" },
  as_of: "2030-01-01T00:00:00Z",
  sources: [{ use: "workflows" }],
};

const unknown = {
  principal: "not-asked",
  owner: "not-asked",
  status: "not-asked",
  rotated: "not-asked",
  last_used: "not-exposed",
  grants: "denied",
  reach: "not-asked",
  network: "not-asked",
  environment: "not-asked",
} as const;

function token(native: string, fields: Partial<Token> = {}): Token {
  return {
    unknown,
    created: "2029-01-01T00:00:00Z",
    expires: null,
    name: "deploy",
    kind: "npm/token",
    account: "acme",
    provider: "npm",
    id: `npm/acme/token/${native}`,
    ...fields,
  };
}

const coverage: Coverage = { items: 2, outcome: "read", subject: "tokens", source: "npm" };
const items: Collected[] = [{ token: token("1") }, { token: token("2") }, { coverage }];

async function* stream<Item>(list: readonly Item[]): AsyncIterable<Item> {
  yield* list;
}

async function write(collected: readonly Collected[] = items): Promise<string> {
  let text = "";
  for await (const piece of writeInventory(header, stream(collected))) text += piece;
  return text;
}

async function read(text: string | Uint8Array): Promise<InventoryEvent[]> {
  const events: InventoryEvent[] = [];
  for await (const event of readInventory(stream([Buffer.from(text)]))) events.push(event);
  return events;
}

function faultsIn(events: readonly InventoryEvent[]): { line: number; code: string; message: string }[] {
  return events.flatMap((event) =>
    "fault" in event ? [{ line: event.line, code: event.fault.code, message: event.fault.message }] : [],
  );
}

const whole = await write();
const lines = whole.split("\n").slice(0, -1);

describe("readInventory", () => {
  it.each([
    { what: "an empty file", text: "", line: 1, code: "INVENTORY_HEADER" },
    { what: "a file without header", text: `${lines.slice(1).join("\n")}\n`, line: 1, code: "INVENTORY_HEADER" },
    { what: "plain nonsense", text: "hello\n", line: 1, code: "INVENTORY_HEADER" },
    {
      what: "another schema version",
      text: whole.replace('"schema_version":1', '"schema_version":2'),
      line: 1,
      code: "INVENTORY_VERSION",
    },
    {
      what: "a header without its tool",
      text: whole.replace('"tool"', '"took"'),
      line: 1,
      code: "INVENTORY_LINE",
    },
  ])("reads nothing at all of $what", async ({ text, line, code }) => {
    const events = await read(text);

    expect(faultsIn(events)).toMatchObject([{ line, code }]);
    expect(events).toHaveLength(1);
  });

  it.each([
    { what: "no end line", text: `${lines.slice(0, -1).join("\n")}\n`, line: 4, code: "INVENTORY_CUT_OFF" },
    { what: "only a header", text: `${lines[0]}\n`, line: 1, code: "INVENTORY_CUT_OFF" },
    {
      what: "another token count",
      text: whole.replace('"tokens":2', '"tokens":3'),
      line: 5,
      code: "INVENTORY_CHANGED",
      says: "counts 3 tokens, 2 are there",
    },
    {
      what: "another coverage count",
      text: whole.replace('"coverage":1', '"coverage":0'),
      line: 5,
      code: "INVENTORY_CHANGED",
      says: "counts 0 coverage lines, 1 are there",
    },
    {
      what: "an edited name",
      text: whole.replace("deploy", "Deploy"),
      line: 5,
      code: "INVENTORY_CHANGED",
      says: "SHA-256",
    },
    {
      what: "other line ends",
      text: whole.replaceAll("\n", "\r\n"),
      line: 5,
      code: "INVENTORY_CHANGED",
      says: "SHA-256",
    },
    { what: "a line after the end", text: `${whole}{}\n`, line: 6, code: "INVENTORY_LINE", says: "after the end line" },
    {
      what: "two inventories in one",
      text: whole + whole,
      line: 6,
      code: "INVENTORY_LINE",
      says: "after the end line",
    },
    {
      what: "an end line without its hash",
      text: whole.replace(/,"sha256":"[0-9a-f]+"/, ""),
      line: 5,
      code: "INVENTORY_LINE",
    },
  ])("tells of $what, and of everything else it read", async ({ text, line, code, says }) => {
    const events = await read(text);
    const faults = faultsIn(events);

    expect(faults).toMatchObject([{ line, code }]);
    expect(faults[0]?.message).toContain(says ?? "");
    expect(events.filter((event) => "token" in event)).toHaveLength(text === `${lines[0]}\n` ? 0 : 2);
  });

  it.each([
    { what: "a torn last line", line: '{"token":{"id":"npm/ac', says: "not the JSON that tokenward writes" },
    { what: "a blank line", line: "", says: "blank" },
    { what: "spaces that we do not write", line: '{ "coverage": {} }', says: "not the JSON that tokenward writes" },
    { what: "a key written twice", line: '{"token":{},"token":{}}', says: "not the JSON that tokenward writes" },
    { what: "a second header", line: JSON.stringify({ header }), says: "second header" },
    {
      what: "two things in one line",
      line: JSON.stringify({ token: token("3"), coverage }),
      says: "NOT have more than",
    },
    { what: "an unknown kind of line", line: '{"finding":{}}', says: "additional" },
    { what: "a record without id", line: JSON.stringify({ token: { ...token("3"), id: undefined } }), says: "'id'" },
    {
      what: "a record that leaves a judged field out",
      line: JSON.stringify({ token: { ...token("3"), unknown: { ...unknown, owner: undefined } } }),
      says: "owner is neither given nor named in unknown",
    },
    {
      what: "a record that gives a field and calls it unknown",
      line: JSON.stringify({ token: { ...token("3"), owner: "team" } }),
      says: "owner is given and also named in unknown",
    },
    {
      what: "a record with facts",
      line: JSON.stringify({ token: { ...token("3"), facts: { age: 1 } } }),
      says: "facts are never stored",
    },
    { what: "nesting without end", line: "[".repeat(200_000), says: "not the JSON that tokenward writes" },
  ])("tells of $what, with its line, and reads on", async ({ line, says }) => {
    const text = [...lines.slice(0, 2), line, ...lines.slice(2), ""].join("\n");

    const events = await read(text);
    const [first, ...others] = faultsIn(events);

    expect(first).toMatchObject({ line: 3, code: "INVENTORY_LINE" });
    expect(first?.message).toContain(says);
    expect(others).toMatchObject([{ code: "INVENTORY_CHANGED" }]);
    expect(events.filter((event) => "token" in event)).toHaveLength(2);
  });

  it("tells of a line that is not UTF-8", async () => {
    const text = Buffer.concat([Buffer.from(`${lines[0]}\n`), Buffer.from([0xff, 0x0a])]);

    expect(faultsIn(await read(text))).toMatchObject([
      { line: 2, message: expect.stringContaining("not UTF-8") },
      { code: "INVENTORY_CUT_OFF" },
    ]);
  });

  it("gives back header, tokens and coverage in their order, each with its line", async () => {
    const events = await read(whole);

    expect(events).toEqual([
      { line: 1, header },
      { line: 2, token: token("1") },
      { line: 3, token: token("2") },
      { line: 4, coverage },
    ]);
  });

  it("does not mind a missing line end after the end line", async () => {
    expect(faultsIn(await read(whole.trimEnd()))).toEqual([]);
  });
});

describe("writeInventory", () => {
  it("never writes facts", async () => {
    const text = await write([{ token: token("1", { facts: { age: 5 } }) }]);

    expect(text).not.toContain("facts");
  });

  it("writes the fields in the order of the schema, whatever the order of the record", async () => {
    const schema = JSON.parse(await readFile("schemas/token.json", "utf8"));
    const order = Object.keys(schema.properties);

    const written = Object.keys(JSON.parse(lines[1] ?? "").token);

    expect(written).toEqual(order.filter((field) => written.includes(field)));
    expect(lines[1]).not.toBe(JSON.stringify({ token: token("1") }));
  });

  it("writes the same bytes for the same tokens, also within nested fields and labels", async () => {
    const one = token("1", { labels: { b: "2", a: "1" }, principal: { type: "app", id: "x" }, unknown: {} });
    const other = token("1", { unknown: {}, principal: { id: "x", type: "app" }, labels: { a: "1", b: "2" } });

    expect(await write([{ token: one }])).toBe(await write([{ token: other }]));
  });

  it("writes an end line even where there is nothing, so that nothing can be told from cut off", async () => {
    const text = await write([]);

    expect(text.split("\n")).toHaveLength(3);
    expect(faultsIn(await read(text))).toEqual([]);
  });

  it.each(lines.map((line, index) => ({ number: index + 1, line })))(
    "writes line $number as the schema says",
    ({ line }) => {
      expect(isValid("inventory", JSON.parse(line))).toBe(true);
    },
  );

  it("streams: the first line is there before the second token is asked for", async () => {
    let asked = 0;
    async function* source(): AsyncIterable<Collected> {
      for (const item of items) {
        asked += 1;
        yield item;
      }
    }

    const pieces = writeInventory(header, source())[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.next();

    expect(asked).toBe(1);
  });
});
