import { visible } from "../model/text.ts";

/**
 * A SARIF message of at most so many UTF-16 units: one visible line in which a name cannot make a link, `[text](target)`
 * being one even in plain text.
 */
export function sarifText(text: string, most = 2_000): string {
  return shortened(text, most, (line) => line.replaceAll("](", "] ("));
}

/** Untrusted text as one line, without what would hide, move or command. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\s+/g, " ").trim());
}

/** One visible line of at most so many UTF-16 units. */
export function shortened(text: string, most: number, changed = (line: string) => line): string {
  const line = changed(visibleLine(text.slice(0, most + 1)));
  return line.length > most ? `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : line;
}

/** The same as a sentence with its stop, as SARIF asks of the messages of results. */
export function sarifSentence(text: string): string {
  const line = sarifText(text);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** Prose as Markdown that keeps `code` and emphasis, but makes neither links nor HTML. */
export function markdown(text: string): string {
  return visibleLine(text).replace(/[<>[\]]/g, "\\$&");
}

/** Characters that make markup, in the places where they do; and `@` and `#` before a name, a mention or a reference. */
const MARKUP = /[&<>|`*_~[\]\\!]|:(?=\/\/)|(?<=^|[\s(])[-+=]|(?<=\bwww)\.|(?<=^\d+)[.)]|[@#](?=\w)/gi;

/**
 * Untrusted text for a cell of a table or a line of Markdown, at most so many UTF-16 units of it: no markup, no link, no picture,
 * and neither a mention nor a reference, which GitHub would make of the rendered text.
 */
export function markdownCell(text: string, most = 300): string {
  return withoutMarkup(shortened(text, most));
}

/** The same for prose of policies: what stands between backticks stays code. */
export function markdownProse(text: string): string {
  return shortened(text, 2_000)
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : withoutMarkup(part)))
    .join("");
}

function withoutMarkup(line: string): string {
  return line.replace(MARKUP, (mark) => (mark === "@" || mark === "#" ? `${mark}&#8203;` : `&#${mark.charCodeAt(0)};`));
}

/** An absolute web address with only the characters that RFC 3986 allows; undefined: it is none, or carries a password. */
export function webUri(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username || url.password || url.host.startsWith("[")) return undefined;
  const [resource = "", ...fragment] = url.href
    .replace(/%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/g, encodeURIComponent)
    .split("#");
  return fragment.length > 0 ? `${resource}#${fragment.join("%23")}` : resource;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as XML and HTML take it, between tags and in attributes. */
export function entities(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
