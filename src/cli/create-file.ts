import { randomUUID } from "node:crypto";
import { constants, copyFile, link, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";

/** A new file that appears whole or not at all, and never in place of another, also when two of us run at once. */
export async function createFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.tokenward-tmp-${randomUUID()}`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary, path);
  } catch (cause) {
    throw refusal(path, cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Linking fails where the name is taken; renaming would not. Some file systems have no links: there a copy must do. */
async function publish(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") throw error;
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
  }
}

function refusal(path: string, cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  if (cause.code === "EEXIST") return new TokenwardError("FILE_EXISTS", { path }, { cause });
  return new TokenwardError("OUTPUT_FAILED", { target: path, reason: reasonOf(cause) }, { cause });
}
