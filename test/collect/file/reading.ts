import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { file } from "../../../src/collect/file/index.ts";
import type { FileSource, Format } from "../../../src/collect/file/source.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import { type Counts, FAULTS_TOLD, type Provided, type Raw } from "../../../src/model/flow.ts";
import { offline } from "../../support/world.ts";

export interface Told {
  tokens: Token[];
  coverage: Coverage[];
}

/** All that a provider yields, raw lines read at once as a run would read them. */
export async function gather(items: AsyncIterable<Provided>): Promise<Told> {
  const told: Told = { tokens: [], coverage: [] };
  let counts: Counts = { tokens: 0, faults: 0 };
  for await (const item of items) {
    if ("token" in item) told.tokens.push(item.token);
    else if ("coverage" in item) told.coverage.push(item.coverage);
    else if ("raw" in item) counts = readAll(item.raw, told, counts);
    else {
      told.coverage.push(...item.settle(counts));
      counts = { tokens: 0, faults: 0 };
    }
  }
  return told;
}

function readAll(raw: Raw, told: Told, { tokens, faults }: Counts): Counts {
  const counts = { tokens, faults };
  for (const read of file.read(raw)) {
    if ("fault" in read && ++counts.faults <= FAULTS_TOLD) told.coverage.push(read.fault);
    if ("token" in read) counts.tokens = told.tokens.push(read.token);
  }
  return counts;
}

/** What the provider tells of files with these names and contents, read by one path. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  source: Omit<FileSource, "use">,
): Promise<Told> {
  const root = await mkdtemp(join(tmpdir(), "tokenward-file-"));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
    return await gather(
      file.collect({ use: "file", ...source }, { ...offline, root, cwd: root, env: {}, stdin: noInput }),
    );
  } finally {
    await rm(root, { recursive: true });
  }
}

export async function readOne(name: string, content: string | Uint8Array): Promise<Told> {
  return readFiles({ [name]: content }, { path: name });
}

export async function readStdin(content: string, format?: Format): Promise<Told> {
  const source: FileSource = { use: "file", path: "-", ...(format ? { format } : {}) };
  async function* stdin(): AsyncIterable<Uint8Array> {
    yield Buffer.from(content);
  }
  return gather(file.collect(source, { ...offline, root: "/", cwd: "/", env: {}, stdin }));
}

async function* noInput(): AsyncIterable<Uint8Array> {}
