import type { Grant } from "../model/documents.gen.ts";
import { isComplete, UNLISTED } from "./aws.ts";
import { type Catalogue, oncePerCatalogue } from "./catalogue.ts";
import { byAction, type Selection, selectsAll, selectsAny } from "./iam-selection.ts";
import { covers, isPattern, matcher } from "./pattern.ts";

/** Actions to compare with: in small letters, and as they are written. */
export interface Actions extends Selection {
  written: readonly string[];
}

/** What is cut from the actions of an Allow. */
export interface Cuts {
  taken: readonly Actions[];
  /** What is left by each boundary, and by each Deny of all but some actions: an action must be in every one of these. */
  caps: readonly (readonly Actions[])[];
}

export function toCompare({ patterns, isInverted }: Selection): Actions {
  return { patterns: patterns.map((pattern) => pattern.toLowerCase()), written: patterns, isInverted };
}

type Scope = Pick<Grant, "family" | "scope">;

/**
 * Spells out an action or a pattern of actions as far as cuts make it necessary: a pattern that nothing cuts stays as it is
 * written; of one that is cut, services that nothing cuts stay as patterns, and of the others what the catalogue lists is
 * named. What it does not list is summed up in one more scope, of the family for that.
 */
export function speller(catalogue: Catalogue): (action: string, cuts: Cuts) => readonly Scope[] {
  const services = servicesOf(catalogue);
  return (action, cuts) => {
    const parts = cuts.caps.reduce<readonly string[]>(
      (actions, cap) => actions.flatMap((part) => narrowed(part, cap)),
      [action],
    );
    return parts.flatMap((part) => spell(part, cuts, services));
  };
}

interface Service {
  name: string;
  isComplete: boolean;
  /** The name in small letters and as it is written. */
  actions: readonly (readonly [folded: string, scope: string])[];
}

/** The cap's own patterns say it shortest, where they lie within the action as a whole. */
function narrowed(action: string, cap: readonly Actions[]): readonly string[] {
  const folded = action.toLowerCase();
  if (cap.some((actions) => selectsAll(actions, folded, byAction))) return [action];
  const touching = cap.filter((actions) => selectsAny(actions, folded, byAction));
  if (touching.some(({ isInverted }) => isInverted)) return [action];
  const parts = touching.flatMap(({ patterns, written }) =>
    written.filter((_, at) => byAction.overlaps(patterns[at] ?? "", folded)),
  );
  return parts.every((part) => covers(folded, part.toLowerCase())) ? parts : [action];
}

function spell(action: string, cuts: Cuts, services: readonly Service[]): readonly Scope[] {
  const folded = action.toLowerCase();
  const whole = stateOf(folded, cuts);
  if (whole !== "cut") return whole === "whole" ? [{ family: "action", scope: action }] : [];
  const { service, rest } = partsOf(folded);
  const isService = matcher(service);
  const within = services.filter(({ name }) => isService(name));
  const named = within.flatMap((one) => spellService(one, { rest, cuts }));
  const hasOthers = isPattern(service) || within.some((one) => !one.isComplete);
  return hasOthers ? [...named, { family: UNLISTED, scope: `${service}:${rest}` }] : named;
}

function spellService({ name, actions }: Service, { rest, cuts }: { rest: string; cuts: Cuts }): readonly Scope[] {
  const pattern = `${name}:${rest}`;
  const whole = stateOf(pattern, cuts);
  if (whole !== "cut") return whole === "whole" ? [{ family: "action", scope: pattern }] : [];
  const isWithin = matcher(pattern);
  return actions
    .filter(([folded]) => isWithin(folded) && stateOf(folded, cuts) === "whole")
    .map(([, scope]) => ({ family: "action", scope }));
}

/** What is left of a pattern: all of it, some, or nothing. Of an action without wildcards there is no some. */
function stateOf(pattern: string, { taken, caps }: Cuts): "whole" | "cut" | "gone" {
  if (taken.some((actions) => selectsAll(actions, pattern, byAction))) return "gone";
  if (!caps.every((cap) => cap.some((actions) => selectsAny(actions, pattern, byAction)))) return "gone";
  const isTouched = taken.some((actions) => selectsAny(actions, pattern, byAction));
  const isKept = caps.every((cap) => cap.some((actions) => selectsAll(actions, pattern, byAction)));
  return isKept && !isTouched ? "whole" : "cut";
}

function partsOf(action: string): { service: string; rest: string } {
  const [service = "", rest = "*"] = action.split(":");
  return { service, rest };
}

const servicesOf = oncePerCatalogue((catalogue): readonly Service[] => {
  const byService = new Map<string, (readonly [string, string])[]>();
  for (const { scope } of catalogue.all("action")) {
    const folded = scope.toLowerCase();
    const { service } = partsOf(folded);
    byService.set(service, [...(byService.get(service) ?? []), [folded, scope]]);
  }
  for (const { scope } of catalogue.all("service")) if (!byService.has(scope)) byService.set(scope, []);
  return [...byService].map(([name, actions]) => ({ name, actions, isComplete: isComplete(name) }));
});
