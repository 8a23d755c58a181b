import { createRequire } from "node:module";
import { keysOf } from "./pointer.ts";

/** As much of a JSON Schema as is read here. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
}

/** A document rewritten with its fields in the order of its schema; fields that the schema does not name follow in the order of their names. */
export function inSchemaOrder(name: string, value: unknown): unknown {
  return ordered(value, { schema: loadSchema(name), document: name });
}

/** The names of the fields that a document may have at a JSON pointer; empty: any, or none. */
export function fieldNames(name: string, pointer = ""): string[] {
  let node: Node = { schema: loadSchema(name), document: name };
  for (const key of keysOf(pointer)) {
    const { schema } = resolveSchema(node);
    const next = schema.items ?? (Object.hasOwn(schema.properties ?? {}, key) && schema.properties?.[key]);
    if (!next) return [];
    node = { schema: next, document: resolveSchema(node).document };
  }
  return Object.keys(resolveSchema(node).schema.properties ?? {});
}

/** A part of a schema. */
export interface Node {
  schema: Schema;
  /** The file that `#` in a reference means. */
  document: string;
}

function ordered(value: unknown, node: Node): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { schema, document } = resolveSchema(node);
  if (Array.isArray(value)) return value.map((item) => ordered(item, { schema: schema.items ?? {}, document }));
  const properties = schema.properties ?? {};
  const named = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  const source = value as Record<string, unknown>;
  return Object.fromEntries(
    [...named, ...others.sort()].map((key) => [key, ordered(source[key], { schema: properties[key] ?? {}, document })]),
  );
}

/** The part that a reference leads to, if it is one. */
export function resolveSchema({ schema, document }: Node): Node {
  if (!schema.$ref) return { schema, document };
  const [file = "", path = ""] = schema.$ref.split("#");
  const target = file === "" ? document : file.replace(/\.json$/, "");
  let found: unknown = loadSchema(target);
  for (const segment of path.split("/").slice(1)) found = (found as Record<string, unknown>)[segment];
  return resolveSchema({ schema: found as Schema, document: target });
}

const loaded = new Map<string, Schema>();

/** The schema of a document, by its path in `schemas/`. */
export function loadSchema(name: string): Schema {
  const known = loaded.get(name);
  if (known) return known;
  const schema = createRequire(import.meta.url)(`../../schemas/${name}.json`) as Schema;
  loaded.set(name, schema);
  return schema;
}
