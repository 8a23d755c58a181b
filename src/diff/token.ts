import type { DiffDetail, Token } from "../model/documents.gen.ts";
import { isWithin } from "./network.ts";
import { rightsChange } from "./rights.ts";

/** Fields whose change makes a token wider or narrower. */
export const weighed = ["grants", "reach", "network", "expires"] as const;
type Weighed = (typeof weighed)[number];

/** What differs between two records of a token, and whether everything that could make it wider is known of both. */
export interface Comparison {
  details: DiffDetail[];
  isKnown: boolean;
}

/** Compares two records; that a successor ends later than the token it follows is no news. */
export function compareTokens(old: Token, now: Token, { isSuccessor = false } = {}): Comparison {
  const fields = weighed.filter((field) => !(isSuccessor && field === "expires"));
  const states = fields.map((field) => knowledge(field, old, now));
  const details = fields.flatMap((field, index) =>
    states[index] === "both" ? compare[field](old, now) : gapDetail(field, states[index]),
  );
  const others = isSuccessor ? [] : [...statusChange(old, now), ...rotation(old, now)];
  return { details: [...details, ...others, ...facts(old, now)], isKnown: states.every((state) => state === "both") };
}

type Knowledge = "both" | "before" | "after" | "neither";

function knowledge(field: Weighed, old: Token, now: Token): Knowledge {
  const [before, after] = [old[field] !== undefined, now[field] !== undefined];
  if (before && after) return "both";
  if (before) return "before";
  return after ? "after" : "neither";
}

/** What is known on one side only may be wider, narrower or the same. */
function gapDetail(aspect: Weighed, known: Knowledge | undefined): DiffDetail[] {
  if (known === "neither" || known === undefined) return [];
  const says = `${aspect} is known only ${known}`;
  return [{ aspect, effect: "unknown", says }];
}

const compare: Readonly<Record<Weighed, (old: Token, now: Token) => DiffDetail[]>> = {
  grants: rightsChange,
  reach: reachChange,
  network({ network: old = null }, { network: now = null }) {
    const isWider = now === null ? old !== null : old !== null && !isWithin(now, old);
    const isNarrower = old === null ? now !== null : now !== null && !isWithin(old, now);
    const says = `usable from ${networkText(now)}, before from ${networkText(old)}`;
    return [
      ...(isWider ? [detail("network", "wider", says)] : []),
      ...(isNarrower ? [detail("network", "narrower", says)] : []),
    ];
  },
  expires({ expires: old = null }, { expires: now = null }) {
    if (old === now) return [];
    const isLater = now === null || (old !== null && now > old);
    return [detail("expires", isLater ? "wider" : "narrower", `ends ${now ?? "never"}, before ${old ?? "never"}`)];
  },
};

function reachChange({ reach: old }: Token, { reach: now }: Token): DiffDetail[] {
  if (old === now) return [];
  const says = `reaches ${reachText(now)}, before ${reachText(old)}`;
  if (!old || !now) return [detail("reach", "unknown", says)];
  const steps = REACH.indexOf(now.selection) - REACH.indexOf(old.selection);
  if (steps !== 0) return [detail("reach", steps > 0 ? "wider" : "narrower", says)];
  return now.selection === "selected" ? countChange(old.count, now.count, says) : [];
}

function countChange(old: number | undefined, now: number | undefined, says: string): DiffDetail[] {
  if (old === now) return [];
  if (old === undefined || now === undefined) return [detail("reach", "unknown", says)];
  return [detail("reach", now > old ? "wider" : "narrower", says)];
}

const REACH = ["single", "selected", "all"] as const;

function reachText(reach: Token["reach"]): string {
  if (!reach) return "not told";
  return reach.count === undefined ? reach.selection : `${reach.selection} (${reach.count})`;
}

function networkText(network: readonly string[] | null): string {
  if (network === null) return "anywhere";
  return network.length === 0 ? "nowhere" : network.join(", ");
}

/** A token that works again allows what it did not allow before. */
function statusChange({ status: old }: Token, { status: now }: Token): DiffDetail[] {
  if (old === now) return [];
  if (old === undefined || now === undefined)
    return [detail("status", "unknown", `is ${now ?? "unknown"}, was ${old ?? "unknown"}`)];
  const says = `is ${now}, was ${old}`;
  if (now === "active") return [detail("status", "wider", says)];
  return [detail("status", old === "active" ? "narrower" : "changed", says)];
}

/** Its secret was replaced, and nothing else need be different. */
function rotation({ rotated: old }: Token, { rotated: now }: Token): DiffDetail[] {
  const isRotated = typeof now === "string" && old !== undefined && (old === null || now > old);
  return isRotated ? [detail("rotated", "changed", `its secret was replaced on ${now}`)] : [];
}

/** What says nothing of how much it allows. */
function facts(old: Token, now: Token): DiffDetail[] {
  return [
    ...factChange("owner", old.owner, now.owner),
    ...factChange("principal", principalText(old), principalText(now)),
    ...factChange("environment", old.environment, now.environment),
    ...factChange("name", old.name, now.name),
  ];
}

function principalText({ principal }: Token): string | null | undefined {
  return principal && `${principal.id}${principal.state ? ` (${principal.state})` : ""}`;
}

function factChange(
  aspect: DiffDetail["aspect"],
  old: string | null | undefined,
  now: string | null | undefined,
): DiffDetail[] {
  if (old === now) return [];
  const isKnown = old !== undefined && now !== undefined;
  const text = (value: string | null | undefined) => (value === undefined ? "unknown" : (value ?? "nobody"));
  const nothing = (value: string | null | undefined) => (value === null && aspect !== "owner" ? "none" : text(value));
  return [detail(aspect, isKnown ? "changed" : "unknown", `${aspect} is ${nothing(now)}, was ${nothing(old)}`)];
}

function detail(aspect: DiffDetail["aspect"], effect: DiffDetail["effect"], says: string): DiffDetail {
  return { aspect, effect, says };
}
