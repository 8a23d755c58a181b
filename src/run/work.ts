import type { ReadRaw } from "../collect/index.ts";
import { type Passing, passing } from "../collect/ledger.ts";
import type { Enricher } from "../enrich/index.ts";
import { type KinFacts, withKin } from "../enrich/kin.ts";
import { type Digest, digest, supplement, supplementEntries } from "../gate/digest.ts";
import type { Marker } from "../gate/marker.ts";
import type { Judge } from "../judge/index.ts";
import type { Coverage, Policy, Token } from "../model/documents.gen.ts";
import type { Raw } from "../model/flow.ts";
import type { Registered } from "../model/intent.ts";
import { type Uses, usesOf } from "./entries.ts";
import { kinLines, kinOf } from "./kin.ts";

/** What one thread works on at a time. */
export type Batch = ({ raw: Raw } | { tokens: Token[] }) & {
  /** Counted in the order of reading. */
  number?: number;
  /** Once more, each with the facts that only the whole inventory told of it. */
  again?: readonly KinFacts[];
  /** These stand for entries of the register: they are whole, and no tokens. */
  isEntries?: true;
};

/** What became of a batch; it crosses threads. */
export interface Outcome {
  digest: Digest;
  /** Of each token, in order, also of those that were left out. */
  passing: Passing;
  /** What else raw lines gave, in order, each with how many of the tokens came before it. */
  told: { coverage: Coverage; isFault: boolean; before: number }[];
  /** What tells which tokens belong together, as sorted lines. */
  kin: Uint8Array<ArrayBuffer>;
  /** Which entries of the register match them. */
  uses: Uses;
}

/** Takes a batch through reading, enriching and judging; tokens at the positions given are left out. */
export type Work = (batch: Batch, without?: ReadonlySet<number>) => Outcome;

export interface WorkMeans {
  read: ReadRaw;
  enriched: Enricher;
  judge: Judge;
  asOf: string;
  policies: readonly Policy[];
  /** Whether a token is judged in this run; absent: all are. */
  isMine: ((token: Token) => boolean) | undefined;
  /** Those of them that look at more than one token. */
  kin: readonly Policy[];
  /** Says of a finding that it is accepted; absent: nothing is. */
  mark?: Marker | undefined;
  /** Absent: there is none. */
  register?: readonly Registered[] | undefined;
}

export function openWork(means: WorkMeans): Work {
  const { read, enriched, judge, asOf, policies, isMine, kin, mark, register } = means;
  const isOfInterest = kinOf(kin);
  const asked = new Set(kin.map((policy) => policies.indexOf(policy)));
  return (batch, without) => {
    const { tokens, told } = contentOf(batch, read);
    const judged = [...judgedIn(tokens, batch, { enriched, isMine, without })];
    const judgements = judge(
      judged.map(({ token }) => token),
      batch.again !== undefined,
    );
    if (batch.again) return { ...nothingNew(), digest: supplement(judgements, policies, asked, mark) };
    if (batch.isEntries) return { ...nothingNew(), digest: supplementEntries(judgements, policies.length, mark) };
    const kinMeans = { isOfInterest, asOf, without, amended: enriched.amended };
    const lines = kin.length > 0 ? kinLines(tokens, batch.number ?? 0, kinMeans) : new Uint8Array(0);
    const uses = usesOf(tokens, register, without);
    return { digest: digest(judgements, policies.length, mark), passing: passing(tokens), told, kin: lines, uses };
  };
}

/** New each time: it changes hands, and some versions of Node refuse what has changed hands before. */
function nothingNew(): Omit<Outcome, "digest"> {
  return { passing: passing([]), told: [], kin: new Uint8Array(0), uses: new Map() };
}

/** The tokens of a batch that are judged, or judged once more, each with its facts. */
export function* judgedIn(
  tokens: readonly Token[],
  { again, isEntries }: Pick<Batch, "again" | "isEntries">,
  { enriched, isMine, without }: Pick<WorkMeans, "enriched" | "isMine"> & { without?: ReadonlySet<number> | undefined },
): Iterable<{ position: number; token: Token }> {
  for (const [position, token] of tokens.entries()) {
    if (without?.has(position) || (isMine && !isMine(token))) continue;
    yield { position, token: isEntries ? token : withKin(enriched(token), again?.[position]) };
  }
}

/** The tokens of a batch, and what else it gave. */
export function contentOf(batch: Batch, read: ReadRaw): { tokens: Token[]; told: Outcome["told"] } {
  if ("tokens" in batch) return { tokens: batch.tokens, told: [] };
  const tokens: Token[] = [];
  const told: Outcome["told"] = [];
  for (const item of read(batch.raw)) {
    if ("token" in item) tokens.push(item.token);
    else {
      const before = tokens.length;
      if ("fault" in item) told.push({ coverage: item.fault, isFault: true, before });
      else told.push({ coverage: item.coverage, isFault: false, before });
    }
  }
  return { tokens, told };
}
