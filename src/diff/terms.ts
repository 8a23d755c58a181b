import type { Head } from "../model/flow.ts";

/** What two runs were judged by, held against each other. */
export interface Terms {
  /** What is different, in words; nothing: the same policies judged by the same numbers. */
  doubts: string[];
  /** Whether a policy need not have judged as it did in the other run. */
  isOther: (policy: string) => boolean;
}

const DIGITS = 12;
const TOLD = 5;

export function termsBetween(old: Head, now: Head): Terms {
  const [before, after] = [settings(old), settings(now)];
  const policies = [...new Set([...before.keys(), ...after.keys()])].sort();
  const moved = policies.filter((policy) => before.get(policy) !== after.get(policy));
  const isOtherBundle = old.bundle !== now.bundle;
  const isOtherProfile = old.profile !== now.profile;
  return {
    doubts: [
      ...(isOtherBundle ? [`other policies judged (bundle ${short(now)}, was ${short(old)}); ${SO}`] : []),
      ...(isOtherProfile ? [`the profile is ${now.profile}, was ${old.profile}; ${SO}`] : []),
      ...(moved.length > 0 ? [`the configuration gives other numbers to ${listed(moved)}; ${SO}`] : []),
    ],
    isOther: (policy) => isOtherBundle || isOtherProfile || before.get(policy) !== after.get(policy),
  };
}

const SO = "what differs may be their doing, not that of the tokens";

/** Why even what does not differ may have: something of a side was not read. */
export function unreadText(side: "old" | "new"): string {
  return `the ${side} run is incomplete: what it did not read cannot be compared`;
}

/** By policy, what the configuration makes of its numbers; where it says so and why makes no difference. */
function settings({ parameters = [] }: Head): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { policy, kind, name, value } of parameters)
    texts.set(policy, `${texts.get(policy) ?? ""}${JSON.stringify([kind, name, value])}\n`);
  return texts;
}

function short({ bundle }: Head): string {
  return bundle.slice(0, DIGITS);
}

function listed(policies: readonly string[]): string {
  const more = policies.length - TOLD;
  return policies.slice(0, TOLD).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
