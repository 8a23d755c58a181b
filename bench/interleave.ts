import type { Meter } from "./meter.ts";
import { run, type Sample, type Task } from "./process.ts";

/** Runs every task once, then all again, and so on: what disturbs the machine for a while disturbs all of them alike. */
export async function interleave<Name extends string>(
  tasks: Readonly<Record<Name, Task>>,
  { runs, meter }: { runs: number; meter?: Meter },
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(tasks) as Name[];
  const samples = Object.fromEntries(names.map((name): [Name, Sample[]] => [name, []])) as Record<Name, Sample[]>;
  for (let round = 0; round < runs; round += 1) {
    for (const name of names) samples[name].push(await run(tasks[name], meter));
  }
  return samples;
}

export function walls(samples: readonly Sample[]): number[] {
  return samples.map(({ wall }) => wall);
}

/** Peak memory in MB of 1,000,000 bytes. */
export function peaks(samples: readonly Sample[]): number[] {
  return samples.map(({ usage }) => (usage?.rss ?? Number.NaN) / 1e6);
}
