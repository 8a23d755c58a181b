import type { Graph, GraphEdge, GraphNode } from "./graph.ts";

/** The languages of a diagram. */
export const graphFormats = { mermaid, dot } as const;
export type GraphFormat = keyof typeof graphFormats;

/** What Mermaid draws where nobody has configured it otherwise, as GitHub does. */
export const MERMAID_DRAWS = { edges: 500, characters: 50_000 };

const BOXES: Readonly<Record<GraphNode["sort"], readonly [string, string]>> = {
  owner: ["([", "])"],
  token: ["[", "]"],
  resource: ["[(", ")]"],
  note: [">", "]"],
};

function mermaid({ nodes, edges }: Graph): string {
  const node = ({ key, sort, label }: GraphNode) => `  ${key}${BOXES[sort][0]}"${mermaidText(label)}"${BOXES[sort][1]}`;
  const edge = ({ from, to, label }: GraphEdge) =>
    `  ${from} -->${label === undefined ? "" : `|"${mermaidText(label)}"|`} ${to}`;
  return linesOf(["flowchart LR", ...nodes.map(node), ...edges.map(edge)]);
}

/** Letters, digits and a few marks stay; all that could be markup, a directive or the end of the label becomes a number. */
function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} _./:@+=,…-]/gu, (character) => `#${character.codePointAt(0)};`);
}

const SHAPES: Readonly<Record<GraphNode["sort"], string>> = {
  owner: "ellipse",
  token: "box",
  resource: "cylinder",
  note: "note",
};

function dot({ nodes, edges }: Graph): string {
  const node = ({ key, sort, label }: GraphNode) => `  ${key} [label="${dotText(label)}", shape=${SHAPES[sort]}];`;
  const edge = ({ from, to, label }: GraphEdge) =>
    `  ${from} -> ${to}${label === undefined ? "" : ` [label="${dotText(label)}"]`};`;
  return linesOf(["digraph register {", "  rankdir=LR;", ...nodes.map(node), ...edges.map(edge), "}"]);
}

/** In a label, `\N` is the node's name and `&lt;` a character. */
function dotText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;");
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
