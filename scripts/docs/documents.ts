import { cell, type Page, page, table } from "./page.ts";

interface Schema {
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}

const INTRO = `Every document that passes between two stages has a JSON Schema (draft-07) in \`schemas/\`.
Fields are snake_case in every format, so that YAML, Rego and JSON say the same word.
A judged field of a token is present, or \`null\` (known to be none), or named in \`unknown\` with the reason; a field that is simply missing is a bug of its collector.`;

const FACTS = "What `facts.breadth` and the other facts about scopes mean is told in [scopes.md](scopes.md).";

/** The fields of every document, from the schemas' own descriptions. */
export function documentsPage(schemas: Readonly<Record<string, Schema>>): Page {
  const sections = Object.entries(schemas).map(([name, schema]) => {
    const rows = Object.entries(schema.properties ?? {}).flatMap(([field, one]) =>
      fieldRows(field, one, schema.required ?? []),
    );
    return `## ${name}\n\n${schema.description ?? ""}\n\n${table(["Field", "Type", "Meaning"], rows)}`;
  });
  return page("docs/documents.md", "Documents", [INTRO, FACTS, ...sections]);
}

function fieldRows(field: string, schema: Schema, required: readonly string[]): string[][] {
  const name = `\`${field}\`${required.includes(field) ? " (required)" : ""}`;
  const children = schema.properties ?? schema.items?.properties ?? {};
  const inner = Object.entries(children).map(([child, one]) => [
    `\`${field}.${child}\``,
    typeOf(one),
    cell(one.description ?? ""),
  ]);
  return [[name, typeOf(schema), cell(schema.description ?? "")], ...inner];
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.$ref) return (schema.$ref.split("/").at(-1) ?? "").replace(".json", "").replaceAll("_", " ");
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "any");
  return type === "array" && schema.items ? `list of ${typeOf(schema.items)}` : type;
}
