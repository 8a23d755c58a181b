import { join } from "node:path";
import type { Measure } from "../bench.ts";
import { seconds } from "../figures.ts";
import { repository } from "../inputs.ts";
import { interleave, walls } from "../interleave.ts";
import { node, ONLY_PARSE_YAML } from "../process.ts";
import { ratio } from "../statistics.ts";
import { check, STREAMED } from "../tokenward.ts";

/** A large repository's workflow files: collected and judged, beside a script that only reads and parses them. */
export const filesVsParse = {
  keys: ["files.vs_parse"],

  async run({ folder, sizes }) {
    const { root, files } = await repository(folder, sizes.files);
    const tasks = {
      parse: node([ONLY_PARSE_YAML, files]),
      ours: check(root, ["-f", STREAMED, "-o", join(folder, `files.${STREAMED}`)]),
    };
    const samples = await interleave(tasks, { runs: sizes.runs });
    const [ours, parse] = [walls(samples.ours), walls(samples.parse)];
    return { "files.vs_parse": { ...ratio(ours, parse), from: `${seconds(ours)} ÷ ${seconds(parse)}` } };
  },
} as const satisfies Measure;
