import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";
import { shown } from "../model/shown.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";

/** Who wants the lock, and what is known of others. */
export interface Holder {
  pid: number;
  host: string;
  /** Milliseconds. */
  now: number;
  /** Whether a process of this machine is at work. */
  isAlive: (pid: number) => boolean;
}

const NAME = ".tokenward-lock";
/** No audit takes longer: whoever left a lock that old is gone, wherever it ran. */
const LONGEST = 24 * 60 * 60 * 1000;

/** Lets one audit at a time into a folder; gives what ends it. A lock whose owner is gone is taken over. */
export async function locked(dir: string, holder: Holder): Promise<() => Promise<void>> {
  const path = join(dir, NAME);
  const { pid, host } = holder;
  const text = `${JSON.stringify({ pid, host, id: randomUUID() })}\n`;
  if (!(await taken(path, text))) {
    await takeOver(dir, holder);
    if (!(await taken(path, text)))
      throw new TokenwardError("AUDIT_LOCKED", { dir, by: "an audit that began just now" });
  }
  return async () => {
    // Whoever took a lock over that was too old keeps it.
    if ((await readFile(path, "utf8").catch(() => "")) === text) await rm(path, { force: true });
  };
}

/** Whether the lock is ours now. */
async function taken(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (cause) {
    if (isSystemError(cause) && cause.code === "EEXIST") return false;
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("OUTPUT_FAILED", { target: path, reason: reasonOf(cause) }, { cause });
  }
}

/** Moves a lock that nobody holds out of the way; another audit may be doing the same, and only one of the two has moved it. */
async function takeOver(dir: string, holder: Holder): Promise<void> {
  const path = join(dir, NAME);
  const seen = await readFile(path, "utf8").catch(() => "");
  const by = await holderOf(path, seen, holder);
  if (by !== undefined) throw new TokenwardError("AUDIT_LOCKED", { dir, by });
  const moved = `${path}-${randomUUID()}`;
  await rename(path, moved).catch(() => undefined);
  const found = await readFile(moved, "utf8").catch(() => seen);
  // It was a new one, which stays where it was.
  if (found !== seen) await link(moved, path).catch(() => undefined);
  await rm(moved, { force: true });
}

/** Who holds the lock, in words; undefined: nobody any more. */
async function holderOf(path: string, text: string, { host, now, isAlive }: Holder): Promise<string | undefined> {
  const made = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
  if (now - made > LONGEST) return undefined;
  const said = parsedJson(text);
  // Between being made and being written, a lock is empty.
  if (!isMapping(said) || typeof said.pid !== "number") return "an audit that began just now";
  if (said.host === host && !isAlive(said.pid)) return undefined;
  return `process ${said.pid} on ${shown(said.host)}`;
}
