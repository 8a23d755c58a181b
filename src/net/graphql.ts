/**
 * Whether a GraphQL document holds queries and fragments alone. Reads as much of the grammar as that needs (comments,
 * strings, block strings, brackets); what it cannot read is no query.
 */
export function isQueryDocument(document: string): boolean {
  const heads = headsIn(document);
  return heads?.every(isHarmless) === true && heads.some(isQuery);
}

/** A selection without a word before it is a query. */
function isQuery(head: readonly string[]): boolean {
  return head.length === 0 || head[0] === "query";
}

function isHarmless(head: readonly string[]): boolean {
  return (isQuery(head) || head[0] === "fragment") && !head.some((token) => WRITING.has(token));
}

/** Refused outside of brackets wherever they stand there: no query needs one for its name. */
const WRITING = new Set(["mutation", "subscription"]);
const CLOSING: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };
const OPENING: readonly string[] = Object.values(CLOSING);

/** What stands outside of brackets before each `{…}`; nothing where the document is not made of such pairs. */
function headsIn(document: string): string[][] | undefined {
  const outside = outsideOf(document);
  if (!outside || (outside.length > 0 && outside.at(-1) !== "}")) return undefined;
  const heads: string[][] = [[]];
  for (const token of outside) {
    if (token === "}") heads.push([]);
    else heads.at(-1)?.push(token);
  }
  return heads.slice(0, -1);
}

/** The tokens outside of brackets, each pair of them told by its closing one; nothing where they do not match. */
function outsideOf(document: string): string[] | undefined {
  const outside: string[] = [];
  const open: string[] = [];
  for (const token of tokensOf(document)) {
    if (token === undefined || (CLOSING[token] && open.pop() !== CLOSING[token])) return undefined;
    if (OPENING.includes(token)) open.push(token);
    else if (open.length === 0) outside.push(token);
  }
  return open.length === 0 ? outside : undefined;
}

const TOKEN =
  /[\s,\uFEFF]+|#[^\n\r]*|"""(?:\\"""|(?!""")[\s\S])*"""|"(?!"")(?:\\.|[^"\\\n\r])*"|\.\.\.|[{}()[\]]|[!$&:=@|]|[\w.+-]+/y;

/** Every token but blanks, comments and strings; undefined where the document cannot be read. */
function* tokensOf(document: string): Iterable<string | undefined> {
  let at = 0;
  while (at < document.length) {
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(document) ?? [];
    if (token === undefined) return yield undefined;
    at += token.length;
    if (!/^[\s,\uFEFF#"]/.test(token)) yield token;
  }
}
