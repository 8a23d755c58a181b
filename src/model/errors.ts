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

/** Every failure a person can do something about: the sentence names the value at fault, the remedy is the next step. */
const catalogue = {
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
  POLICY_INVALID: (fact: { faults: string }) => ({
    message: `the policies do not compile:\n${fact.faults}`,
    remedy: "correct the lines named above",
  }),
  POLICY_FAILED: (fact: { policy: string; token: string; cause: string }) => ({
    message: `policy ${fact.policy} failed on token ${fact.token}: ${fact.cause}`,
    remedy: "correct the policy; until then switch it off under policies.disable in tokenward.yaml",
  }),
  POLICY_SHAPE: (fact: { policy: string; token: string; found: string }) => ({
    message: `policy ${fact.policy} gave ${fact.found} for token ${fact.token}, not a set of objects`,
    remedy: "write `fail contains {…}` with one object of deciding values",
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
}

/** Every code with its builder, for the contract test and the docs page. */
export const errorCatalogue = catalogue;
