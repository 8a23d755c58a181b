import type { Coverage } from "../../model/documents.gen.ts";
import { cut, type Fault } from "./reading.ts";
import type { Refusal } from "./refusal.ts";

const SOURCE = "workflows";

/** Something in a file that could not be read as GitHub would; what else the file holds was read. */
export function faulty(account: string, uri: string, { job, line, column, detail, remedy }: Fault): Coverage {
  const subject = cut(job === undefined ? uri : `job ${job} in ${uri}`, 4096);
  return {
    source: SOURCE,
    account,
    subject,
    outcome: "failed",
    items: 0,
    detail,
    remedy,
    location: { uri, line, column },
  };
}

/** A folder whose files could not be listed: no line of any file is to blame. */
export function unlisted(account: string, uri: string, { outcome, detail, remedy }: Refusal): Coverage {
  const subject = cut(uri, 4096);
  return { source: SOURCE, account, subject, outcome, items: 0, detail: `${subject} ${detail}`, remedy };
}

/** A file of which nothing was read. */
export function refused(account: string, uri: string, refusal: Refusal): Coverage {
  const { line = 1, column = 1 } = refusal;
  return { ...unlisted(account, uri, refusal), location: { uri, line, column } };
}

/** A file without content or without a job: read, and found to hold no token. */
export function empty(account: string, uri: string): Coverage {
  const location = { uri, line: 1, column: 1 };
  return { source: SOURCE, account, subject: cut(uri, 4096), outcome: "empty", items: 0, location };
}

/** The source as a whole. */
export function summary(
  account: string,
  where: string,
  counts: { found: number; read: number; tokens: number },
): Coverage {
  const { found, read, tokens } = counts;
  const files = `${read === found ? found : `${read} of ${found}`} workflow ${found === 1 ? "file" : "files"} in ${where}`;
  const base = { source: SOURCE, account, subject: cut(files, 4096), items: tokens };
  if (found === 0) return { ...base, outcome: "empty" };
  if (read > 0) return { ...base, outcome: "read" };
  return {
    ...base,
    outcome: "failed",
    detail: `no file of ${found} could be read`,
    remedy: "see the files' own faults",
  };
}
