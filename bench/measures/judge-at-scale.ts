import { join } from "node:path";
import type { Measure } from "../bench.ts";
import { megabytes, microseconds, seconds } from "../figures.ts";
import { inventory } from "../inputs.ts";
import { interleave, peaks, walls } from "../interleave.ts";
import { node, ONLY_PARSE } from "../process.ts";
import { ratio, spread } from "../statistics.ts";
import { judge, STREAMED } from "../tokenward.ts";

/** The same command for a million tokens and for a tenth of them, beside a script that only parses the million. */
export const judgeAtScale = {
  keys: ["judge.vs_parse", "judge.growth", "judge.rss_1m_mb", "judge.rss_growth"],

  async run({ folder, sizes, meter }) {
    const [large, small] = [await inventory(folder, sizes.large), await inventory(folder, sizes.small)];
    const output = join(folder, `judged.${STREAMED}`);
    const samples = await interleave(
      {
        parse: node([ONLY_PARSE, large]),
        large: judge({ inventory: large, format: STREAMED, output }),
        small: judge({ inventory: small, format: STREAMED, output }),
      },
      { runs: sizes.runs, meter },
    );
    const [parse, ours] = [walls(samples.parse), walls(samples.large)];
    const perToken = {
      large: ours.map((wall) => wall / sizes.large),
      small: walls(samples.small).map((wall) => wall / sizes.small),
    };
    const peak = { large: peaks(samples.large), small: peaks(samples.small) };
    const growth = `${microseconds(perToken.large)} ÷ ${microseconds(perToken.small)} per token`;
    const memory = `${megabytes(peak.large)} ÷ ${megabytes(peak.small)}`;
    return {
      "judge.vs_parse": { ...ratio(ours, parse), from: `${seconds(ours)} ÷ ${seconds(parse)}` },
      "judge.growth": { ...ratio(perToken.large, perToken.small), from: growth },
      "judge.rss_1m_mb": { ...spread(peak.large), from: `asked by ${meter.id}` },
      "judge.rss_growth": { ...ratio(peak.large, peak.small), from: memory },
    };
  },
} as const satisfies Measure;
