import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withEdits } from "../../src/config/line-edits.ts";
import { entriesIn } from "../../src/config/register.ts";
import { yamlText } from "../../src/config/register-entry.ts";
import { newRegister, registerEdits } from "../../src/config/register-text.ts";
import type { RegisterEntry } from "../../src/model/documents.gen.ts";

it.each([
  "a: b",
  "a:",
  "a #b",
  "# a",
  "- a",
  "*a",
  "&a",
  "!a",
  "%a",
  "@a",
  "`a",
  "[a",
  "{a",
  "a, b",
  "'a",
  '"a',
  "a\nb",
  " a",
  "a ",
  "",
  "---",
  "...",
  "? a",
  "| a",
  "null",
  "Yes",
  "off",
  "n",
  "TRUE",
  "1",
  "0x1f",
  "1e3",
  "2030-01-01",
  "12:30",
  ".inf",
  "<<",
  "~",
  "é",
  "\u0000",
  "\u202e",
  "\ud800",
  "\u2028",
  "\ufeff",
])("quotes what could be taken for something else: %j", (text) => {
  const written = yamlText(text);

  expect(written.startsWith('"')).toBe(true);
  for (const version of ["1.1", "1.2"] as const) expect(parse(`key: ${written}`, { version })).toEqual({ key: text });
});

it.each([
  "github/acme/fine-grained-pat/4211",
  "contents:read",
  "s3:Get*",
  "TODO",
  "deploy bot",
  "arn:aws:iam::1:user/a",
])("leaves %s as it is", (text) => {
  expect(yamlText(text)).toBe(text);
  for (const version of ["1.1", "1.2"] as const) expect(parse(`- ${text}`, { version })).toEqual([text]);
});

describe("whatever texts an entry has, the file says them back", () => {
  const parts = [
    "a",
    "Z9",
    ": ",
    " #",
    "#",
    "- ",
    "\n",
    "\r\n",
    "\t",
    " ",
    '"',
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "---",
    "...",
    "null",
    "~",
    "é",
    "日本",
    "😀",
    "\u0000",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u200b",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\u{e0041}",
    "\ud800",
    "<script>",
    "##[error]",
    "::add-mask::",
    "\\u0041",
    "$(x)",
  ];

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))("seed %i", (seed) => {
    const random = numbers(seed);
    const text = () => Array.from({ length: 1 + (random() % 6) }, () => parts[random() % parts.length]).join("");
    const list = () => Array.from({ length: random() % 4 }, text);
    const add = Array.from(
      { length: 5 },
      (_, index): RegisterEntry => ({
        token: `${index}${text()}`,
        owner: text(),
        purpose: text(),
        environment: text(),
        scopes: list(),
        resources: list(),
        consumers: list(),
        labels: { name: text(), principal: text() },
      }),
    );
    const eol = seed % 2 === 0 ? "\n" : "\r\n";
    const before = newRegister().replaceAll("\n", eol);

    const edits = registerEdits({ text: before, entries: [] }, { add });
    const after = withEdits(before, Array.isArray(edits) ? edits : []);

    const { entries, faults } = entriesIn(after, "");
    expect(faults).toEqual([]);
    const told = entries.map(({ by: _, ...entry }) => entry);
    expect(told).toEqual([...add].sort((one, other) => (one.token < other.token ? -1 : 1)));
    expect(after.replaceAll(eol, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(after.split(eol).length).toBeGreaterThan(20);
  });
});

/** The same numbers for the same seed, on any machine. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
}
