import { Document, isMap, isNode, isSeq, parseDocument } from "yaml";
import type { WaiverEntry } from "../model/documents.gen.ts";

const NEW_FILE = "# Findings that somebody answers for until a day; see docs/waivers.md.\nversion: 1\nwaivers:\n";

/** The text of a file of waivers with one more entry at its end; everything else stays as it was written. Absent: a new file. */
export function withWaiver(text: string | undefined, entry: WaiverEntry): string {
  const document = parseDocument(text ?? NEW_FILE, { schema: "core" });
  const list = document.get("waivers");
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  const spliced = text !== undefined && isNode(last) && last.range ? behind(text, last.range, entry) : undefined;
  if (spliced !== undefined) return spliced;
  // An empty list, or one between brackets: the library writes the file anew, with its comments.
  if (isSeq(list)) {
    list.flow = false;
    list.items.push(document.createNode(entry));
  } else if (isMap(document.contents)) document.set("waivers", document.createNode([entry]));
  return document.toString({ lineWidth: 0 });
}

/** Behind the last entry and what stands on its last line; undefined: entries do not stand below each other. */
function behind(text: string, [start, end]: readonly number[], entry: WaiverEntry): string | undefined {
  const before = text.slice(0, start);
  const [, indent] = /(?:^|\n)( *)- +$/.exec(before) ?? [];
  if (indent === undefined) return undefined;
  const content = text.slice(0, end).trimEnd().length;
  const lineEnd = text.indexOf("\n", content);
  const cut = lineEnd === -1 ? text.length : lineEnd + 1;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const head = lineEnd === -1 ? text + eol : text.slice(0, cut);
  const lines = new Document(entry).toString({ lineWidth: 0 }).trimEnd().split("\n");
  const added = lines.map((line, index) => (line === "" ? line : `${indent}${index === 0 ? "- " : "  "}${line}`));
  return `${head}${added.join(eol)}${eol}${text.slice(cut)}`;
}
