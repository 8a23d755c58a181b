import { createRequire } from "node:module";
import type {
  AuditRun,
  BaselineFile,
  Coverage,
  Diff,
  EvidenceManifest,
  Finding,
  InventoryLine,
  OwnersFile,
  Policy,
  RegisterFile,
  Report,
  Thresholds,
  Token,
  WaiversFile,
} from "./documents.gen.ts";
import type { Terms } from "./terms.ts";

interface Documents {
  token: Token;
  coverage: Coverage;
  finding: Finding;
  inventory: InventoryLine;
  policy: Policy;
  report: Report;
  config: unknown;
  thresholds: Thresholds;
  baseline: BaselineFile;
  diff: Diff;
  waivers: WaiversFile;
  owners: OwnersFile;
  register: RegisterFile;
  terms: Terms;
  evidence: EvidenceManifest;
  audit: AuditRun;
}

/** One thing wrong with a document: where (a JSON pointer), what rule it breaks, and that rule's facts. */
export interface Fault {
  path: string;
  keyword: string;
  message: string;
  params: Record<string, unknown>;
}

interface Validator {
  (value: unknown): boolean;
  errors?: { instancePath: string; keyword: string; message?: string; params: Record<string, unknown> }[] | null;
}

/** All that is wrong with a value as a document of that name; an empty list: it is one. */
export function faultsIn(name: keyof Documents, value: unknown): Fault[] {
  const validate = validators()[name] as Validator;
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map(({ instancePath, keyword, message, params }) => ({
      path: instancePath,
      keyword,
      message: message ?? "",
      params,
    }));
}

/** Whether a value is a document of that name. */
export function isValid<Name extends keyof Documents>(name: Name, value: unknown): value is Documents[Name] {
  return (validators()[name] as Validator)(value);
}

let loaded: Record<string, Validator> | undefined;

/** The validators are compiled from `schemas/` when tokenward is built: compiling them here would cost every start 50 ms. */
function validators(): Record<string, Validator> {
  loaded ??= createRequire(import.meta.url)("../../dist/validators.cjs") as Record<string, Validator>;
  return loaded;
}
