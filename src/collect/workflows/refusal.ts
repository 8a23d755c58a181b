import { isAbsolute, relative, sep } from "node:path";

/** Why a file or folder was not read. */
export interface Refusal {
  outcome: "denied" | "failed";
  detail: string;
  remedy: string;
  line?: number;
  column?: number;
}

export const LEAVING: Refusal = {
  outcome: "failed",
  detail: "leads out of the repository, and links that do are not followed",
  remedy: "put a file there in place of the link",
};

const SENTENCES: Readonly<Record<string, Omit<Refusal, "outcome">>> = {
  ENOENT: { detail: "is not there, or is a link to nothing", remedy: "correct the path or remove the link" },
  ENOTDIR: { detail: "has a file where a folder should be", remedy: "correct the path" },
  ELOOP: { detail: "is a link in a circle", remedy: "remove the link" },
  EMFILE: { detail: "cannot be opened: too many files are open", remedy: "raise the limit of open files" },
};

/** A failure of the file system as a refusal; anything else is a bug and is thrown on. */
export function failureOf(error: unknown): Refusal {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string") throw error;
  if (code === "EACCES" || code === "EPERM")
    return {
      outcome: "denied",
      detail: `may not be read (${code})`,
      remedy: "give tokenward's user the right to read it",
    };
  const sentence = SENTENCES[code] ?? { detail: `cannot be read (${code})`, remedy: "look at the file system" };
  return { outcome: "failed", ...sentence };
}

/** Whether a real path is the folder or lies below it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
