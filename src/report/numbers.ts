import type { Finding, Policy } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { rationaleOf, settingText } from "../model/setting-text.ts";

type Threshold = Finding["thresholds"][string];

/** One policy has few parameters, but each kind may have its own number, with a reason of its own. */
const TOLD = 5;
const KINDS_TOLD = 3;

/** The numbers with a reason, an approver or a day of review that one policy's findings were held against, each once. */
export function reasonedNumbers(): { add(finding: Finding): void; lines(policy: Policy | undefined): string[] } {
  const found = new Map<string, { name: string; threshold: Threshold; kinds: Set<string> }>();
  let left = 0;
  return {
    add({ thresholds, token: { kind } }) {
      for (const [name, threshold] of Object.entries(thresholds)) {
        if (rationaleOf(threshold).length === 0) continue;
        const key = JSON.stringify([name, threshold]);
        const known = found.get(key);
        if (known) known.kinds.add(kind);
        else if (found.size < TOLD) found.set(key, { name, threshold, kinds: new Set([kind]) });
        else left += 1;
      }
    },
    lines(policy) {
      const lines = [...found.values()].map(({ name, threshold, kinds }) =>
        numberText(
          `${name} ${settingText(policy?.params[name]?.type, threshold)} for ${listed([...kinds])}`,
          threshold,
        ),
      );
      return left > 0 ? [...lines, `and others, for ${number(left, "more finding")}`] : lines;
    },
  };
}

/** The same for one finding, as sentences: nothing where all its numbers are as built in. */
export function numberSentences({ thresholds }: Finding, policy: Policy): string[] {
  return Object.entries(thresholds)
    .filter(([, threshold]) => rationaleOf(threshold).length > 0)
    .map(([name, threshold]) =>
      numberText(`The number ${name} ${settingText(policy.params[name]?.type, threshold)} is set`, threshold),
    );
}

function numberText(what: string, threshold: Threshold): string {
  return `${what} at ${threshold.source}: ${rationaleOf(threshold).join("; ")}`;
}

function listed(kinds: readonly string[]): string {
  const told = kinds.slice(0, KINDS_TOLD).join(", ");
  return kinds.length > KINDS_TOLD ? `${told} and ${number(kinds.length - KINDS_TOLD, "more kind")}` : told;
}
