import { getSystemErrorMap } from "node:util";
import { TokenwardError } from "./errors.ts";

/** Where Node's own words are for its programmers. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EEXIST: "something of that name is there already",
  EPERM: "permission denied",
  ELOOP: "its links go round in a circle",
  ENAMETOOLONG: "its name is too long",
  EFBIG: "the file is larger than one may be",
  ENOSPC: "no space is left on the device",
};

/** Why the system refused, in words: an error of Node's says it as a code, between its call and its path. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error);
  return WORDS[error.code] ?? getSystemErrorMap().get(error.errno ?? 0)?.[1] ?? error.code;
}

/** Whether the system refused something, as against a bug of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** Works on files that hold what memory does not: a full disk under them is no bug of ours. */
export function keptOnDisk<Kept>(work: () => Kept): Kept {
  try {
    return work();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("SPOOL_FAILED", { reason: reasonOf(cause) }, { cause });
  }
}
