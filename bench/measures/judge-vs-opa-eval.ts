import { join } from "node:path";
import type { Opa } from "../../src/judge/opa.ts";
import type { Bench, Measure, Outcomes } from "../bench.ts";
import { seconds } from "../figures.ts";
import { inventory } from "../inputs.ts";
import { interleave, walls } from "../interleave.ts";
import { answered, opaHere, prepareOpa } from "../opa.ts";
import { ratio } from "../statistics.ts";
import { judge } from "../tokenward.ts";

/** OPA's own interpreter, given the same policies and the tokens with their facts. */
export const judgeVsOpaEval = {
  keys: ["judge.vs_opa_eval"],

  async run(bench) {
    const opa = await opaHere();
    return { "judge.vs_opa_eval": typeof opa === "string" ? { missing: opa } : await against(opa, bench) };
  },
} as const satisfies Measure;

async function against(opa: Opa, { folder, sizes }: Bench): Promise<NonNullable<Outcomes["judge.vs_opa_eval"]>> {
  const cwd = join(folder, "opa");
  const stdout = join(cwd, "output.json");
  const args = await prepareOpa(cwd, sizes.opaTokens);
  const tokens = await inventory(folder, sizes.opaTokens);
  const tasks = {
    opa: { command: opa.path, args, cwd, stdout },
    ours: judge({ inventory: tokens, format: "json", output: join(folder, "opa-ours.json") }),
  };
  const samples = await interleave(tasks, { runs: sizes.runs });
  const count = await answered(stdout);
  if (count !== sizes.opaTokens) throw new Error(`opa eval answered for ${count} tokens of ${sizes.opaTokens}`);
  const [theirs, ours] = [walls(samples.opa), walls(samples.ours)];
  return { ...ratio(theirs, ours), from: `${seconds(theirs)} ÷ ${seconds(ours)}`, note: `OPA ${opa.version}` };
}
