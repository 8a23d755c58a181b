import { judgedFields, optionalFields } from "./bundle.ts";
import type { Token } from "./documents.gen.ts";
import { isFieldWord, isPlainInstant, type ReadField, type Reading, readField, readInstant } from "./field-words.ts";
import { parseGrants } from "./grant-text.ts";
import { tokenId } from "./identity.ts";
import { isAccounted } from "./invariant.ts";
import { isMapping } from "./mapping.ts";
import { below } from "./pointer.ts";
import { type RecordFault, schemaFaults } from "./record-fault.ts";
import { shown } from "./shown.ts";
import { isValid } from "./validate.ts";

/**
 * A record as people and exports write it, made into a token: words and dates read, what follows from other fields
 * filled in, judged fields that nobody told listed as unknown. Else everything that is wrong with it.
 */
export function normaliseRecord(raw: unknown): { token: Token } | { faults: RecordFault[] } {
  if (!isMapping(raw))
    return { faults: [{ pointer: "", says: `is ${shown(raw)}`, remedy: "write a mapping of fields" }] };
  if (hasRefusedKey(raw)) return { faults: refusedKeys(raw, "") };
  const draft: Draft = { fields: { ...raw }, unknown: {}, faults: [] };
  takeUnknown(draft);
  for (const field of judgedFields) takeField(field, draft);
  for (const field of optionalFields) if (draft.fields[field] !== undefined) takeOptional(field, draft);
  takePlaces(draft);
  identify(draft);
  const token = { ...draft.fields, unknown: isMapping(raw.unknown ?? {}) ? draft.unknown : raw.unknown };
  if (draft.faults.length === 0 && isValid("token", token)) return { token };
  return {
    faults: [...draft.faults, ...schemaFaults(token).filter(({ pointer }) => !isKnown(pointer, draft.faults))],
  };
}

/** Whether normalising would change nothing in a record, and find nothing wrong: so it is with most that programs write. */
export function isNormal(raw: unknown): raw is Token {
  if (!isValid("token", raw) || raw.facts !== undefined || !isAccounted(raw)) return false;
  if (optionalFields.some((field) => raw[field] !== undefined)) return false;
  const { kind, provider, location, labels } = raw;
  const isPlaced = !location || !ABSOLUTE.test(location.uri);
  const isOfKind = kind.startsWith(provider) && kind[provider.length] === "/";
  return isPlaced && isOfKind && !hasRefusedKey(labels) && hasPlainWords(raw) && hasSafeNumbers(raw);
}

function hasPlainWords({ created, rotated, expires, last_used, owner, environment, evidence }: Token): boolean {
  return (
    isPlainInstant(created) &&
    isPlainInstant(rotated) &&
    isPlainInstant(expires) &&
    isPlainInstant(last_used) &&
    isPlainInstant(evidence?.observed) &&
    !isWord("owner", owner) &&
    !isWord("environment", environment)
  );
}

/** Larger ones are not what was written. */
function hasSafeNumbers({ reach, location }: Token): boolean {
  if ((reach?.count ?? 0) > Number.MAX_SAFE_INTEGER) return false;
  if (!location) return true;
  const { line, column, end_line = 1, end_column = 1 } = location;
  return Math.max(line, column, end_line, end_column) <= Number.MAX_SAFE_INTEGER;
}

function isWord(field: ReadField, text: string | null | undefined): boolean {
  return typeof text === "string" && isFieldWord(field, text);
}

interface Draft {
  fields: Record<string, unknown>;
  unknown: Record<string, unknown>;
  faults: RecordFault[];
}

const REFUSED = new Set(["__proto__", "constructor", "prototype"]);

function hasRefusedKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  for (const key of Object.keys(value)) {
    if (REFUSED.has(key) || hasRefusedKey((value as Record<string, unknown>)[key])) return true;
  }
  return false;
}

/** Keys that could reach into every object of a careless reader; no honest record has them. */
function refusedKeys(value: unknown, pointer: string): RecordFault[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    REFUSED.has(key)
      ? [{ pointer: below(pointer, key), says: "is a key that is never read", remedy: "remove it" }]
      : refusedKeys(child, below(pointer, key)),
  );
}

function takeUnknown({ fields, unknown, faults }: Draft): void {
  if (fields.facts !== undefined)
    faults.push({ pointer: "/facts", says: "are always computed, never read", remedy: "remove the field" });
  delete fields.facts;
  if (isMapping(fields.unknown)) Object.assign(unknown, fields.unknown);
}

function takeField(field: ReadField, draft: Draft): void {
  const given = draft.fields[field];
  settle(field, given === undefined ? { untold: true } : readField(field, given), draft);
  const value = draft.fields[field];
  if (field === "principal" && isMapping(value)) takePrincipalState({ ...value }, draft);
  if (field === "grants") draft.fields.grants = readGrants(value);
  if (field === "reach" && typeof value === "string") draft.fields.reach = { selection: value.trim() };
  if (field === "network" && typeof value === "string") draft.fields.network = listOf(value);
  if (draft.fields[field] === undefined) delete draft.fields[field];
}

/** A field that nobody tells is no gap here. */
function takeOptional(field: (typeof optionalFields)[number], draft: Draft): void {
  const { fields, faults } = draft;
  const reading = readField(field, fields[field]);
  if ("untold" in reading) delete fields[field];
  else settle(field, reading, draft);
  const { usage, consumers } = fields;
  if (field === "consumers" && typeof consumers === "string") fields.consumers = listOf(consumers).map(consumerFrom);
  if (field === "usage" && isMapping(usage)) fields.usage = withInstant(usage, "since", { pointer: "/usage", faults });
}

/** `ci release`: the type, then the name. */
function consumerFrom(text: string): unknown {
  const [, type = text, name] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
  return { type, name };
}

/** A state that nobody told must be listed, or a policy on states would pass unseen. */
function takePrincipalState(principal: Record<string, unknown>, draft: Draft): void {
  const { state } = principal;
  const reading: Reading = state === undefined || state === null ? { untold: true } : readField("status", state);
  const nested: Draft = { fields: { "principal.state": state }, unknown: draft.unknown, faults: [] };
  settle("principal.state", reading, nested);
  draft.faults.push(...nested.faults.map((fault) => ({ ...fault, pointer: "/principal/state" })));
  delete principal.state;
  const told = nested.fields["principal.state"];
  draft.fields.principal = told === undefined ? principal : { ...principal, state: told };
}

function settle(field: string, reading: Reading, { fields, unknown, faults }: Draft): void {
  const isListed = Object.hasOwn(unknown, field);
  if ("value" in reading) {
    fields[field] = reading.value;
    if (isListed)
      faults.push({ pointer: `/${field}`, says: "is given and also named in unknown", remedy: "keep one of the two" });
    return;
  }
  delete fields[field];
  if ("wrong" in reading) faults.push({ pointer: `/${field}`, ...reading.wrong });
  else if ("unknown" in reading) unknown[field] = reading.unknown;
  else if (!isListed) unknown[field] = "not-asked";
}

function readGrants(value: unknown): unknown {
  if (typeof value === "string") return parseGrants(value);
  if (!Array.isArray(value)) return value;
  return value.flatMap((grant: unknown) => {
    if (typeof grant === "string") return parseGrants(grant);
    return [isMapping(grant) ? { family: "", access: "unknown", resource: "*", ...grant } : grant];
  });
}

function takePlaces({ fields, faults }: Draft): void {
  const { evidence, location } = fields;
  if (isMapping(evidence)) fields.evidence = withInstant(evidence, "observed", { pointer: "/evidence", faults });
  if (isMapping(location) && typeof location.uri === "string" && ABSOLUTE.test(location.uri)) {
    const says = `is ${shown(location.uri)}, not a relative path`;
    faults.push({ pointer: "/location/uri", says, remedy: "write it relative to the working directory, with /" });
  }
}

/** The same with the date in one of its members read as UTC. */
function withInstant(
  group: Record<string, unknown>,
  member: string,
  { pointer, faults }: { pointer: string; faults: RecordFault[] },
): Record<string, unknown> {
  if (group[member] === undefined) return group;
  const reading = readInstant("created", group[member]);
  if ("wrong" in reading) faults.push({ pointer: `${pointer}/${member}`, ...reading.wrong });
  return "value" in reading ? { ...group, [member]: reading.value } : group;
}

/** Code scanning refuses a whole report for one location that is no path in the repository. */
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|[\\/])/i;

const KIND = /^([a-z0-9-]+)\/[a-z0-9-]+$/;

/** The parts of an identity that follow from the others. A part that cannot follow has its fault already, and gets a stand-in. */
function identify({ fields, faults }: Draft): void {
  const { kind, account, native_id: native } = fields;
  const provider = typeof kind === "string" ? KIND.exec(kind)?.[1] : undefined;
  if (provider !== undefined && fields.provider !== undefined && fields.provider !== provider) {
    const says = `is ${shown(fields.provider)}, but the kind is ${shown(kind)}`;
    faults.push({ pointer: "/provider", says, remedy: "begin the kind with the provider" });
  }
  faults.push(...nativeFaults(fields));
  fields.provider ??= provider ?? "unknown";
  const canCompose = provider !== undefined && typeof account === "string" && typeof native === "string";
  fields.id ??= canCompose ? tokenId({ account, kind: kind as string, native }) : "unknown";
  fields.name ??= typeof native === "string" ? native : fields.id;
  delete fields.native_id;
}

function nativeFaults({ id, native_id: native }: Draft["fields"]): RecordFault[] {
  if (native === undefined && (id === undefined || id === null)) {
    const remedy = "give id, or native_id to have it composed of account, kind and native_id";
    return [{ pointer: "/id", says: "is missing", remedy }];
  }
  if (native === undefined || (typeof native === "string" && native.trim() !== "")) return [];
  return [{ pointer: "/native_id", says: `is ${shown(native)}, not text`, remedy: "put it in quotation marks" }];
}

/** Whether a fault is about a field that is already known to be wrong. */
function isKnown(pointer: string, known: readonly RecordFault[]): boolean {
  return known.some((fault) => pointer === fault.pointer || pointer.startsWith(`${fault.pointer}/`));
}

function listOf(text: string): string[] {
  return text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
