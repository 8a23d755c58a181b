import { open } from "node:fs/promises";
import { join } from "node:path";
import { type InventoryFormatId, inventoryFormatIds } from "../../src/report/inventory-registry.ts";
import { type FormatId, formatIds } from "../../src/report/registry.ts";
import type { Bench, Measure, Outcome } from "../bench.ts";
import { megabytes, seconds } from "../figures.ts";
import { configuration, inventory, quietInventory } from "../inputs.ts";
import { interleave, peaks, walls } from "../interleave.ts";
import type { Task } from "../process.ts";
import { median, ratio } from "../statistics.ts";
import { inventoryKey, reportKey } from "../targets.ts";
import { collect, judge, STREAMED } from "../tokenward.ts";

/** Of the tokens that are generated, each gives about two findings. */
const TOKENS_PER_FINDING = 0.54;

/** Every format, each a measure of its own: many findings beside a tenth of them, of as many tokens, so that only the findings grow. */
export const formatMeasures: readonly Measure[] = [
  ...formatIds.map((id) => ({
    keys: [reportKey(id)],
    run: async (bench: Bench) => ({ [reportKey(id)]: await ofReport(id, bench) }),
  })),
  ...inventoryFormatIds.map((id) => ({
    keys: [inventoryKey(id)],
    run: async (bench: Bench) => ({ [inventoryKey(id)]: await ofInventory(id, bench) }),
  })),
];

async function ofReport(format: FormatId, bench: Bench): Promise<Outcome> {
  const { folder, sizes } = bench;
  const count = Math.ceil(sizes.told * TOKENS_PER_FINDING);
  const output = join(folder, `told.${format}`);
  const outcome = await compared(
    {
      many: judge({ inventory: await inventory(folder, count), format, output }),
      few: judge({ inventory: await quietInventory(folder, count), format, output: join(folder, `few.${format}`) }),
    },
    bench,
  );
  if (format === STREAMED) await beSure(output, sizes.told);
  return outcome;
}

async function ofInventory(format: InventoryFormatId, bench: Bench): Promise<Outcome> {
  const { folder, sizes } = bench;
  const output = join(folder, `collected.${format}`);
  return compared(
    {
      many: collect({ config: await configuration(folder, sizes.told), format, output }),
      few: collect({ config: await configuration(folder, sizes.told / 10), format, output }),
    },
    bench,
  );
}

async function compared(tasks: Readonly<Record<"many" | "few", Task>>, { sizes, meter }: Bench): Promise<Outcome> {
  const samples = await interleave(tasks, { runs: sizes.tellings, meter });
  const [many, few, wall] = [peaks(samples.many), peaks(samples.few), walls(samples.many)];
  return {
    ...ratio(many, few),
    from: `${megabytes(many)} ÷ ${megabytes(few)}`,
    note: `${seconds(wall)}, ${megabytes(many)}`,
    beside: { seconds: median(wall), mb: median(many) },
  };
}

const LAST = 4_096;

/** The last line of NDJSON says how many findings there are. */
async function beSure(path: string, least: number): Promise<void> {
  const file = await open(path);
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LAST), 0, LAST, Math.max(0, size - LAST));
  await file.close();
  const line = buffer.toString("utf8", 0, bytesRead).trimEnd().split("\n").at(-1) ?? "";
  const { verdicts } = JSON.parse(line).end.summary;
  const count = verdicts.fail + verdicts.unknown;
  if (count < least) throw new Error(`the tokens give ${count} findings, not ${least}`);
}
