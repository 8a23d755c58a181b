import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Grant } from "../../src/model/documents.gen.ts";
import { graphOf, type Owned } from "../../src/report/graph.ts";
import { graphFormats } from "../../src/report/graph-text.ts";
import { aToken, unknowing } from "../support/tokens.ts";

const grant = (resource: string, access: Grant["access"] = "read"): Grant => ({
  family: "",
  scope: "s",
  access,
  resource,
});
const owned = (id: string, grants: Grant[] = [], more: Partial<Owned["token"]> = {}): Owned => ({
  token: aToken({ id, name: "", grants, ...more }),
});

describe("a graph", () => {
  it("leads from owners over tokens to resources, by owner and id", () => {
    const graph = graphOf(
      [
        { ...owned("b", [grant("x", "write"), grant("x")]), owner: "team-b" },
        { ...owned("a", [grant("x"), grant("*", "admin")], { name: "deploy" }), owner: "team-a" },
      ],
      9,
    );

    expect(graph.nodes.map(({ key, label }) => [key, label])).toEqual([
      ["t1", "deploy (a)"],
      ["o1", "team-a"],
      ["r1", "x"],
      ["r2", "everything in github acme"],
      ["t2", "b"],
      ["o2", "team-b"],
    ]);
    expect(graph.edges).toEqual([
      { from: "o1", to: "t1" },
      { from: "t1", to: "r1", label: "read" },
      { from: "t1", to: "r2", label: "admin" },
      { from: "o2", to: "t2" },
      { from: "t2", to: "r1", label: "write" },
    ]);
  });

  it.each([
    { what: "the record's owner without an entry", token: owned("a"), label: "team-reporting" },
    { what: "nobody", token: owned("a", [], { owner: null }), label: "nobody" },
    { what: "that nobody knows", token: { token: unknowing({ owner: "denied" }) }, label: "owner unknown" },
    { what: "what of", token: { token: unknowing({ grants: "denied" }) }, label: "nobody knows to what" },
  ])("tells $what", ({ token, label }) => {
    expect(graphOf([token], 9).nodes.map((node) => node.label)).toContain(label);
  });

  it("keeps resources of one name in two accounts apart", () => {
    const graph = graphOf([owned("a", [grant("x")]), owned("b", [grant("x")], { account: "other" })], 9);

    expect(graph.nodes.filter(({ sort }) => sort === "resource")).toHaveLength(2);
  });

  it("is bounded, and says what it leaves out", () => {
    const many = Array.from({ length: 20 }, (_, index) => grant(`r${index}`));
    const graph = graphOf(
      Array.from({ length: 1_000 }, (_, index) => owned(`t${index}`, many)),
      3,
    );

    expect(graph.edges.length).toBe(3 * (1 + 7 + 1));
    expect(graph.omitted).toBe(997);
    expect(graph.nodes.filter(({ sort }) => sort === "note").map(({ label }) => label)).toEqual([
      ...["13 more", "13 more", "13 more"],
      "997 more tokens, left out",
    ]);
  });
});

const hostile = [
  '"',
  '\\"',
  "\\",
  "\\N\\G\\n",
  "]",
  ")",
  '"]; x --> y',
  '" -> evil; "',
  "%%{init: {}}%%",
  "%% c",
  "---",
  "end",
  "subgraph x",
  "click o1 call alert()",
  "<script>alert(1)</script>",
  "&lt;b&gt;",
  "#quot;",
  "#35;",
  "`**x**`",
  "a\nb",
  "a\r\nb",
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\u2028",
  "😀",
  "é日本",
  ";",
  "|",
  '|"',
  "{",
  "}",
  "//",
  "/*",
  "$(x)",
  "a".repeat(5_000),
];
const graph = graphOf(
  hostile.map((text, index) => ({
    ...owned(`${index}${text}`, [grant(text)], { name: text, account: text }),
    owner: text,
  })),
  99,
);
const labels = [...graph.nodes.map(({ label }) => label), ...graph.edges.flatMap(({ label }) => label ?? [])];

describe("whatever names there are, a diagram holds the nodes and edges of its graph and nothing else", () => {
  it("in Mermaid", () => {
    const [head, ...lines] = graphFormats.mermaid(graph).trimEnd().split("\n");
    const text = String.raw`"((?:[\p{L}\p{M}\p{N} _./:@+=,…-]|#\d+;)+)"`;
    const node = new RegExp(String.raw`^  [otrn]\d+(?:\(\[|\[\(|\[|>)${text}(?:\]\)|\)\]|\])$`, "u");
    const edge = new RegExp(String.raw`^  [otrn]\d+ -->(?:\|${text}\|)? [otrn]\d+$`, "u");

    expect(head).toBe("flowchart LR");
    expect(lines.filter((line) => !node.test(line) && !edge.test(line))).toEqual([]);
    expect(lines).toHaveLength(graph.nodes.length + graph.edges.length);
    const told = lines.flatMap((line) => (node.exec(line) ?? edge.exec(line))?.[1] ?? []);
    const read = told.map((label) => label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
    expect(read).toEqual(labels);
  });

  it("in DOT", () => {
    const lines = graphFormats.dot(graph).trimEnd().split("\n");
    const text = String.raw`"((?:[^"\\\p{Cc}]|\\["\\])*)"`;
    const node = new RegExp(String.raw`^  [otrn]\d+ \[label=${text}, shape=[a-z]+\];$`, "u");
    const edge = new RegExp(String.raw`^  [otrn]\d+ -> [otrn]\d+(?: \[label=${text}\])?;$`, "u");

    const body = lines.slice(2, -1);
    expect([...lines.slice(0, 2), lines.at(-1)]).toEqual(["digraph register {", "  rankdir=LR;", "}"]);
    expect(body.filter((line) => !node.test(line) && !edge.test(line))).toEqual([]);
    const told = body.flatMap((line) => (node.exec(line) ?? edge.exec(line))?.[1] ?? []);
    const read = told.map((label) => label.replaceAll("&amp;", "&").replace(/\\(["\\])/g, "$1"));
    expect(read).toEqual(labels);
  });

  const graphviz = spawnSync("dot", ["-V"]).status === 0;
  it.skipIf(!graphviz)("in DOT, as Graphviz reads it (skipped without `dot` on the PATH)", () => {
    const { status, stdout } = spawnSync("dot", ["-Tjson0"], { input: graphFormats.dot(graph), encoding: "utf8" });

    expect(status).toBe(0);
    const { objects, edges } = JSON.parse(stdout);
    expect(objects).toHaveLength(graph.nodes.length);
    expect(edges).toHaveLength(graph.edges.length);
  });
});
