import { TokenwardError } from "../model/errors.ts";
import { isMapping } from "../model/mapping.ts";
import { visible } from "../model/text.ts";
import { OutputTooLarge } from "./opa-wasm.ts";

/** Which verdict was asked for. */
export interface Asked {
  policy: string;
  token: string;
}

/** Pages of 64 KiB that the evaluator's memory may grow to. */
export const MAXIMUM_PAGES = 8_192;
const MEGABYTES = MAXIMUM_PAGES / 16;

/** Characters of JSON, and levels, that the values of one finding may have where their policy did not come with tokenward. */
const LARGEST = 65_536;
const DEEPEST = 32;
const LONGEST_SHOWN = 60;

/** What the evaluator threw, by what it means: no memory, too much output, a trap in WebAssembly, or a policy that cannot be evaluated. */
export function failureOf(error: unknown, asked: Asked): TokenwardError {
  const options = { cause: error };
  if (error instanceof TokenwardError) return error;
  if (error instanceof OutputTooLarge)
    return new TokenwardError("POLICY_OUTPUT", { ...asked, found: `more than ${error.most} bytes` }, options);
  const cause = causeOf(error);
  if (isMemory(error, cause)) return new TokenwardError("POLICY_MEMORY", { ...asked, megabytes: MEGABYTES }, options);
  return new TokenwardError(isTrap(error) ? "POLICY_TRAPPED" : "POLICY_FAILED", { ...asked, cause }, options);
}

/** What is wrong with the values of one failure; own policies also have a measure to keep. */
export function evidenceFault(evidence: unknown, asked: Asked, isOwn: boolean): TokenwardError | undefined {
  if (!isMapping(evidence)) return new TokenwardError("POLICY_SHAPE", { ...asked, found: brief(evidence) });
  if (!isOwn) return undefined;
  if (!isWithin(evidence, DEEPEST))
    return new TokenwardError("POLICY_OUTPUT", { ...asked, found: `values nested deeper than ${DEEPEST} levels` });
  const { length } = JSON.stringify(evidence);
  if (length <= LARGEST) return undefined;
  return new TokenwardError("POLICY_OUTPUT", { ...asked, found: `a finding of ${length} characters` });
}

/** Node throws these itself where WebAssembly overflows its stack, reads beyond its memory or reaches what cannot be. */
function isTrap(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
}

function isMemory(error: unknown, cause: string): boolean {
  if (typeof error === "string") return error.startsWith("opa_malloc");
  return error instanceof RangeError && /memory/i.test(cause);
}

function causeOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === "string") return error;
  const message = isMapping(error) ? error.message : undefined;
  return typeof message === "string" ? message : JSON.stringify(error);
}

function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = isWithin(value, DEEPEST) ? JSON.stringify(value) : "a deeply nested value";
  return visible(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

/** Whether nothing in a value is nested deeper. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
}
