import { loadSchema, type Node, resolveSchema } from "./schema.ts";

/** One key that a document may have; keys inside others by their path: `credential.env`. */
export interface Key {
  name: string;
  isRequired: boolean;
  /** What is written there, in words: `text`, `list of word`. */
  type: string;
  /** The words that may be written, where only some may. */
  choices: string[];
  /** As the schema has it; may be empty. */
  description: string;
}

/** The keys of a document in the order of its schema, with those that only one of several forms has. */
export function keysIn(document: string): Key[] {
  return keysOf({ schema: loadSchema(document), document }, "");
}

function keysOf(node: Node, parent: string): Key[] {
  const { schema, document } = resolveSchema(node);
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    const inner = { schema: one, document };
    const name = parent + key;
    const description = one.description ?? resolveSchema(inner).schema.description ?? "";
    const isRequired = schema.required?.includes(key) ?? false;
    const found = { name, isRequired, type: typeOf(inner), choices: choicesOf(inner), description };
    return [found, ...keysOf(inner, `${name}.`)];
  });
  const forms = (schema.oneOf ?? []).flatMap((form) => keysOf({ schema: form, document }, parent));
  // What every form would need, none of them needs alone.
  const unlike = forms.map((key) => ({ ...key, isRequired: false }));
  const all = [...own, ...unlike];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

function typeOf(node: Node): string {
  const { schema, document } = resolveSchema(node);
  if (schema.const !== undefined || schema.enum) return "word";
  const types = [schema.type ?? (schema.properties || schema.oneOf ? "object" : [])].flat();
  const items = schema.items && typeOf({ schema: schema.items, document });
  return types
    .map((type) => (type === "array" ? `list${items ? ` of ${items}` : ""}` : (WORDS[type] ?? type)))
    .join(" or ");
}

function choicesOf(node: Node): string[] {
  const { schema, document } = resolveSchema(node);
  if (schema.items) return choicesOf({ schema: schema.items, document });
  return (schema.const === undefined ? (schema.enum ?? []) : [schema.const]).map(String);
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "mapping",
};
