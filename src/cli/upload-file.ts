import { readFile, stat } from "node:fs/promises";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";

const MEBIBYTE = 1 << 20;
const LARGEST = 256 * MEBIBYTE;

/** The whole of a file that is to be handed over. */
export async function fileToUpload(file: string): Promise<Buffer> {
  const refuse = (reason: string, cause?: unknown) => new TokenwardError("UPLOAD_FILE", { file, reason }, { cause });
  const bytes = await bounded(file).catch((cause: unknown) => {
    throw refuse(reasonOf(cause), cause);
  });
  if (bytes === undefined) throw refuse(`it has more than ${LARGEST / MEBIBYTE} MiB`);
  if (bytes.length === 0) throw refuse("it is empty");
  return bytes;
}

async function bounded(file: string): Promise<Buffer | undefined> {
  const { size } = await stat(file);
  return size > LARGEST ? undefined : readFile(file);
}
