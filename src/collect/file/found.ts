import type { Coverage, Token } from "../../model/documents.gen.ts";
import type { TokenwardError } from "../../model/errors.ts";
import type { Place } from "../../model/line-finder.ts";
import type { RecordFault } from "../../model/record-fault.ts";

/** A value that should be a record, as a reader of one format hands it over. */
export interface RawRecord {
  value: unknown;
  place: Place;
  /** Where a field stands, by JSON pointer; of a field that is not there, where its record begins. */
  locate: (pointer: string) => Place;
  /** What a field is called in this format, where that is not its path. */
  nameOf?: (pointer: string) => string;
  /** What the format itself forbids, such as a key written twice. */
  faults?: readonly RecordFault[];
}

/** A token as collecting would leave it; `isClean`: nothing in it could be a secret or broken text. */
export interface FoundToken {
  token: Token;
  place: Place;
  isClean?: boolean;
}

/** One thing found in a file. A fault is what could not be read; what comes after it is still read. */
export type Found =
  | { record: RawRecord }
  | FoundToken
  | { coverage: Coverage }
  | { fault: TokenwardError; place: Place };
