import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failedCoverage } from "../../../src/collect/file/coverage.ts";
import { file } from "../../../src/collect/file/index.ts";
import type { InventoryHeader } from "../../../src/model/documents.gen.ts";
import { TokenwardError } from "../../../src/model/errors.ts";
import type { Collected } from "../../../src/model/flow.ts";
import { writeInventory } from "../../../src/model/inventory.ts";
import { offline } from "../../support/world.ts";
import { gather, readFiles, readOne, readStdin, type Told } from "./reading.ts";

const record = (native: string): string => `{"kind":"npm/token","account":"acme","native_id":"${native}"}`;
const line = (native: string): string => `${record(native)}\n`;

const header: InventoryHeader = {
  schema_version: 1,
  tool: { name: "tokenward", version: "0.1.0" },
  as_of: "2030-01-01T00:00:00Z",
  sources: [],
};

async function inventory(items: readonly Collected[]): Promise<string> {
  async function* stream(): AsyncIterable<Collected> {
    yield* items;
  }
  let text = "";
  for await (const piece of writeInventory(header, stream())) text += piece;
  return text;
}

/** A folder that is gone when the test is over. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tokenward-file-"));
  try {
    await test(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readPath(path: string, root: string, cwd = root): Promise<Told> {
  return gather(file.collect({ use: "file", path }, { ...offline, root, cwd, env: {}, stdin: async function* () {} }));
}

describe("the file provider, where nothing can be read", () => {
  it.each([
    { what: "a file that is not there", path: "missing.csv", detail: "missing.csv does not exist" },
    { what: "a glob that matches nothing", path: "*.csv", detail: "no file matches *.csv" },
    { what: "a folder", path: "folder", detail: "folder cannot be read: it is a folder" },
    { what: "a folder that ends like a file", path: "folder.csv", detail: "folder.csv cannot be read: it is a folder" },
    { what: "a path through a file", path: "a.txt/b.csv", detail: "cannot be read: a part of its path is no folder" },
    { what: "links in a circle", path: "circle.csv", detail: "cannot be read: its links go round in a circle" },
    { what: "an ending that says nothing", path: "a.txt", detail: "the format of a.txt does not follow from its name" },
  ])("tells of $what, with what to do", async ({ path, detail }) => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, "folder"));
      await mkdir(join(folder, "folder.csv"));
      await writeFile(join(folder, "a.txt"), "x");
      await symlink("circle.csv", join(folder, "circle.csv"));

      const { tokens, coverage } = await readPath(path === "*.csv" ? "none/*.csv" : path, folder);

      expect(tokens).toEqual([]);
      expect(coverage).toMatchObject([{ source: "file", outcome: "failed", items: 0, remedy: expect.any(String) }]);
      expect(coverage[0]?.detail).toContain(path === "*.csv" ? "no file matches none/*.csv" : detail);
    });
  });

  it.each(["json", "yaml", "ndjson", "csv"])("tells of %s in UTF-16", async (ending) => {
    const bytes = Buffer.from(`\uFEFF[${record("n1")}]`, "utf16le");

    const { coverage } = await readOne(`a.${ending}`, bytes);

    expect(coverage).toMatchObject([{ outcome: "failed", detail: "not UTF-8 text: it begins like UTF-16" }]);
  });

  it.each(["json", "yaml", "ndjson", "csv"])("tells of binary data in %s", async (ending) => {
    const { coverage } = await readOne(`a.${ending}`, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));

    expect(coverage).toMatchObject([{ outcome: "failed", detail: expect.stringContaining("it holds zero bytes") }]);
  });

  it.each([
    { ending: "json", tokens: 0 },
    { ending: "yaml", tokens: 0 },
    { ending: "ndjson", tokens: 1 },
  ])("tells of Latin-1 in $ending, with the line", async ({ ending, tokens }) => {
    const text = ending === "ndjson" ? line("n1") + line("n\u00e9") : `[${record("n1")},\n${record("n\u00e9")}]`;

    const told = await readOne(`a.${ending}`, Buffer.from(text, "latin1"));

    expect(told.coverage[0]).toMatchObject({ outcome: "failed", location: { line: 2 } });
    expect(told.coverage[0]?.detail).toContain("not UTF-8 text");
    expect(told.tokens).toHaveLength(tokens);
  });

  it("refuses YAML beyond its limit before it parses any of it", async () => {
    const { tokens, coverage } = await readOne("a.yaml", `- x\n`.repeat(2_200_000));

    expect(tokens).toEqual([]);
    expect(coverage).toMatchObject([{ outcome: "failed", remedy: expect.stringContaining("NDJSON or CSV") }]);
    expect(coverage[0]?.detail).toContain("larger than 8388608 bytes");
  });

  it("tells of a file that may not be read as denied, which is not the same as failed", () => {
    const fault = new TokenwardError("FILE_DENIED", { path: "a.csv" });

    expect(failedCoverage(fault, { source: "file", name: "a.csv", isFile: true })).toMatchObject({
      outcome: "denied",
      items: 0,
    });
  });

  it("wants to be told the format of standard input", async () => {
    const { coverage } = await readStdin(line("n1"));

    expect(coverage).toMatchObject([
      { subject: "standard input", outcome: "failed", detail: expect.stringContaining("the format of standard input") },
    ]);
  });
});

describe("the file provider on NDJSON", () => {
  it.each([
    { what: "no JSON", text: "hello", detail: 'not valid NDJSON: "h" where a value is expected', column: 1 },
    { what: "a torn last line", text: record("n2").slice(0, -9), detail: "a text that never ends", column: 38 },
    { what: "two records in a line", text: record("n2") + record("n3"), detail: "more text after the end", column: 55 },
    { what: "a list", text: `[${record("n2")}]`, detail: "the record is a list", column: 1 },
    { what: "a key twice", text: `{"kind":"npm/token","kind":"x/y"}`, detail: "kind is written twice", column: 28 },
    { what: "nesting without end", text: "[".repeat(300_000), detail: "nested deeper than 32 levels", column: 33 },
    { what: "a bad value", text: record("n2").replace("}", ',"status":"on"}'), detail: 'status is "on"', column: 64 },
    {
      what: "an unknown field",
      text: record("n2").replace("}", ',"ownr":"x"}'),
      detail: "ownr is no field",
      column: 62,
    },
  ])("tells of $what with line and column, and reads the other lines", async ({ text, detail, column }) => {
    const { tokens, coverage } = await readOne("a.ndjson", `${line("n1")}\n${text}\n${line("n4")}`);

    expect(tokens.map(({ name }) => name)).toEqual(["n1", "n4"]);
    expect(coverage).toMatchObject([
      { outcome: "failed", location: { uri: "a.ndjson", line: 3, column }, remedy: expect.any(String) },
      { outcome: "read", items: 2 },
    ]);
    expect(coverage[0]?.detail).toContain(detail);
  });

  it("passes over a line too long to be a record, and tells of it", async () => {
    const { tokens, coverage } = await readOne("a.ndjson", `"${"x".repeat(17 * 1024 * 1024)}"\n${line("n1")}`);

    expect(tokens).toHaveLength(1);
    expect(coverage[0]).toMatchObject({ outcome: "failed", location: { line: 1 } });
    expect(coverage[0]?.detail).toContain("a line longer than 16 MiB");
  });

  it("tells all faults of a record at once, up to five", async () => {
    const { coverage } = await readOne("a.ndjson", '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}\n');

    expect(coverage).toHaveLength(1);
    expect(coverage[0]?.detail?.split("; ")).toHaveLength(6);
    expect(coverage[0]?.detail).toMatch(/and \d+ more$/);
  });

  it("tells a thousand faults one by one, and counts the rest", async () => {
    const { coverage } = await readOne("a.ndjson", "x\n".repeat(1_500));

    expect(coverage).toHaveLength(1_001);
    expect(coverage.at(-1)).toMatchObject({ outcome: "failed", detail: "and 500 more faults in records" });
  });

  it("quotes no secret of a bad record", async () => {
    const secret = `gh${"p_"}${"EXAMPLE".repeat(6)}`;

    const told = await readOne("a.ndjson", `{"kind":"${secret}","${secret}":1,"created":"${secret}"}\n`);

    expect(JSON.stringify(told)).not.toContain("EXAMPLEEXAMPLE");
    expect(JSON.stringify(told)).toContain("ghp_***");
  });

  it("says the line in words where there is no file to point at", async () => {
    const { coverage } = await readStdin("x\n", "ndjson");

    expect(coverage[0]).toMatchObject({
      subject: "standard input",
      detail: expect.stringMatching(/^line 1, column 1: /),
    });
    expect(coverage[0]).not.toHaveProperty("location");
  });

  it("gives tokens from standard input no place, for there is none", async () => {
    const { tokens, coverage } = await readStdin(line("n1"), "ndjson");

    expect(tokens[0]).not.toHaveProperty("location");
    expect(coverage).toEqual([{ source: "file", subject: "standard input", outcome: "read", items: 1 }]);
  });

  it.each(["", "\n\n", " \r\n"])("tells that %j is empty", async (text) => {
    expect(await readOne("a.ndjson", text)).toEqual({
      tokens: [],
      coverage: [{ source: "file", subject: "a.ndjson", outcome: "empty", items: 0 }],
    });
  });
});

describe("the file provider on inventories", () => {
  const told = async (): Promise<Told> => readOne("plain.ndjson", line("n1") + line("n2"));

  it("tells of one that was cut off, and gives what is there", async () => {
    const { tokens } = await told();
    const text = await inventory(tokens.map((token) => ({ token })));

    const again = await readOne("inventory.ndjson", text.split("\n").slice(0, -2).join("\n"));

    expect(again.tokens).toHaveLength(2);
    expect(again.coverage).toMatchObject([
      { outcome: "failed", detail: expect.stringContaining("its end line is missing"), location: { line: 3 } },
      { outcome: "read", items: 2 },
    ]);
  });

  it("tells of one that was edited", async () => {
    const { tokens } = await told();
    const text = await inventory(tokens.map((token) => ({ token })));

    const again = await readOne("inventory.ndjson", text.replace("n1", "n9"));

    expect(again.coverage[0]).toMatchObject({ outcome: "failed", detail: expect.stringContaining("changed after") });
  });

  it("tells of one from another version, and reads none of it", async () => {
    const text = (await inventory([])).replace('"schema_version":1', '"schema_version":7');

    const { coverage } = await readOne("inventory.ndjson", text);

    expect(coverage).toMatchObject([{ outcome: "failed", detail: expect.stringContaining("schema version 7") }]);
  });

  it("passes on its coverage instead of adding its own", async () => {
    const { tokens } = await told();
    const denied = { source: "npm", subject: "tokens of acme", outcome: "denied", items: 0, detail: "403" } as const;
    const text = await inventory([...tokens.map((token) => ({ token })), { coverage: denied }]);

    const again = await readOne("inventory.ndjson", text);

    expect(again.coverage).toEqual([denied]);
  });

  it("leaves tokens where they were declared, and puts the others at their line of the inventory", async () => {
    const { tokens } = await told();
    const [first, second] = tokens.map(({ location: _, ...token }) => token);
    const place = { uri: ".github/workflows/build.yml", line: 7, column: 3 };
    const text = await inventory([{ token: { ...first, location: place } as never }, { token: second as never }]);

    const again = await readOne("inventory.ndjson", text);

    expect(again.tokens.map(({ location }) => location)).toEqual([
      place,
      { uri: "inventory.ndjson", line: 3, column: 1 },
    ]);
  });

  it("tells that one without tokens is empty", async () => {
    expect(await readOne("inventory.ndjson", await inventory([]))).toMatchObject({
      tokens: [],
      coverage: [{ outcome: "empty" }],
    });
  });
});

describe("the file provider's paths", () => {
  it("reads the same tokens from every format", async () => {
    const read = async (format: string): Promise<unknown> => {
      const { tokens, coverage } = await readPath(`file/tokens.${format}`, "test/fixtures", ".");
      expect(coverage).toMatchObject([{ subject: `test/fixtures/file/tokens.${format}`, outcome: "read", items: 2 }]);
      return tokens.map(({ location: _, ...token }) => token);
    };

    const csv = await read("csv");

    for (const format of ["json", "yaml", "ndjson"]) expect(await read(format)).toEqual(csv);
  });

  it("reads what a glob matches, in the order of the names, each with its own coverage", async () => {
    const files = { "b.ndjson": line("b"), "a.csv": "kind,account,native_id\nnpm/token,acme,a\n", "c.txt": "x" };

    const { tokens, coverage } = await readFiles(files, { path: "*.{csv,ndjson}" });

    expect(tokens.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(coverage.map(({ subject }) => subject)).toEqual(["a.csv", "b.ndjson"]);
  });

  it("does not let one bad file hide the others", async () => {
    const { tokens, coverage } = await readFiles({ "a.txt": "x", "b.ndjson": line("b") }, { path: "*" });

    expect(tokens).toHaveLength(1);
    expect(coverage.map(({ outcome }) => outcome)).toEqual(["failed", "read"]);
  });

  it("takes a file whose name looks like a glob for itself", async () => {
    const { tokens } = await readFiles({ "a[1].ndjson": line("n1"), "a1.ndjson": line("n2") }, { path: "a[1].ndjson" });

    expect(tokens.map(({ name }) => name)).toEqual(["n1"]);
  });

  it("believes the stated format over the ending", async () => {
    const { tokens } = await readFiles({ "export.txt": line("n1") }, { path: "export.txt", format: "ndjson" });

    expect(tokens).toHaveLength(1);
  });

  it("writes places relative to the working directory, wherever the configuration stands", async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, "config", "inventory"), { recursive: true });
      await writeFile(join(folder, "config", "inventory", "a.jsonl"), line("n1"));

      const { tokens } = await readPath("inventory/*.jsonl", join(folder, "config"), folder);

      expect(tokens[0]?.location).toEqual({ uri: "config/inventory/a.jsonl", line: 1, column: 1 });
    });
  });

  it("streams: the first token is there before a large file has been read", async () => {
    let chunks = 0;
    async function* stdin(): AsyncIterable<Uint8Array> {
      for (; chunks < 1_000; chunks += 1) yield Buffer.from(line(`n${chunks}`).repeat(2_000));
    }
    const source = { use: "file", path: "-", format: "ndjson" } as const;

    const items = file.collect(source, { ...offline, root: "/", cwd: "/", env: {}, stdin })[Symbol.asyncIterator]();
    await items.next();
    await items.return?.(undefined);

    expect(chunks).toBeLessThan(3);
  });
});

it("reads again only the records that are asked for, counted without the lines that hold none", () => {
  const lines = [record("one"), "", record("two"), "{broken", "  \t", record("three"), "[]", record("four")];
  const raw = { bytes: Buffer.from(lines.join("\n")), first: 1, from: { source: "file", name: "a", isFile: false } };
  const told = (only?: readonly number[]) =>
    [...file.read(only ? { ...raw, only: new Set(only) } : raw)].map((item) =>
      "token" in item ? item.token.name : "fault",
    );

  expect(told()).toEqual(["one", "two", "fault", "three", "fault", "four"]);
  expect(told([0, 3, 5])).toEqual(["one", "three", "four"]);
  expect(told([])).toEqual([]);
});
