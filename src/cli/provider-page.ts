import type { About } from "../collect/about.ts";
import { visible } from "../model/text.ts";
import { aligned, wrapped } from "./layout.ts";

const WIDEST = 120;

/** All that is to be said of a provider, as a page for a terminal. */
export function providerPage(about: About, columns: number): string {
  const width = Math.min(columns, WIDEST);
  const { id, title, needsCredential, rights, kinds } = about;
  const facts = [
    ["credential", needsCredential ? "needed" : "none"],
    ["least rights", rights],
    ["kinds", kinds.length > 0 ? kinds.join(", ") : "any, as its records say"],
  ];
  return [
    `${id}: ${title}\n`,
    aligned(facts, width),
    keysSection(about, width),
    ...Object.entries(about.grant).map(([name, text]) => `To paste: ${visible(name)}\n${indented(text)}`),
    ...fieldsSection(about, width),
    ...hiddenSection(about, width),
  ].join("\n");
}

function keysSection({ id, keys }: About, width: number): string {
  const rows = keys.map(({ name, type, isRequired, description, choices }) => {
    const allowed = choices.length > 0 ? [`One of ${choices.join(", ")}.`] : [];
    return [`  ${name}`, type, [...(isRequired ? ["Required."] : []), description, ...allowed].join(" ")];
  });
  return `Keys beside use: ${id}\n${aligned(rows, width)}`;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${visible(line)}\n`)
    .join("");
}

function fieldsSection({ fields }: About, width: number): string[] {
  if (fields.length === 0) return [];
  const kinds = fields.map(({ kind, told }) => {
    const rows = told
      .filter((one) => one.fields.length > 0)
      .map((one) => [`    ${one.availability}`, one.fields.join(", ")]);
    return `  ${kind}\n${aligned(rows, width)}`;
  });
  return [`What is known of each kind\n${kinds.join("")}`];
}

function hiddenSection({ hidden }: About, width: number): string[] {
  if (hidden.length === 0) return [];
  return [`Never shown\n${hidden.map(({ subject, why }) => wrapped(`${subject}: ${why}`, width, "  ")).join("")}`];
}
