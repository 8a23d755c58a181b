import type { Token } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { byText, visible } from "../model/text.ts";

/** Owners, tokens and what these apply to; every key is our own, every label a text on one line. */
export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** How many tokens there was no room for. */
  omitted: number;
}

export interface GraphNode {
  key: string;
  sort: "owner" | "token" | "resource" | "note";
  label: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
}

/** A token, and who answers for it by the register. */
export interface Owned {
  token: Token;
  owner?: string | undefined;
}

/** Of one token; the rest is counted. */
const MOST_RESOURCES = 7;
const LONGEST_LABEL = 72;

/** The first tokens by owner and id, as many as there is room for. */
export function graphOf(all: readonly Owned[], limit: number): Graph {
  const owned = all.map(({ token, owner }) => ({ token, owner: owner ?? ownerOf(token) }));
  owned.sort((one, other) => byText(one.owner, other.owner) || byText(one.token.id, other.token.id));
  const graph: Graph = { nodes: [], edges: [], omitted: Math.max(0, owned.length - limit) };
  const node = numbered(graph.nodes);
  for (const { token, owner } of owned.slice(0, limit)) {
    const from = node("token", token.id, nameOf(token));
    graph.edges.push({ from: node("owner", owner, owner), to: from });
    const found = resourcesOf(token);
    for (const { resource, label, access } of found.slice(0, MOST_RESOURCES))
      graph.edges.push({ from, to: node("resource", resource, label), label: access });
    const more = found.length - MOST_RESOURCES;
    if (more > 0) graph.edges.push({ from, to: node("note", `more ${token.id}`, `${more} more`) });
    if (!token.grants) graph.edges.push({ from, to: node("note", "unknown", "nobody knows to what") });
  }
  if (graph.omitted > 0) node("note", "omitted", `${number(graph.omitted, "more token")}, left out`);
  return graph;
}

/** Gives each thing a key once: `o1`, `t1`, `r1`. */
function numbered(nodes: GraphNode[]): (sort: GraphNode["sort"], what: string, label: string) => string {
  const keys = new Map<string, string>();
  const counts = { owner: 0, token: 0, resource: 0, note: 0 };
  return (sort, what, label) => {
    const known = keys.get(`${sort} ${what}`);
    if (known !== undefined) return known;
    counts[sort] += 1;
    const key = `${sort.charAt(0)}${counts[sort]}`;
    keys.set(`${sort} ${what}`, key);
    nodes.push({ key, sort, label: cut(visible(label)) });
    return key;
  };
}

function ownerOf({ owner, unknown }: Token): string {
  if (owner) return owner;
  return "owner" in unknown ? "owner unknown" : "nobody";
}

function nameOf({ id, name }: Token): string {
  return name.trim() === "" || id.endsWith(`/${name}`) ? id : `${name} (${id})`;
}

interface Reached {
  resource: string;
  label: string;
  access: string;
}

/** What a token's grants apply to, each once with the widest access that the record says. */
function resourcesOf({ provider, account, grants = [] }: Token): Reached[] {
  const widest = new Map<string, string>();
  for (const { resource, access } of grants) {
    const known = widest.get(resource);
    if (known === undefined || ORDER.indexOf(access) > ORDER.indexOf(known)) widest.set(resource, access);
  }
  const place = `${provider} ${account}`;
  return [...widest].map(([resource, access]) => ({
    // The same name in two accounts is two resources.
    resource: JSON.stringify([place, resource]),
    label: resource === "*" ? `everything in ${place}` : resource,
    access,
  }));
}

/** Unknown may be anything. */
const ORDER = ["read", "write", "admin", "unknown"];

function cut(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join("")}…` : text;
}
