import type { Coverage } from "../../model/documents.gen.ts";
import { TokenwardError } from "../../model/errors.ts";
import type { RawOrigin } from "../../model/flow.ts";
import type { Place } from "../../model/line-finder.ts";
import { maskSecrets } from "../../model/mask.ts";
import { keysOf } from "../../model/pointer.ts";
import type { RecordFault } from "../../model/record-fault.ts";
import { visible } from "../../model/text.ts";
import type { RawRecord } from "./found.ts";

/** What became of an input that was read: how many tokens it gave. */
export function readCoverage({ source, name }: RawOrigin, items: number): Coverage {
  return { source, subject: name, outcome: items > 0 ? "read" : "empty", items };
}

/** What could not be read, and where. */
export function failedCoverage(
  { code, message, remedy }: TokenwardError,
  { source, name, isFile }: RawOrigin,
  place?: Place,
): Coverage {
  const isLost = place !== undefined && !isFile;
  return {
    source,
    subject: name,
    outcome: code === "FILE_DENIED" ? "denied" : "failed",
    items: 0,
    detail: isLost ? `line ${place.line}, column ${place.column}: ${message}` : message,
    remedy,
    ...(place && isFile ? { location: { uri: name, ...place } } : {}),
  };
}

const FAULTS_TOLD = 5;
const LONGEST_NAME = 80;

/** All that is wrong with one record as one error, and the place of the first. */
export function recordFault(
  record: RawRecord,
  faults: readonly RecordFault[],
): { fault: TokenwardError; place: Place } {
  const told = faults.slice(0, FAULTS_TOLD).map(({ pointer, says }) => `${nameOf(record, pointer)} ${says}`);
  if (faults.length > told.length) told.push(`and ${faults.length - told.length} more`);
  const remedies = new Set(
    faults.slice(0, FAULTS_TOLD).map(({ pointer, remedy }) => `${nameOf(record, pointer)}: ${remedy}`),
  );
  const fault = new TokenwardError("RECORD_INVALID", { faults: told.join("; "), remedies: [...remedies].join("; ") });
  const [first] = faults;
  return { fault, place: first && first.pointer !== "" ? record.locate(first.pointer) : record.place };
}

/** `grants[0].scope`, or what the format calls it. */
function nameOf(record: RawRecord, pointer: string): string {
  if (pointer === "") return "the record";
  const path = record.nameOf?.(pointer) ?? pathOf(pointer);
  return visible(maskSecrets(path.slice(0, LONGEST_NAME)));
}

function pathOf(pointer: string): string {
  return keysOf(pointer)
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}
