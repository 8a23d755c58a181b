import { findNeedles } from "./needles.ts";

/** What stands where a secret stood. */
export const MASK = "***";

/** Whether a text may hold something that `maskSecrets` would change; no means surely not. For whole records at once. */
export function mayHoldSecret(text: string): boolean {
  const found = needles(text);
  if ((found & SURE) !== 0) return true;
  if ((found & AWS) !== 0 && AWS_LENGTH.test(text)) return true;
  return ((found & USER) !== 0 && USER_INFO_LIKE.test(text)) || (text.includes("=") && PARAMETER_LIKE.test(text));
}

/**
 * Replaces what looks like a credential by its public prefix and `***`. Identifiers stay: AWS access key ids, hashes,
 * UUIDs, names. Each pattern passes over the text once, whatever is in it.
 */
export function maskSecrets(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(PRIVATE_KEY, `$1${MASK}$2`)
    .replace(USER_INFO, maskUserInfo)
    .replace(PARAMETER, (whole, name: string, value: string) => (isRandom(value) ? name + MASK : whole))
    .replace(AUTHORIZATION, (whole, scheme: string, value: string) => (isRandom(value) ? scheme + MASK : whole))
    .replace(AWS_SECRET, (whole, before: string, value: string) => (isMixed(value) ? before + MASK : whole))
    .replace(SLACK_HOOK, `$1${MASK}`)
    .replace(WORD, maskWord);
}

/** No credential is shorter, but for passwords in URLs: most texts are passed over here. */
const SUSPECT = /[^\s]{16}|:\/\/|-----BEGIN /;
/** Without its END line, a private key reaches to the end of the text. */
const PRIVATE_KEY = /(-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(-----END [A-Z0-9 ]{0,64}-----|$)/g;
const USER_INFO = /:\/\/([^\s/:@?#]*)(?::([^\s/?#]+))?@/g;
const PARAMETER =
  /([?&#;](?:(?:access_|refresh_|id_|auth_)?token|api_?key|(?:client_)?secret|password|passwd|sig|signature|x-(?:amz|goog)-signature|x-amz-security-token|accountkey|sharedaccesskey)=)([^\s&#;]+)/gi;
const AUTHORIZATION = /\b((?:bearer|basic|authorization: ?token)[ \t]{1,8})([A-Za-z0-9._~+/=-]{16,})/gi;
/** AWS secret access keys have no prefix; a word or a key id in front gives them away. */
const AWS_SECRET =
  /((?:secret[a-z_ -]{0,24}|aws[a-z_ -]{0,32}|A[KS]IA[A-Z0-9]{12,20})["' \t]{0,3}[:=,/ \t]["' \t]{0,3})([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi;
const SLACK_HOOK = /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]+/g;
const WORD = /[A-Za-z0-9_.~+%-]+/g;

/** Prefixes so distinct that they count anywhere in a word; each group in braces stands for any one of its parts. */
const ANYWHERE = [
  "gh{p|o|u|s|r}_ github_pat_ gl{pat|ptt|dt|rt|cbt|soat|ft|imt|agent|oas|ffct}- npm_ pypi- rubygems_ dckr_{pat|oat}_",
  "do{o|p|r}_v1_ hv{s|b|r}. pscale_{tkn|pw|oauth}_ xox{a|b|e|o|p|r|s}- xapp- {r|s}k_{live|test|prod}_ whsec_",
  "shp{at|ca|pa|ss}_ GOCSPX- tskey- glsa_ glc_ lin_{api|oauth}_ sntry{s|u}_ figd_ dp.{pt|st|ct|sa|scim|audit}.",
  "ATATT3 ATCTT3 PMAK- NRAK- CFPAT-",
].flatMap(spelledOut);
/** Prefixes that need a boundary before them, or they would cut names in half. */
const AT_BOUNDARY = spelledOut("sk- eyJ AIza ya29. SG. s. hf_ dapi pul- nfp_ sbp_ ops_ fm{1|2}_ ATBB");
const PREFIX = new RegExp(`${anyOf(ANYWHERE)}|(?<=^|[^A-Za-z0-9]|%[0-9A-Fa-f]{2})(?:${anyOf(AT_BOUNDARY)})`);

/** What the patterns besides the prefixes need at least. */
const OTHERS = ["-----begin ", "bearer", "basic", "authorization", "hooks.slack"];
const AWS_WORDS = ["secret", "aws", "akia", "asia"];
const AWS_LENGTH = /[A-Za-z0-9/+]{40}/;
const USER_INFO_LIKE = /:\/\/[^\s/?#]*@/;
const PARAMETER_LIKE = /[?&#;][a-z_-]{3,24}=/i;

const [SURE, AWS, USER] = [1, 2, 4];
const needles = findNeedles(
  [
    ...[...ANYWHERE, ...OTHERS].map((word) => ({ word: word.toLowerCase(), group: SURE })),
    ...AT_BOUNDARY.map((word) => ({ word: word.toLowerCase(), group: SURE, isStart: true })),
    ...AWS_WORDS.map((word) => ({ word, group: AWS })),
    { word: "://", group: USER },
  ],
  SURE,
);

function spelledOut(words: string): string[] {
  return words
    .split(" ")
    .flatMap((word) =>
      word
        .split(/[{}]/)
        .reduce<string[]>((forms, part) => forms.flatMap((form) => part.split("|").map((one) => form + one)), [""]),
    );
}

function anyOf(words: readonly string[]): string {
  return words.map((word) => word.replaceAll(".", "\\.")).join("|");
}

/** If what follows the first prefix is no secret, what follows a later one is neither: it would be part of it. */
function maskWord(word: string): string {
  const found = PREFIX.exec(word);
  if (!found) return word;
  const end = found.index + found[0].length;
  return isRandom(word.slice(end)) ? word.slice(0, end) + MASK : word;
}

function maskUserInfo(whole: string, user: string, password: string | undefined): string {
  if (password !== undefined) return `://${user}:${MASK}@`;
  return isRandom(user) ? `://${MASK}@` : whole;
}

/** Names are made of words; a secret has a long run of letters and digits, or runs that are no words. */
function isRandom(text: string): boolean {
  const runs = text.split(/[^A-Za-z0-9]+/);
  if (runs.some((run) => run.length >= 24 || (run.length >= 16 && /[A-Z0-9]/.test(run)))) return true;
  const odd = runs.filter((run) => !WORD_LIKE.test(run)).join("");
  return odd.length >= 10;
}

const WORD_LIKE = /^(?:[A-Za-z]?[a-z]*\d{0,4}|[A-Z]+\d{0,4}|\d+)$/;

function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}
