import { MASK, maskSecrets } from "../model/mask.ts";

/** Shorter ones would take away more than they hide. */
const SHORTEST = 5;

/** Takes the secrets in use out of texts, however they are written there, and what looks like any other secret. */
export interface Masking {
  /** One more secret, such as a token that was just issued. */
  add(secret: string): void;
  /** The secrets in use alone. */
  known(text: string): string;
  /** A text for people. */
  text(text: string): string;
  /** An address for people, also without the values of parameters that are named like secrets. */
  url(url: URL): string;
}

export function openMasking(secrets: readonly string[]): Masking {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;
  const add = (secret: string) => {
    if (secret.length < SHORTEST || forms.has(secret)) return;
    for (const form of formsOf(secret)) forms.add(form);
    pattern = anyOf(forms);
  };
  const known = (text: string) => (pattern ? text.replace(pattern, MASK) : text);
  for (const secret of secrets) add(secret);
  return {
    add,
    known,
    text: (text) => maskSecrets(known(text)),
    url: (url) => maskSecrets(known(withoutNamed(url))),
  };
}

/** The secrets in headers, by the headers' names: whole values, and their parts where a scheme stands before them. */
export function secretsIn(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    /auth|token|key|secret|cookie/i.test(name) && !SIGNATURE.test(value)
      ? [value, ...value.split(/[\s,;]+/).filter((part) => part.length >= 12)]
      : [],
  );
}

/** Good for one request, and no two are the same: kept, each request would leave one more to look for. */
const SIGNATURE = /^AWS4-HMAC-SHA256 /;

const NAMED_LIKE_SECRET = /token|secret|key|signature|passw|credential|assertion|^sig$|^code$|auth/i;

/** Parameters and fields that say where a page is; some of them are called tokens too. */
export function isNamedLikePlace(name: string): boolean {
  return /page|cursor|keyset|next|continu|marker/i.test(name);
}

/** Whether a parameter of this name holds a secret: the id of a key is none, and tells one question from another. */
function isNamedLikeSecret(name: string): boolean {
  return NAMED_LIKE_SECRET.test(name) && !isNamedLikePlace(name) && !/(?:key|token|secret)_?id$/i.test(name);
}

function withoutNamed(url: URL): string {
  const shown = new URL(url);
  [shown.username, shown.password, shown.hash] = ["", "", ""];
  maskNamed(shown.searchParams);
  return shown.href;
}

/** Takes the values out of parameters that are named like secrets. */
export function maskNamed(parameters: URLSearchParams): URLSearchParams {
  for (const name of new Set(parameters.keys())) if (isNamedLikeSecret(name)) parameters.set(name, MASK);
  return parameters;
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const inJson = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  return [secret, encoded, lower, form, inJson, ...inBase64(secret)].filter((one) => one.length >= SHORTEST);
}

/** In base64 three bytes become four signs, so what a secret looks like depends on how many bytes stand before it. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = bytes.toString("base64").replace(/=+$/, "");
    // The signs at both ends also depend on the neighbours.
    const sure = whole.slice([0, 2, 3][before], bytes.length % 3 === 0 ? undefined : -1);
    return [sure, sure.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function anyOf(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
}
