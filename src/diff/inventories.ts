import { isGap } from "../model/coverage.ts";
import type { Coverage, Diff, DiffDetail, Token, TokenChange } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { wasRead } from "../model/reading.ts";
import { byText } from "../model/text.ts";
import { openJoin, type Side } from "./join.ts";
import { successors } from "./rotation.ts";
import { unreadText } from "./terms.ts";
import { compareTokens } from "./token.ts";

type Change = TokenChange["changes"][number];
export type InventoryDiff = Required<Pick<Diff, "incomplete" | "doubts" | "summary" | "tokens">>;

const changes = ["appeared", "vanished", "rotated", "widened", "narrowed", "changed", "unknown"] as const;

const sideNames = ["old", "new"] as const;

/** What is different between two inventories. */
export async function diffInventories(
  sides: Record<Side, AsyncIterable<Collected>>,
  scratch: () => string,
): Promise<InventoryDiff> {
  const join = openJoin<Token>(scratch, "diff-tokens");
  const coverage: Record<Side, Coverage[]> = { old: [], new: [] };
  for (const side of sideNames) {
    for await (const item of sides[side]) {
      if ("token" in item) join.add(side, item.token);
      else coverage[side].push(item.coverage);
    }
  }
  const found = compared(join.pairs());
  const told = [
    ...found.tokens,
    ...comings(found, { wasThere: wasRead(coverage.old), isSeen: wasRead(coverage.new) }),
  ].sort(byId);
  const summary: Record<string, number> = Object.fromEntries(changes.map((change) => [change, 0]));
  for (const { changes: of } of told) for (const change of of) summary[change] = (summary[change] ?? 0) + 1;
  const incomplete = told.some(({ details }) =>
    details.some(({ aspect, effect }) => aspect === "presence" && effect === "unknown"),
  );
  const doubts = sideNames.filter((side) => coverage[side].some(({ outcome }) => isGap(outcome))).map(unreadText);
  return {
    incomplete,
    doubts,
    summary: { ...summary, unchanged: found.unchanged, uncertain: found.uncertain },
    tokens: told,
  };
}

interface Compared {
  tokens: TokenChange[];
  vanished: Token[];
  appeared: Token[];
  /** Still there, but off: another may have taken its place. */
  ended: Token[];
  unchanged: number;
  uncertain: number;
}

function compared(pairs: Iterable<Partial<Record<Side, Token>>>): Compared {
  const found: Compared = { tokens: [], vanished: [], appeared: [], ended: [], unchanged: 0, uncertain: 0 };
  for (const { old, new: now } of pairs) {
    if (old && now) enter(old, now, found);
    else if (old) found.vanished.push(old);
    else if (now) found.appeared.push(now);
  }
  return found;
}

function enter(old: Token, now: Token, found: Compared): void {
  const { details, isKnown } = compareTokens(old, now);
  if (details.length > 0) found.tokens.push(changeOf(now, details));
  else if (isKnown) found.unchanged += 1;
  else found.uncertain += 1;
  const isOff = now.status === "disabled" || now.status === "revoked" || now.status === "expired";
  if (isOff && old.status === "active") found.ended.push(old);
}

interface Sight {
  wasThere: (id: string) => boolean;
  isSeen: (id: string) => boolean;
}

/** What came, what went, and what took the place of another. */
function comings({ vanished, appeared, ended }: Compared, { wasThere, isSeen }: Sight): TokenChange[] {
  const gone = vanished.filter(({ id }) => isSeen(id));
  const followed = successors([...gone, ...ended], appeared);
  const replaced = new Set(followed.values());
  return [
    ...vanished.filter((token) => !replaced.has(token)).map((token) => passing(token, "vanished", isSeen(token.id))),
    ...appeared.map((token) => {
      const old = followed.get(token);
      return old ? succession(token, old) : passing(token, "appeared", wasThere(token.id));
    }),
  ];
}

/** What was not read on the other side need not have come or gone. */
function passing(token: Token, change: "appeared" | "vanished", isCertain: boolean): TokenChange {
  if (isCertain) return { ...headOf(token), changes: [change], details: [] };
  const [missing, where] =
    change === "vanished" ? ["is not in the new inventory", "new"] : ["is only in the new inventory", "old"];
  const says = `${missing}, but its source was not fully read in the ${where} one`;
  return { ...headOf(token), changes: ["unknown"], details: [{ aspect: "presence", effect: "unknown", says }] };
}

function succession(token: Token, old: Token): TokenChange {
  const { details } = compareTokens(old, token, { isSuccessor: true });
  const { changes: also } = changeOf(token, details);
  return { ...headOf(token), changes: ["rotated", ...also], replaces: old.id, details };
}

function changeOf(token: Token, details: DiffDetail[]): TokenChange {
  const words = new Set(details.map(wordFor));
  return { ...headOf(token), changes: changes.filter((change) => words.has(change)), details };
}

function wordFor({ aspect, effect }: DiffDetail): Change {
  if (aspect === "rotated") return "rotated";
  if (effect === "wider") return "widened";
  return effect === "narrower" ? "narrowed" : effect;
}

function headOf({ id, kind, name, owner }: Token): Omit<TokenChange, "changes" | "details"> {
  return { id, kind, name, ...(owner ? { owner } : {}) };
}

function byId(one: TokenChange, other: TokenChange): number {
  return byText(one.id, other.id);
}
