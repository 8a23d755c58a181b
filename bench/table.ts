import type { Outcome, Outcomes } from "./bench.ts";
import { figure } from "./figures.ts";
import { isMet, type Key, keys, type Target, targets } from "./targets.ts";

const HEAD = ["measure", "value", "target", "met?", "runs", "run by run", "medians", ""];

/** The table for people; what was not asked for is left out. */
export function humanTable(outcomes: Outcomes): string {
  const rows = [HEAD, ...measured(outcomes).map(([key, outcome]) => cells(key, outcome))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** The table for the documentation. */
export function markdownTable(outcomes: Outcomes): string {
  const rows = measured(outcomes).map(([key, outcome]) => {
    const [, value = "", target = "", met = ""] = cells(key, outcome);
    const note = "note" in outcome && outcome.note ? ` (${outcome.note})` : "";
    return [`\`${key}\``, `${targets[key].what}${note}`, target, value, met];
  });
  const lines = [["Measure", "Is", "Target", "Value", "Met"], Array(5).fill("---"), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

/** Every number by its name, to four digits; null: not measured. */
export function numbers(outcomes: Outcomes): Record<string, number | null> {
  return Object.fromEntries(keys.flatMap((key) => named(key, outcomes[key])));
}

function named(key: Key, outcome: Outcome | undefined): [string, number | null][] {
  if (!outcome || "missing" in outcome) return [[key, null]];
  const told: [string, number][] = [[key, outcome.value]];
  for (const [name, value] of Object.entries(outcome.beside ?? {})) told.push([`${key}.${name}`, value]);
  return told.map(([name, value]) => [name, Number(value.toPrecision(4))]);
}

function measured(outcomes: Outcomes): [Key, Outcome][] {
  return keys.flatMap((key): [Key, Outcome][] => {
    const outcome = outcomes[key];
    return outcome ? [[key, outcome]] : [];
  });
}

function cells(key: Key, outcome: Outcome): string[] {
  const target: Target = targets[key];
  const unit = target.unit ? ` ${target.unit}` : "";
  const goal = `${target.sign} ${target.limit}${unit}`;
  if ("missing" in outcome) return [key, "-", goal, "not measured", "", "", "", outcome.missing];
  const { value, low, high, runs, from, note = "" } = outcome;
  const met = isMet(target, value) ? "yes" : "NO";
  return [key, `${figure(value)}${unit}`, goal, met, String(runs), `${figure(low)}–${figure(high)}`, from, note];
}
