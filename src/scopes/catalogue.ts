import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { closure } from "./closure.ts";
import type { Access, Risk } from "./level.ts";

/** What one scope allows. */
export interface Entry {
  family: string;
  scope: string;
  access: Access;
  risk: Risk;
  /** Scopes of the same family, or of another as `family/scope`, that come with it. */
  implies: readonly string[];
  /** What the data set behind it says besides: `e` lets its holder raise its rights, `k` shows credentials. */
  marks: string;
}

/** One provider's scopes, by family. */
export interface Catalogue {
  families: readonly string[];
  /** In this family; without one in any. */
  find(family: string, scope: string): Entry | undefined;
  all(family: string): readonly Entry[];
  /** Entries with all that they imply, each once. */
  closed(entries: readonly Entry[]): readonly Entry[];
}

type Code = string | readonly [code: string, ...implied: string[]];
type Families = Record<string, Record<string, Code>>;

/** A line of `scope-corrections.json`: where the catalogue is wrong or lacks a scope, and who says so. */
type Correction = Pick<Entry, "family" | "scope" | "access" | "risk"> & { source: string };

let folder = new URL("../../policies/data/", import.meta.url);
const ACCESS: Readonly<Record<string, Access>> = { r: "read", w: "write", a: "admin" };
const RISK: Readonly<Record<string, Risk>> = { l: "low", m: "medium", h: "high", c: "critical" };

const loaded = new Map<string, Catalogue>();

/** A provider's catalogue, read once; undefined: there is none. */
export function loadCatalogue(provider: string): Catalogue | undefined {
  const known = loaded.get(provider) ?? readCatalogue(provider);
  if (known) loaded.set(provider, known);
  return known;
}

/** From now on this thread reads catalogues and tables from another folder, to judge as somebody else did. */
export function readTablesFrom(path: string): void {
  const url = pathToFileURL(`${path}/`);
  if (url.href !== folder.href) loaded.clear();
  folder = url;
}

/** What follows from a catalogue, worked out once for each. */
export function oncePerCatalogue<Made extends object>(
  make: (catalogue: Catalogue) => Made,
): (catalogue: Catalogue) => Made {
  const known = new WeakMap<Catalogue, Made>();
  return (catalogue) => {
    const made = known.get(catalogue) ?? make(catalogue);
    known.set(catalogue, made);
    return made;
  };
}

function readCatalogue(provider: string): Catalogue | undefined {
  // The name becomes part of a path.
  if (!/^[a-z0-9-]+$/.test(provider)) return undefined;
  const file = new URL(`scopes/${provider}.json`, folder);
  if (!existsSync(file)) return undefined;
  const { [provider]: families = {} } = JSON.parse(readFileSync(file, "utf8")) as Record<string, Families>;
  return catalogueFrom(families, corrections()[provider] ?? []);
}

/** One of the tables beside the catalogues. */
export function table(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}

function corrections(): Record<string, Correction[]> {
  const { scope_corrections } = table("scope-corrections") as { scope_corrections: Record<string, Correction[]> };
  return scope_corrections;
}

function catalogueFrom(stated: Families, corrected: readonly Correction[]): Catalogue {
  const families = new Map(Object.entries(stated).map(([family, codes]) => [family, entriesOf(family, codes)]));
  for (const { family, scope, access, risk } of corrected) {
    const listed = families.get(family);
    const { implies = [], marks = "" } = listed?.get(scope) ?? {};
    listed?.set(scope, { family, scope, access, risk, implies, marks });
  }
  const find = (family: string, scope: string) => families.get(family)?.get(scope);
  return {
    families: [...families.keys()],
    find,
    all: (family) => [...(families.get(family)?.values() ?? [])],
    closed: (entries) => closure(entries, (entry) => entry.implies.flatMap((name) => implied(entry, name, find))),
  };
}

function entriesOf(family: string, codes: Record<string, Code>): Map<string, Entry> {
  return new Map(Object.entries(codes).map(([scope, code]) => [scope, entryOf(family, scope, code)]));
}

function entryOf(family: string, scope: string, stated: Code): Entry {
  const [code, ...implies] = typeof stated === "string" ? [stated] : stated;
  const access = ACCESS[code.charAt(0)];
  const risk = RISK[code.charAt(1)];
  if (!access || !risk) throw new Error(`the catalogue's entry for ${family} ${scope} cannot be read: ${code}`);
  return { family, scope, access, risk, implies, marks: code.slice(2) };
}

function implied({ family }: Entry, name: string, find: Catalogue["find"]): Entry[] {
  const cut = name.indexOf("/");
  const entry = find(family, name) ?? find(name.slice(0, Math.max(cut, 0)), name.slice(cut + 1));
  return entry ? [entry] : [];
}
