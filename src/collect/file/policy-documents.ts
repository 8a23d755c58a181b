import { isMapping } from "../../model/mapping.ts";
import { below } from "../../model/pointer.ts";
import type { RecordFault } from "../../model/record-fault.ts";
import { shown } from "../../model/shown.ts";
import { resolveIam } from "../../scopes/iam.ts";
import { strangeKeys } from "../../scopes/iam-document.ts";

const FIELD = "policy_documents";
const PLACE = `/${FIELD}`;

/** A record with the grants that its policy documents come to, instead of the documents; any other record as it is. */
export function withResolvedDocuments(record: unknown): { value: unknown; faults: readonly RecordFault[] } {
  if (!isMapping(record) || !Object.hasOwn(record, FIELD)) return { value: record, faults: [] };
  const { [FIELD]: documents, ...value } = record;
  const faults = [...placeFaults(value), ...shapeFaults(documents)];
  if (faults.length > 0 || !isMapping(documents) || !Array.isArray(documents.identity)) return { value, faults };
  const { identity, boundary } = documents;
  const resolved = resolveIam({ identity, boundary: isNobodysWord(boundary) ? null : boundary });
  if ("grants" in resolved) return { value: { ...value, grants: resolved.grants }, faults };
  return { value, faults: resolved.faults.map((fault) => ({ ...fault, pointer: `${PLACE}${fault.pointer}` })) };
}

function placeFaults({ kind, grants }: Readonly<Record<string, unknown>>): RecordFault[] {
  const faults: RecordFault[] = [];
  if (grants !== undefined)
    faults.push({ pointer: PLACE, says: "stands beside grants", remedy: "keep one of the two" });
  if (typeof kind === "string" && !kind.startsWith("aws/"))
    faults.push({ pointer: PLACE, says: `is no field of the kind ${shown(kind)}`, remedy: "give grants instead" });
  return faults;
}

const MEMBERS = ["identity", "boundary"];
const GIVE = "give identity, and boundary";

function shapeFaults(documents: unknown): RecordFault[] {
  if (!isMapping(documents)) return [{ pointer: PLACE, says: `is ${shown(documents)}, not a mapping`, remedy: GIVE }];
  const faults = strangeKeys(documents, { pointer: PLACE, known: MEMBERS, says: "is no part of it", remedy: GIVE });
  const { identity } = documents;
  if (!Array.isArray(identity)) {
    const says = identity === undefined ? "is missing" : `is ${shown(identity)}, not a list`;
    faults.push({ pointer: below(PLACE, "identity"), says, remedy: "list every policy that applies, its groups' too" });
  }
  return faults;
}

/** The reasons for which a boundary is unknown, and then caps nothing. */
const REASONS = ["none", "unknown", "not-asked", "not-exposed", "denied", "failed"];

function isNobodysWord(boundary: unknown): boolean {
  return typeof boundary === "string" && REASONS.includes(boundary.trim().toLowerCase());
}
