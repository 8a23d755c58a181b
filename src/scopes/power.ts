import type { Grant } from "../model/documents.gen.ts";
import { aws } from "./aws.ts";
import { capabilityTable, type Teller, tellerFor } from "./capability.ts";
import { type Catalogue, type Entry, loadCatalogue } from "./catalogue.ts";
import { entra } from "./entra.ts";
import { gcp } from "./gcp.ts";
import { github } from "./github.ts";
import { kubernetes } from "./kubernetes.ts";
import { type Access, ASSUMED_RISK, type Risk, riskier, wider } from "./level.ts";
import { plain } from "./plain.ts";
import type { Reader } from "./reading.ts";
import { vault } from "./vault.ts";

/** What one grant really allows. */
export interface Power {
  /** The wider of what the record says and what the catalogue says. */
  access: Grant["access"];
  risk: Risk;
  /** Whether anybody knows the scope. */
  isKnown: boolean;
  escalates: boolean;
  mints: boolean;
  /** In the words of `scope-capabilities.json`, sorted. */
  capabilities: readonly string[];
  /** There is more to tell than risk and the access that the record says. */
  isNotable: boolean;
}

const readers: Readonly<Record<string, Reader>> = { aws, entra, gcp, github, kubernetes, vault };

/** Past this many, all are forgotten: hostile inventories have as many scopes, and as many providers, as tokens. */
const REMEMBERED = 10_000;
const PROVIDERS = 100;

interface Book {
  catalogue: Catalogue | undefined;
  tell: Teller;
  /** By family, scope, and what else the meaning of a scope depends on. */
  known: Map<string, Map<string, Map<string, Power>>>;
}

const books = new Map<string, Book>();
let remembered = 0;

/** What a provider's grant allows, worked out once for each. */
export function powerOf(provider: string, grant: Grant): Power {
  const book = books.get(provider) ?? open(provider);
  // Only in Vault it matters for the meaning of a scope what it applies to.
  const context = provider === "vault" ? `${grant.access} ${grant.resource}` : grant.access;
  return book.known.get(grant.family)?.get(grant.scope)?.get(context) ?? remember(book, provider, grant, context);
}

/** Everything in the catalogue that a grant stands for, with what comes with it; none: nobody knows it. */
export function entriesOf(provider: string, grant: Grant): readonly Entry[] {
  const catalogue = loadCatalogue(provider);
  return catalogue ? entriesIn(catalogue, provider, grant) : [];
}

/** More than this many scopes in the place of one are no suggestion. */
const FEW = 12;

/** The widest scopes among those that come with one, that allow no more than this; none: the catalogue has none, too many, or not all. */
export function within(provider: string, grant: Grant, access: Access): string[] {
  // No catalogue lists all that a wildcard stands for.
  if (grant.scope.includes("*")) return [];
  const catalogue = loadCatalogue(provider);
  if (!catalogue) return [];
  const all = entriesIn(catalogue, provider, grant);
  const allowed = all.filter((entry) => wider(access, entry.access) === access);
  if (allowed.length > FEW * FEW) return [];
  const covered = new Set(allowed.flatMap((entry) => catalogue.closed([entry]).slice(1)));
  const widest = allowed.filter((entry) => !covered.has(entry)).map(({ scope }) => scope);
  return widest.length > FEW ? [] : [...new Set(widest)].sort();
}

function open(provider: string): Book {
  if (books.size >= PROVIDERS) books.clear();
  const book: Book = { catalogue: loadCatalogue(provider), tell: tellerFor(provider), known: new Map() };
  books.set(provider, book);
  return book;
}

function remember(book: Book, provider: string, grant: Grant, context: string): Power {
  if (++remembered > REMEMBERED) forget();
  const power = workOut(book, provider, grant);
  const scopes = book.known.get(grant.family) ?? new Map<string, Map<string, Power>>();
  book.known.set(grant.family, scopes);
  scopes.set(grant.scope, (scopes.get(grant.scope) ?? new Map<string, Power>()).set(context, power));
  return power;
}

/** The catalogues stay. */
function forget(): void {
  for (const book of books.values()) book.known = new Map();
  remembered = 0;
}

function workOut({ catalogue, tell }: Book, provider: string, grant: Grant): Power {
  const entries = catalogue ? entriesIn(catalogue, provider, grant) : [];
  if (entries.length === 0) return unlisted(grant, catalogue !== undefined);
  return listed(grant, entries, tell);
}

function entriesIn(catalogue: Catalogue, provider: string, grant: Grant): readonly Entry[] {
  const found = (readers[provider] ?? plain)(catalogue, grant);
  return found.length === 0 ? found : catalogue.closed(found);
}

/** Nobody says what the scope does: the record's word counts for the access, and the risk is not taken for small. */
function unlisted({ access }: Grant, isMissing: boolean): Power {
  const isKnown = !isMissing && access !== "unknown";
  const risk = isMissing ? "high" : ASSUMED_RISK[access];
  return { access, risk, isKnown, escalates: false, mints: false, capabilities: [], isNotable: !isKnown };
}

function listed({ access: stated }: Grant, entries: readonly Entry[], tell: Teller): Power {
  let access: Grant["access"] = "unknown";
  let risk: Risk = "low";
  const words = new Set<string>();
  for (const entry of entries) {
    access = wider(access, entry.access);
    risk = riskier(risk, entry.risk);
    for (const word of tell(entry)) words.add(word);
  }
  const effective = wider(access, stated);
  const capabilities = [...words].sort();
  const effects = capabilities.map((word) => capabilityTable().words[word]?.effect);
  return {
    access: effective,
    risk: effective === access ? risk : riskier(risk, ASSUMED_RISK[effective]),
    isKnown: true,
    escalates: effects.includes("escalates"),
    mints: effects.includes("mints"),
    capabilities,
    isNotable: capabilities.length > 0 || effective !== stated,
  };
}
