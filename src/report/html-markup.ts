import { entities, shortened } from "./escape.ts";

const made = Symbol("markup");

/** Markup that may stand in a page as it is: only `html` makes it, and no document can hold one. */
export interface Markup {
  readonly [made]: string;
}

export type Content = string | number | Markup | undefined | readonly Content[];

/** The only way from text to a page: what is put into the template is escaped unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const pieces = strings.map((string, index) => string + (index < values.length ? written(values[index]) : ""));
  return { [made]: pieces.join("") };
}

/** The characters of a page. */
export function pageText(markup: Markup): string {
  return markup[made];
}

/** Untrusted text longer than a name: a message, a reason. */
export function long(text: string): Markup {
  return { [made]: escaped(text, 2_000) };
}

/** A path or an id, which may be broken after each of its parts. */
export function path(text: string): Markup {
  return { [made]: escaped(text, NAME).replaceAll("/", "/<wbr>") };
}

/** Prose of policies, in which what stands between backticks is code. */
export function prose(text: string): Markup {
  const parts = shortened(text, 2_000).split(/`([^`]*)`/);
  return {
    [made]: parts.map((part, index) => (index % 2 === 1 ? `<code>${entities(part)}</code>` : entities(part))).join(""),
  };
}

/** Style or script of our own, which no escaping may change; it must not end its element. */
export function verbatim(text: string): Markup {
  if (/<\/|<!--/.test(text)) throw new Error("a style or script may not hold the end of its element");
  return { [made]: text };
}

const NAME = 300;

function written(value: Content): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(value, NAME);
  return isMarkup(value) ? value[made] : value.map(written).join("");
}

function isMarkup(value: Markup | readonly Content[]): value is Markup {
  return made in value;
}

function escaped(text: string, most: number): string {
  return entities(shortened(text, most));
}
