import { auditErrors } from "./errors-audit.ts";
import { baselineErrors } from "./errors-baseline.ts";
import { evidenceErrors } from "./errors-evidence.ts";
import { networkErrors } from "./errors-network.ts";
import { ownersErrors } from "./errors-owners.ts";
import { registerErrors } from "./errors-register.ts";
import { setUpErrors } from "./errors-set-up.ts";
import { uploadErrors } from "./errors-upload.ts";
import { waiverErrors } from "./errors-waivers.ts";
import { number } from "./number.ts";

/** Where a fault stands: a file (or `standard input`), with line and column counted from 1 where they are known. */
export interface Position {
  uri: string;
  line?: number | undefined;
  column?: number | undefined;
}

/** `file:line:column`, as editors and terminals link it. */
export function at({ uri, line, column }: Position): string {
  return [uri, line, column].filter((part) => part !== undefined).join(":");
}

const HOW_PATHS_COUNT =
  "correct the path: in a configuration it counts from the configuration's folder, on the command line from where you stand";

const UNTIL_THEN = "until then switch it off under policies.disable in tokenward.yaml";

/** Every failure a person can do something about: the sentence names the value at fault, the remedy is the next step. */
const catalogue = {
  ...networkErrors,
  ...ownersErrors,
  ...registerErrors,
  ...baselineErrors,
  ...waiverErrors,
  ...evidenceErrors,
  ...auditErrors,
  ...uploadErrors,
  ...setUpErrors,
  BUNDLE_MISSING: (fact: { path: string }) => ({
    message: `the compiled policies are not at ${fact.path}`,
    remedy: "run `npm run build` in a checkout, or install the tokenward package again",
  }),
  OPA_MISSING: (fact: { tried: string }) => ({
    message: `no OPA to compile policies with; tried ${fact.tried}`,
    remedy:
      "install OPA 0.70 or newer from https://www.openpolicyagent.org/docs/#running-opa and put it on the PATH, or name it in TOKENWARD_OPA",
  }),
  OPA_TOO_OLD: (fact: { path: string; from: string; version: string }) => ({
    message: `${fact.path} (${fact.from}) is OPA ${fact.version}; tokenward needs 0.70 or newer, the first whose WebAssembly it is tested with`,
    remedy: "install a newer OPA, or name one in TOKENWARD_OPA",
  }),
  OPA_UNUSABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `${fact.path} (${fact.from}) cannot be run as OPA: ${fact.reason}`,
    remedy: "name an OPA 0.70 or newer in TOKENWARD_OPA, or put one on the PATH",
  }),
  OPA_TAMPERED: (fact: { path: string; found: string; expected: string }) => ({
    message: `${fact.path} is not the OPA 0.70.0 that was published: its SHA-256 is ${fact.found}, expected ${fact.expected}`,
    remedy: "install the dependencies again with `npm ci`, and find out who changed the file",
  }),
  OPA_OVERTIME: (fact: { path: string; doing: string; seconds: number }) => ({
    message: `${fact.path} ${fact.doing} did not end within ${fact.seconds} s`,
    remedy: "look for the policy that was changed last, or for what else keeps the machine busy, then run it again",
  }),
  POLICY_INVALID: (fact: { faults: string }) => ({
    message: `the policies do not compile:\n${fact.faults}`,
    remedy: "correct the lines named above",
  }),
  POLICY_FOLDER: (fact: { folder: string; reason: string }) => ({
    message: `cannot read the policy folder ${fact.folder}: ${fact.reason}`,
    remedy: HOW_PATHS_COUNT,
  }),
  POLICY_FOLDER_UNNAMED: (_: object) => ({
    message: "no folder of policies is named",
    remedy: "name it behind the command, or under policies.paths in tokenward.yaml",
  }),
  POLICY_NAME: (fact: { name: string; reason: string }) => ({
    message: `"${fact.name}" cannot name a policy: ${fact.reason}`,
    remedy: "write CATEGORY/SLUG with small letters and digits, such as lifetime/contract-ended",
  }),
  FILE_EXISTS: (fact: { path: string }) => ({
    message: `${fact.path} is there already and is never overwritten`,
    remedy: "choose another name, or remove the file yourself",
  }),
  POLICY_FAILED: (fact: { policy: string; token: string; cause: string }) => ({
    message: `policy ${fact.policy} failed on token ${fact.token}: ${fact.cause}`,
    remedy: `correct the policy; ${UNTIL_THEN}`,
  }),
  POLICY_SHAPE: (fact: { policy: string; token: string; found: string }) => ({
    message: `policy ${fact.policy} gave ${fact.found} for token ${fact.token}, not a set of objects`,
    remedy: "write `fail contains {…}` with one object of deciding values",
  }),
  POLICY_TRAPPED: (fact: { policy: string; token: string; cause: string }) => ({
    message: `policy ${fact.policy} crashed the evaluator on token ${fact.token}: ${fact.cause}`,
    remedy: `let it build and compare values that are less deeply nested; ${UNTIL_THEN}`,
  }),
  POLICY_MEMORY: (fact: { policy: string; token: string; megabytes: number }) => ({
    message: `policy ${fact.policy} needed more than ${fact.megabytes} MB on token ${fact.token}`,
    remedy: `let it build fewer or smaller values; ${UNTIL_THEN}`,
  }),
  POLICY_OUTPUT: (fact: { policy: string; token: string; found: string }) => ({
    message: `policy ${fact.policy} gave ${fact.found} for token ${fact.token}, more than a finding may hold`,
    remedy: `let it yield the values that decide, not all that it saw; ${UNTIL_THEN}`,
  }),
  POLICY_OVERTIME: (fact: { policy: string; token: string; seconds: number }) => ({
    message: `policy ${fact.policy} took longer than ${fact.seconds} s on token ${fact.token}`,
    remedy: `correct the policy; ${UNTIL_THEN}`,
  }),
  WORKER_DIED: (fact: { reason: string }) => ({
    message: `a worker thread died: ${fact.reason}`,
    remedy: "let policies of your own yield less for each token; report it where there are none",
  }),
  POLICY_REPEATS: (fact: { policy: string; token: string; count: number }) => ({
    message: `policy ${fact.policy} failed ${fact.count} times on token ${fact.token}; its findings would share one identity`,
    remedy: "let the rule yield one object with lists of what it found",
  }),
  INSTANT_INVALID: (fact: { name: string; value: string }) => ({
    message: `${fact.name} is "${fact.value}", which is no RFC 3339 instant`,
    remedy: "write it with its zone, such as 2030-01-01T00:00:00Z",
  }),
  SHARD_INVALID: (fact: { name: string; value: string }) => ({
    message: `${fact.name} is "${fact.value}", which is no shard`,
    remedy: "write it as I/N with I from 1 to N, such as 2/4",
  }),
  OUTPUT_FAILED: (fact: { target: string; reason: string }) => ({
    message: `cannot write ${fact.target}: ${fact.reason}`,
    remedy: "name a file in a folder that may be written and has room",
  }),
  RUN_STOPPED: (fact: { by: string }) => ({
    message: `the run was stopped by ${fact.by} before everything was read`,
    remedy: "run it again and let it end",
  }),
  SPOOL_FAILED: (fact: { reason: string }) => ({
    message: `what does not fit into memory cannot be kept on disk: ${fact.reason}`,
    remedy: "make room in the folder for temporary files, or name another in TMPDIR",
  }),
  OUTPUT_TWICE: (fact: { target: string }) => ({
    message: `two reports would go to ${fact.target}`,
    remedy: "give each report a file of its own, with -o or --report FORMAT=FILE",
  }),
  REPORT_UNREADABLE: (fact: { file: string; reason: string }) => ({
    message: `cannot read the report ${fact.file}: ${fact.reason}`,
    remedy: "name a report that `tokenward check --format json -o FILE` wrote",
  }),
  POLICY_UNKNOWN: (fact: { id: string; nearest: string | undefined }) => ({
    message: `there is no policy "${fact.id}"${fact.nearest ? `; did you mean "${fact.nearest}"?` : ""}`,
    remedy: "see `tokenward policy list`",
  }),
  NOTHING_TO_EXPLAIN: (fact: { wanted: string; where: string; nearest: string | undefined }) => ({
    message: `"${fact.wanted}" names no verdict in ${fact.where}${fact.nearest ? `; did you mean "${fact.nearest}"?` : ""}`,
    remedy:
      "name the 8 digits that a report shows beside a finding, or POLICY/TOKEN-ID; `tokenward collect` lists the ids of all tokens",
  }),
  CATEGORY_UNKNOWN: (fact: { category: string; known: string }) => ({
    message: `there is no category "${fact.category}"`,
    remedy: `use one of ${fact.known}`,
  }),
  FRAMEWORK_UNKNOWN: (fact: { framework: string; nearest: string | undefined; known: string }) => ({
    message: `no policy serves a control of "${fact.framework}"${fact.nearest ? `; did you mean "${fact.nearest}"?` : ""}`,
    remedy: `use one of ${fact.known}; the version may be left out`,
  }),
  FORMAT_UNKNOWN: (fact: { format: string; known: string }) => ({
    message: `there is no format ${fact.format}`,
    remedy: `use one of ${fact.known}`,
  }),
  REPORT_TOO_LARGE: (fact: { uri: string; size: number; limit: number }) => ({
    message: `${fact.uri} has ${fact.size} characters; a report of more than ${fact.limit} is not read`,
    remedy: "render the formats you need while checking, with --report FORMAT=FILE",
  }),
  REPORT_NOT_JSON: (fact: { uri: string; line?: number; column?: number }) => ({
    message: `${at(fact)} is not JSON, so it is no saved report`,
    remedy: "name a file that `tokenward check --report json=FILE` wrote, whole and unchanged",
  }),
  REPORT_INVALID: (fact: { uri: string; faults: string }) => ({
    message: `${fact.uri} is not a tokenward report:\n${fact.faults}`,
    remedy: "name a file that this version's `tokenward check --report json=FILE` wrote, unchanged",
  }),
  CONFIG_UNREADABLE: (fact: { path: string; from: string; reason: string }) => ({
    message: `the configuration ${fact.path} (${fact.from}) cannot be read: ${fact.reason}`,
    remedy: "name a readable file with --config or TOKENWARD_CONFIG, or use --no-config",
  }),
  CONFIG_MISNAMED: (fact: { path: string; name: string }) => ({
    message: `${fact.path} is not read: a configuration is found only under the name ${fact.name}`,
    remedy: `rename it to ${fact.name}, name it with --config, or use --no-config`,
  }),
  CONFIG_INVALID: (fact: { faults: string }) => ({
    message: `the configuration is not valid:\n${fact.faults}`,
    remedy:
      "correct the lines named above; `tokenward init --stdout` shows the keys, `tokenward providers show ID` those of a source",
  }),
  FILE_MISSING: (fact: { path: string }) => ({
    message: `${fact.path} does not exist`,
    remedy: HOW_PATHS_COUNT,
  }),
  FILE_NO_MATCH: (fact: { glob: string }) => ({
    message: `no file matches ${fact.glob}`,
    remedy: HOW_PATHS_COUNT,
  }),
  FILE_DENIED: (fact: { path: string }) => ({
    message: `${fact.path} may not be read`,
    remedy: "give the user who runs tokenward the right to read it",
  }),
  FILE_UNREADABLE: (fact: { path: string; reason: string }) => ({
    message: `${fact.path} cannot be read: ${fact.reason}`,
    remedy: "name a readable file, or a glob such as inventory/*.csv",
  }),
  FILE_FORMAT_UNKNOWN: (fact: { path: string }) => ({
    message: `the format of ${fact.path} does not follow from its name`,
    remedy: "name it: ndjson, json, yaml or csv, as the source's `format` or with --input-format for `judge`",
  }),
  FILE_ENCODING: (fact: { found: string }) => ({
    message: `not UTF-8 text: ${fact.found}`,
    remedy: "save the file as UTF-8",
  }),
  FILE_TOO_LARGE: (fact: { format: string; limit: number }) => ({
    message: `larger than ${fact.limit} bytes, the most that is read as ${fact.format}`,
    remedy: "write it as NDJSON or CSV, which have no limit, or split it",
  }),
  FILE_SYNTAX: (fact: { format: string; reason: string }) => ({
    message: `not valid ${fact.format}: ${fact.reason}`,
    // NDJSON is what is read where no name says otherwise, so it may be meant as something else.
    remedy: `correct the ${fact.format} here; docs/inventory.md shows the form${fact.format === "NDJSON" ? ", and how to name another format" : ""}`,
  }),
  CSV_HEADER: (fact: { reasons: string }) => ({
    message: `the first line does not name the columns: ${fact.reasons}`,
    remedy: "name the columns as docs/inventory.md lists them, separated by commas",
  }),
  STDIN_FORMAT: (fact: { format: string }) => ({
    message: `standard input is read as NDJSON, but its first line looks like ${fact.format}`,
    remedy: `add --input-format ${fact.format}`,
  }),
  STDIN_TWICE: (_: object) => ({
    message: "standard input was already read by an earlier source",
    remedy: "let only one source read standard input",
  }),
  RECORD_INVALID: (fact: { faults: string; remedies: string }) => ({ message: fact.faults, remedy: fact.remedies }),
  RECORDS_OMITTED: (fact: { count: number }) => ({
    message: `and ${fact.count} more faults in records`,
    remedy: "correct those named above, then run again to see the rest",
  }),
  TOKEN_REPEATED: (fact: { id: string; first: string }) => ({
    message: `the id ${fact.id} was already read${fact.first}; this record is left out`,
    remedy: "give every token an id of its own, or remove one of the two records",
  }),
  TOKENS_REPEATED: (fact: { count: number }) => ({
    message: `${fact.count} of the ids read last stand more than once; each of their records was judged`,
    remedy: "give every token an id of its own, or remove the records that repeat one",
  }),
  TOKEN_ID_SECRET: (fact: { field: string; shown: string }) => ({
    message: `${fact.field} looks like a secret: ${fact.shown}`,
    remedy: "revoke that token, and name tokens by the provider's key id, never by their value",
  }),
  INVENTORY_HEADER: (fact: { found: string }) => ({
    message: `no inventory: its first line is ${fact.found}, not a header`,
    remedy: "name a file that `tokenward collect -o FILE` wrote",
  }),
  INVENTORY_VERSION: (fact: { found: string }) => ({
    message: `an inventory of schema version ${fact.found}; this tokenward reads version 1`,
    remedy: "read it with the tokenward that wrote it, or collect again",
  }),
  INVENTORY_LINE: (fact: { reason: string }) => ({
    message: `no line of an inventory: ${fact.reason}`,
    remedy: "collect again; to judge records written by hand, leave out the header and the end line",
  }),
  INVENTORY_CUT_OFF: (fact: { tokens: number }) => ({
    message: `cut off: after ${number(fact.tokens, "token")} its end line is missing`,
    remedy: "collect again, and let the collector come to its end",
  }),
  INVENTORY_CHANGED: (fact: { reason: string }) => ({
    message: `changed after it was written: ${fact.reason}`,
    remedy: "collect again; keep line ends as they are, and edit records only without header and end line",
  }),
} as const;

export type ErrorCode = keyof typeof catalogue;
type Facts<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]>[0];

/** An expected failure: a stable code, one sentence, one remedy. Anything else that is thrown is a bug. */
export class TokenwardError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly remedy: string;

  constructor(code: Code, facts: Facts<Code>, options?: ErrorOptions) {
    const entry = catalogue[code] as (facts: Facts<Code>) => { message: string; remedy: string };
    const { message, remedy } = entry(facts);
    super(message, options);
    this.name = "TokenwardError";
    this.code = code;
    this.remedy = remedy;
  }

  /** The error as another thread told of it. */
  static revive({ code, message, remedy }: { code: string; message: string; remedy: string }): TokenwardError {
    const error = Object.create(TokenwardError.prototype) as TokenwardError;
    return Object.assign(error, { name: "TokenwardError", code: code as ErrorCode, message, remedy });
  }
}

/** Every code with its builder, for the contract test and the docs page. */
export const errorCatalogue = catalogue;
