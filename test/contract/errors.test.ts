import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { at, type ErrorCode, errorCatalogue, TokenwardError } from "../../src/model/errors.ts";
import { repository } from "../support/command.ts";

const codes = Object.keys(errorCatalogue) as ErrorCode[];

/** An error built from samples: whatever its builder asks for, it is given a text; and what it asked for. */
function built(code: ErrorCode): { message: string; remedy: string; asked: Set<string> } {
  const asked = new Set<string>();
  const sample = new Proxy({}, { get: (_, name) => asked.add(`<${String(name)}>`) && `<${String(name)}>` });
  const { message, remedy } = new TokenwardError(code, sample as never);
  return { message, remedy, asked };
}

/** A remedy is an order: no politeness, no description, no word that is no verb's plain form. Some pass on the remedies of others. */
const IMPERATIVE =
  /^(<\w+>|(?!(please|you|your|the|an?|it|this|that|there|tokenward|not?)\b)[a-z]+(?<!ing|ed|[^ls]s)\b)/;

let sources: { path: string; text: string }[];
beforeAll(async () => {
  const paths = (await readdir(`${repository}src`, { recursive: true })).filter((path) => path.endsWith(".ts"));
  const all = paths.map(async (path) => ({ path, text: await readFile(`${repository}src/${path}`, "utf8") }));
  sources = (await Promise.all(all)).filter(({ path }) => path !== "model/errors.ts");
});

describe.each(codes)("%s", (code) => {
  it("is a stable code in capitals", () => {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
  });

  it("says what happened in a sentence that tells every value it was given and ends without a full stop", () => {
    const { message, remedy, asked } = built(code);

    expect([...asked].filter((value) => !`${message} ${remedy}`.includes(value))).toEqual([]);
    expect(message).toMatch(/\S/);
    expect(message).not.toMatch(/[.!\s]$/);
    expect(message).not.toContain("undefined");
    expect(message).not.toContain("[object");
  });

  it("tells the next step in the imperative", () => {
    const { remedy } = built(code);

    expect(remedy).toMatch(IMPERATIVE);
    expect(remedy).not.toMatch(/[.!\s]$/);
    expect(remedy).not.toContain("undefined");
  });

  it("is thrown somewhere", () => {
    const users = sources.filter(({ text }) => text.includes(`"${code}"`)).map(({ path }) => path);

    expect(users).not.toEqual([]);
  });
});

it("every code that is thrown is in the catalogue", () => {
  const thrown = sources.flatMap(({ text }) =>
    [...text.matchAll(/new TokenwardError\(\s*"(\w+)"/g)].map(([, code]) => code as ErrorCode),
  );

  expect(thrown.length).toBeGreaterThan(10);
  expect(thrown.filter((code) => !codes.includes(code))).toEqual([]);
});

it("nothing expected is thrown as a bare Error from where a person can cause it", () => {
  const bare = sources
    .filter(({ path, text }) => path.startsWith("cli/") && /throw new Error\(/.test(text))
    .map(({ path }) => path);

  expect(bare).toEqual([]);
});

it("an error keeps its cause, and is told from a bug by its class", () => {
  const cause = new Error("ENOENT");
  const error = new TokenwardError("BUNDLE_MISSING", { path: "dist/policies/digest" }, { cause });

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "TokenwardError", code: "BUNDLE_MISSING", cause });
});

it.each([
  { position: { uri: "tokenward.yaml", line: 3, column: 5 }, text: "tokenward.yaml:3:5" },
  { position: { uri: "tokenward.yaml", line: 3 }, text: "tokenward.yaml:3" },
  { position: { uri: "standard input", line: undefined, column: undefined }, text: "standard input" },
])("a position prints as $text", ({ position, text }) => {
  expect(at(position)).toBe(text);
});
