import { parsedJson } from "../model/exact-json.ts";
import { MASK } from "../model/mask.ts";
import { isNamedLikePlace, type Masking } from "./masking.ts";

/** Fields whose value is a secret in whatever form: providers say so with the last word of the name. */
const SECRET_FIELD = /(?:^|[_-]|(?<=[a-z]))(?:token|secret|password|passwd|private_?key|secret_?access_?key)$/i;

/** An answer as it may lie on a disk: values in fields named like secrets, secrets in use, and what looks like any. */
export function redacted(text: string, masking: Masking): string {
  const document = parsedJson(text);
  if (document !== undefined) return JSON.stringify(document, (key, value) => cleaned(key, value, masking));
  return isMarkup(text) ? text.replace(ELEMENT, (...found) => element(found, masking)) : masking.text(text);
}

/** What is kept of the head of an answer: not what belongs to the connection, the moment or the session. */
export function keptHeaders(headers: Headers, masking: Masking): Record<string, string> {
  return Object.fromEntries(
    [...headers].flatMap(([name, value]) => (PASSING.test(name) ? [] : [[name, masking.text(value)]])),
  );
}

const PASSING =
  /^(?:connection|keep-alive|date|age|vary|server|via|retry-after|content-(?:length|encoding|security-policy)|transfer-encoding|strict-transport-security|set-cookie.*|.*authenticate|authorization|(?:x-)?rate-?limit.*)$/i;

function cleaned(key: string, value: unknown, masking: Masking): unknown {
  if (typeof value !== "string") return value;
  return isSecretField(key) ? MASK : masking.text(value);
}

function isSecretField(name: string): boolean {
  return SECRET_FIELD.test(name) && !isNamedLikePlace(name);
}

const ELEMENT = /<([A-Za-z][\w:.-]*)([^<>]*)>([^<]*)/g;

function element([, name = "", rest = "", text = ""]: readonly string[], masking: Masking): string {
  const inside = text.trim() !== "" && isSecretField(name) ? MASK : masking.text(text);
  return `<${name}${masking.text(rest)}>${inside}`;
}

function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}
