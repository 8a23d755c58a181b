import type { Measure } from "../bench.ts";
import { seconds } from "../figures.ts";
import { repository } from "../inputs.ts";
import { interleave, walls } from "../interleave.ts";
import { node } from "../process.ts";
import { ratio } from "../statistics.ts";
import { check, version } from "../tokenward.ts";

/** What a person waits for, beside Node's own start. */
export const start = {
  keys: ["start.version_vs_node", "start.check_100_workflows_vs_node"],

  async run({ folder, sizes }) {
    const { root } = await repository(folder, sizes.checked);
    const tasks = { bare: node(["-e", "0"]), version: version(), check: check(root) };
    const samples = await interleave(tasks, { runs: sizes.starts });
    const bare = walls(samples.bare);
    const against = (ours: readonly number[]) => ({
      ...ratio(ours, bare),
      from: `${seconds(ours)} ÷ ${seconds(bare)}`,
    });
    return {
      "start.version_vs_node": against(walls(samples.version)),
      "start.check_100_workflows_vs_node": against(walls(samples.check)),
    };
  },
} as const satisfies Measure;
