import { nearest } from "./nearest.ts";
import { below, keysOf } from "./pointer.ts";
import { fieldNames } from "./schema.ts";
import { shown } from "./shown.ts";
import { type Fault, faultsIn } from "./validate.ts";

/** One thing wrong with a record: the field as a JSON pointer (empty: the record), what is wrong, and what to do. */
export interface RecordFault {
  pointer: string;
  /** Goes on after the field's name: `is "soon", which is no instant`. */
  says: string;
  remedy: string;
}

/** What the schema finds wrong with a token, as a person would say it. */
export function schemaFaults(token: unknown): RecordFault[] {
  return faultsIn("token", token).map((fault) => worded(fault, valueAt(token, fault.path)));
}

/** A field that no token has, with the one that was probably meant. */
export function unknownField(parent: string, name: string): RecordFault {
  const allowed = fieldsAt(parent);
  const near = nearest(name, allowed);
  const remedy = near === undefined ? `use one of ${allowed.join(", ")}` : `write ${near}, or remove it`;
  return { pointer: below(parent, name), says: "is no field of a token record", remedy };
}

/** The fields a written record may have: facts are computed, `native_id` becomes part of the id, `policy_documents` the grants. */
function fieldsAt(parent: string): string[] {
  const names = fieldNames("token", parent);
  return parent === "" ? [...names.filter((name) => name !== "facts"), "native_id", "policy_documents"] : names;
}

function worded({ path, keyword, message, params }: Fault, value: unknown): RecordFault {
  switch (keyword) {
    case "additionalProperties":
      return unknownField(path, String(params.additionalProperty));
    case "required":
      return { pointer: below(path, String(params.missingProperty)), says: "is missing", remedy: "give it a value" };
    case "enum":
      return {
        pointer: path,
        says: `is ${shown(value)}`,
        remedy: `use one of ${(params.allowedValues as []).join(", ")}`,
      };
    case "type":
      return { pointer: path, says: `is ${kindOf(value)}, not ${wanted(params.type)}`, remedy: remedyForType(value) };
    case "pattern":
      return { pointer: path, says: `is ${shown(value)}`, remedy: patternRemedy(path) };
    default:
      return { pointer: path, says: `${message}, and is ${shown(value)}`, remedy: "correct it" };
  }
}

function patternRemedy(path: string): string {
  if (path === "/kind") return "write it as provider/kind in small letters, such as github/classic-pat";
  if (path === "/provider") return "write it in small letters and digits, with - between words";
  return "write it in the form that docs/inventory.md names";
}

function remedyForType(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? "put it in quotation marks" : "write it as that";
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return `the text ${shown(value)}`;
  return typeof value === "number" ? `the number ${value}` : shown(value);
}

const TYPES = new Map<unknown, string>([
  ["string", "text"],
  ["object", "a mapping"],
  ["array", "a list"],
  ["integer", "a whole number"],
  ["null", "null"],
]);

function wanted(types: unknown): string {
  return [types]
    .flat()
    .map((type) => TYPES.get(type) ?? String(type))
    .join(" or ");
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const key of keysOf(pointer)) value = (value as Record<string, unknown>)[key];
  return value;
}
