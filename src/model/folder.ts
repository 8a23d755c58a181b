import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isSystemError } from "./system-error.ts";

/** Node's recursive mkdir asks forever where a folder is there but takes no children, as /proc does. */
export async function makeFolder(folder: string, { mode = 0o777 } = {}): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (folder !== dirname(folder)) await makeFolder(dirname(folder), { mode });
  await mkdir(folder, { mode }).catch((cause: unknown) => {
    // Made by another run in between; where it is a file, opening what is below says so.
    if (!isSystemError(cause) || cause.code !== "EEXIST") throw cause;
  });
}
