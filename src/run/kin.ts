import { hashOf } from "../collect/seen.ts";
import type { Enricher } from "../enrich/index.ts";
import { type KinFacts, sharingFacts, siblingFacts } from "../enrich/kin.ts";
import { effectiveStatus } from "../enrich/time.ts";
import { type Line, merged, textOf } from "../gate/runs.ts";
import { openSorter } from "../gate/sorter.ts";
import { looksAtKin } from "../judge/entry.ts";
import type { Manifest, Rules } from "../model/bundle.ts";
import type { Policy, Token } from "../model/documents.gen.ts";
import { toEpoch } from "../model/instant.ts";
import { isMeantFor } from "../model/kind.ts";

/** The facts of some tokens of one batch, by position. */
export interface Related {
  batch: number;
  facts: Map<number, KinFacts>;
}

/** Finds out, once all tokens have passed, which of them belong together. */
export interface Kin {
  add(lines: Uint8Array): void;
  /** In the order of the batches; tokens that stand alone are not among them. */
  close(): Iterable<Related>;
}

/** Which policies look at more than one token. */
export function kinPolicies({ policies }: Manifest, { disabled }: Pick<Rules, "disabled">): Policy[] {
  return policies.filter((policy) => !disabled.includes(policy.id) && looksAtKin(policy));
}

/** Whether anything that such a policy asks could be said of tokens of a kind. */
export function kinOf(policies: readonly Policy[]): (kind: string) => boolean {
  const known = new Map<string, boolean>();
  return (kind) => {
    const isOfInterest = known.get(kind) ?? policies.some((policy) => isMeantFor(policy, kind));
    known.set(kind, isOfInterest);
    return isOfInterest;
  };
}

export interface KinMeans {
  isOfInterest: (kind: string) => boolean;
  asOf: string;
  /** A record with the environment that the configuration gives it. */
  amended?: Enricher["amended"];
}

/** Digits that numbers are filled up to, so that text sorts as numbers do, and stands where it stands. */
const [BATCH, POSITION] = [10, 7];
const PLACE = BATCH + 1 + POSITION;
/** What a line is about, as it begins: a letter for principal or secret, and a hash of 64 bits. */
const WHOSE = 1 + 16;

/**
 * What has to be known of a batch's tokens: a sorted line for each principal and each secret, with a hash of who it is first. Two that are not
 * the same have the same hash once in 10^13 pairs.
 */
export function kinLines(
  tokens: readonly Token[],
  batch: number,
  { isOfInterest, asOf, without, amended }: KinMeans & { without?: ReadonlySet<number> | undefined },
): Uint8Array<ArrayBuffer> {
  const lines: string[] = [];
  const now = toEpoch(asOf);
  for (const [position, token] of tokens.entries()) {
    if (!isOfInterest(token.kind) || without?.has(position)) continue;
    const place = `${String(batch).padStart(BATCH, "0")} ${String(position).padStart(POSITION, "0")}`;
    lines.push(...ties(token, now, amended).map(([whose, what]) => `${whose} ${place} ${what}\n`));
  }
  return sortedRun(lines);
}

function sortedRun(lines: string[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(lines.sort().join(""));
}

/** What may tie a token to others: its principal, and the secret that it is. */
function ties(token: Token, now: number, amended?: Enricher["amended"]): [whose: string, what: string][] {
  const { id, principal, fingerprint, created } = token;
  const secret = fingerprint?.sha256 ?? fingerprint?.key_id;
  const found: [string, string][] = [];
  if (principal) {
    const issued = created ? toEpoch(created) : "-";
    const state = isActive(token, now) ? "a" : "-";
    found.push([`p${digest(token, principal.id)}`, `${state} ${issued} ${JSON.stringify(id)}`]);
  }
  // The same secret may be told of by two accounts, and as two kinds.
  if (secret) {
    const { environment = null } = amended?.(token) ?? token;
    found.push([`s${digest({ ...token, account: "", kind: "" }, secret)}`, JSON.stringify(environment)]);
  }
  return found;
}

function digest({ provider, account, kind }: Pick<Token, "provider" | "account" | "kind">, who: string): string {
  return hashOf(JSON.stringify([provider, account, kind, who]))
    .map((half) => half.toString(16).padStart(8, "0"))
    .join("");
}

function isActive({ status, expires }: Token, now: number): boolean {
  return effectiveStatus(status, expires ? toEpoch(expires) : undefined, now) === "active";
}

/** So many facts make a run: runs of a few lines each would take longer to merge than to sort. */
const LINES = 20_000;

/** Bytes of lines kept in memory: they are many, but short. */
const KEPT = 8 * 1024 * 1024;

export function openKin(scratch: () => string, asOf: string): Kin {
  const people = openSorter(scratch, "kin", KEPT);
  const now = toEpoch(asOf);
  return {
    add: people.add,
    *close() {
      const facts = openSorter(scratch, "kin-facts", KEPT);
      let lines: string[] = [];
      const flush = (): void => {
        facts.add(sortedRun(lines));
        lines = [];
      };
      for (const group of groups(merged(people.close()))) {
        if (group.length > 1) lines.push(...factLines(group, now));
        if (lines.length >= LINES) flush();
      }
      flush();
      yield* byBatch(merged(facts.close()));
    },
  };
}

/** Lines of the same hash, which stand together. */
function* groups(lines: Iterable<Line>): Iterable<string[]> {
  let group: string[] = [];
  let whose = "";
  for (const line of lines) {
    const text = textOf(line);
    if (!text.startsWith(whose) || whose === "") {
      if (group.length > 0) yield group;
      group = [];
      whose = text.slice(0, WHOSE);
    }
    group.push(text);
  }
  if (group.length > 0) yield group;
}

/** Where a token stands, as a line of facts begins. */
function placeIn(line: string): string {
  return line.slice(WHOSE + 1, WHOSE + 1 + PLACE);
}

function whatIn(line: string): string {
  return line.slice(WHOSE + 1 + PLACE + 1);
}

function factLines(group: readonly string[], now: number): string[] {
  if (group[0]?.startsWith("s")) {
    const environments = group.map((line) => (JSON.parse(whatIn(line)) as string | null) ?? undefined);
    const facts = JSON.stringify({ shared_with: sharingFacts(environments) });
    return group.map((line) => `${placeIn(line)} ${facts}\n`);
  }
  const siblings = siblingFacts(
    group.map((line) => {
      const what = whatIn(line);
      const [state = "", issued = ""] = what.split(" ", 2);
      const id = what.slice(state.length + issued.length + 2);
      return { id, isActive: state === "a", created: issued === "-" ? undefined : Number(issued) };
    }),
    now,
  );
  return group.map((line, index) => `${placeIn(line)} ${JSON.stringify({ siblings: siblings[index] })}\n`);
}

function* byBatch(lines: Iterable<Line>): Iterable<Related> {
  let related: Related | undefined;
  for (const line of lines) {
    const text = textOf(line);
    const batch = Number(text.slice(0, BATCH));
    const position = Number(text.slice(BATCH + 1, PLACE));
    if (related?.batch !== batch) {
      if (related) yield related;
      related = { batch, facts: new Map() };
    }
    const facts = JSON.parse(text.slice(PLACE + 1)) as KinFacts;
    related.facts.set(position, { ...related.facts.get(position), ...facts });
  }
  if (related) yield related;
}
