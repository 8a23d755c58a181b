import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, relative, resolve, sep } from "node:path";
import { TokenwardError } from "../../model/errors.ts";
import type { RawOrigin } from "../../model/flow.ts";
import type { Context } from "../provider.ts";
import type { FileSource, Format } from "./source.ts";

/** One thing to read: a file, or standard input. */
export interface Input {
  /** Its name is a path relative to the working directory, or `standard input`. */
  from: RawOrigin;
  format: Format | undefined;
  chunks: () => AsyncIterable<Uint8Array>;
}

/** What a source's path stands for, in the order of the names. */
export async function inputsOf({ path, format }: FileSource, context: Context): Promise<Input[]> {
  if (path === "-")
    return [{ from: { source: "file", name: "standard input", isFile: false }, format, chunks: context.stdin }];
  const whole = resolve(context.root, path);
  const found = await stat(whole).catch(() => undefined);
  if (found?.isDirectory()) throw new TokenwardError("FILE_UNREADABLE", { path, reason: "it is a folder" });
  // A file whose own name looks like a glob is meant as itself.
  const files = found || !GLOB.test(path) ? [whole] : await matching(path, context);
  return files.map((file) => {
    const name = relative(context.cwd, file).split(sep).join("/");
    return {
      from: { source: "file", name, isFile: true },
      format: format ?? ENDINGS.get(extname(file).toLowerCase()),
      chunks: () => read(file, name),
    };
  });
}

const GLOB = /[*?[\]{}!()]/;
const ENDINGS: ReadonlyMap<string, Format> = new Map([
  [".ndjson", "ndjson"],
  [".jsonl", "ndjson"],
  [".json", "json"],
  [".yaml", "yaml"],
  [".yml", "yaml"],
  [".csv", "csv"],
]);

async function matching(glob: string, { root }: Context): Promise<string[]> {
  const { globby } = await import("globby");
  const files = await globby(glob, { cwd: root, absolute: true, expandDirectories: false }).catch((cause: unknown) => {
    throw unreadable(glob, cause);
  });
  if (files.length === 0) throw new TokenwardError("FILE_NO_MATCH", { glob });
  return files.sort();
}

async function* read(file: string, name: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK });
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

const CHUNK = 256 * 1024;
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["ENOTDIR", "a part of its path is no folder"],
  ["ELOOP", "its links go round in a circle"],
  ["ENAMETOOLONG", "its name is too long"],
]);

function unreadable(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === undefined) return cause;
  if (code === "ENOENT") return new TokenwardError("FILE_MISSING", { path }, { cause });
  if (code === "EACCES" || code === "EPERM") return new TokenwardError("FILE_DENIED", { path }, { cause });
  return new TokenwardError("FILE_UNREADABLE", { path, reason: REASONS.get(code) ?? String(code) }, { cause });
}
