import { keysOf } from "../model/pointer.ts";
import { fieldNames } from "../model/schema.ts";
import { shown } from "../model/shown.ts";
import { type Fault, faultsIn } from "../model/validate.ts";
import { choiceFault } from "./choices.ts";
import type { ConfigFault, Locate } from "./fault.ts";
import { pathName, pointerTo } from "./pointer.ts";
import { durationFault } from "./values.ts";
import { found, orRather } from "./wording.ts";

const TYPES: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
};

type Sort = "config" | "waivers" | "baseline" | "register" | "owners";

/** What of the file is not as its schema says, in sentences. */
export function shapeFaults(document: unknown, locate: Locate, sort: Sort = "config"): ConfigFault[] {
  const faults = faultsIn(sort, document);
  return faults
    .filter((fault) => !isNoise(fault, faults, document))
    .map((fault) => ({ position: positionOf(fault, locate), text: sentence(fault, document, sort) }));
}

/** A wrong word breaks the rule on its type too, and a wrong key the rule on its letters; each is told once. */
function isNoise({ path, keyword }: Fault, all: readonly Fault[], document: unknown): boolean {
  if (keyword === "type") return all.some((other) => other.path === path && isChoice(other));
  return keyword === "pattern" && typeof valueAt(path, document) !== "string";
}

function isChoice({ keyword }: Fault): boolean {
  return keyword === "enum" || keyword === "const";
}

function positionOf({ path, keyword, params }: Fault, locate: Locate): ConfigFault["position"] {
  const key = keyword === "additionalProperties" ? params.additionalProperty : params.propertyName;
  return key === undefined ? locate(path) : locate(path + pointerTo(String(key)), true);
}

function sentence({ path, keyword, params, message }: Fault, document: unknown, sort: Sort): string {
  const value = valueAt(path, document);
  const name = path === "" ? "the file" : pathName(path);
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      return `unknown key ${shown(key)}${orRather(key, keysAt(path, document, sort))}`;
    }
    case "required":
      return `${name}: the key ${shown(String(params.missingProperty))} is missing`;
    case "enum":
      return `${name}: ${choiceFault(value, params.allowedValues as unknown[])}`;
    case "const":
      return `${name}: ${choiceFault(value, [params.allowedValue])}`;
    case "type":
      return `${name}: expected ${typeNames(params.type)}, found ${found(value)}`;
    case "propertyNames":
      return `${name}: ${shown(String(params.propertyName))} is no kind; write provider/kind in kebab-case, such as github/classic-pat`;
    case "format":
      return `${name}: expected a date such as 2030-01-31, found ${found(value)}`;
    case "minProperties":
      return `${name}: expected a mapping with at least one of ${keysAt(path, document, sort).join(", ")}`;
    case "maxLength":
      return `${name}: expected a text of at most ${String(params.limit)} characters`;
    case "pattern":
      return `${name}: ${patternFault(String(params.pattern), String(value))}`;
    case "minLength":
      return `${name}: expected a text that is not empty`;
    case "false schema":
      return `${name}: cannot stand beside the other keys here; keep one of the two`;
    case "minItems":
      return `${name}: expected a list that is not empty`;
    case "maxProperties":
      return `${name}: has the keys ${Object.keys(value as object).join(", ")}; keep one of them`;
    default:
      return `${name}: ${message}`;
  }
}

/** An entry of `sources` has the keys of the source it uses, which is known to exist where its keys were held against it. */
function keysAt(path: string, document: unknown, sort: Sort): string[] {
  if (sort !== "config") return fieldNames(sort, path);
  const [, source, inside] = /^(\/sources\/\d+)(\/.*)?$/.exec(path) ?? [];
  if (source === undefined) return fieldNames("config", path);
  return fieldNames(`sources/${valueAt(`${source}/use`, document)}`, inside);
}

/** Durations are written in the same way everywhere, and what is wrong with one is told in the same words. */
function patternFault(pattern: string, value: string): string {
  if (pattern.endsWith("[dw]$")) return `expected whole days such as 90d, found ${found(value)}`;
  const fault = pattern.includes("[wdhms]") ? durationFault(value) : undefined;
  return fault ?? `${found(value)} does not fit ${pattern}`;
}

function typeNames(type: unknown): string {
  const names = [type].flat().map((name) => TYPES[String(name)] ?? String(name));
  const last = names.pop() ?? "";
  return names.length > 0 ? `${names.join(", ")} or ${last}` : last;
}

function valueAt(path: string, document: unknown): unknown {
  let value = document;
  for (const segment of keysOf(path)) value = (value as Record<string, unknown>)[segment];
  return value;
}
