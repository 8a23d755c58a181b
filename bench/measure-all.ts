import type { Bench, Measure, Outcome, Outcomes } from "./bench.ts";
import { figure } from "./figures.ts";
import { CommandFailed } from "./process.ts";
import type { Key } from "./targets.ts";

interface Means {
  bench: Bench;
  only: ReadonlySet<Key>;
  /** Tells how far it is, and what a failed command said. */
  say: (text: string) => void;
}

/** Every measure that was asked for, one after the other; one that fails does not take the others' results with it. */
export async function measureAll(
  measures: readonly Measure[],
  { bench, only, say }: Means,
): Promise<{ outcomes: Outcomes; failures: number }> {
  const outcomes: Outcomes = {};
  let failures = 0;
  for (const measure of measures) {
    const wanted = measure.keys.filter((key) => only.has(key));
    if (wanted.length === 0) continue;
    say(`measuring ${wanted.join(", ")}`);
    const begin = performance.now();
    const found = await measure.run(bench).catch((error: unknown) => {
      if (!(error instanceof CommandFailed)) throw error;
      say(error.message);
      failures += 1;
    });
    say(`  took ${figure((performance.now() - begin) / 1e3)} s`);
    for (const key of wanted) outcomes[key] = found?.[key] ?? FAILED;
  }
  return { outcomes, failures };
}

const FAILED: Outcome = { missing: "a command failed, see above" };
