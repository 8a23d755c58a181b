import { join } from "node:path";
import type { Measure } from "../bench.ts";
import { seconds } from "../figures.ts";
import { inventory } from "../inputs.ts";
import { interleave, walls } from "../interleave.ts";
import { ratio } from "../statistics.ts";
import { judge, STREAMED } from "../tokenward.ts";

/** The main thread alone, and the main thread with one worker. */
export const judgeTwoThreads = {
  keys: ["judge.two_threads"],

  async run({ folder, sizes }) {
    const tokens = await inventory(folder, sizes.threaded);
    const common = { inventory: tokens, format: STREAMED, output: join(folder, `judged.${STREAMED}`) };
    const samples = await interleave(
      { one: judge({ ...common, more: ["--jobs", "1"] }), two: judge({ ...common, more: ["--jobs", "2"] }) },
      { runs: sizes.runs },
    );
    const [one, two] = [walls(samples.one), walls(samples.two)];
    return { "judge.two_threads": { ...ratio(one, two), from: `${seconds(one)} ÷ ${seconds(two)}` } };
  },
} as const satisfies Measure;
