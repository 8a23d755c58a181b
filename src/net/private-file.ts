import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";

let written = 0;

/** Writes a file that only its owner reads, whole or not at all, also when the process is killed. */
export async function writePrivate(path: string, text: string, folder: string): Promise<void> {
  written += 1;
  const temporary = `${path}.${written}.tmp`;
  try {
    await makeFolder(dirname(path), { mode: 0o700 });
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("KEEP_FAILED", { folder, reason: reasonOf(cause) }, { cause });
  }
}
