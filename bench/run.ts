/** Measures the built command beside what it is compared with; targets that are not met are told and fail nothing. */
import { rmSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Arguments, readArguments, USAGE } from "./arguments.ts";
import { type Bench, full, type Measure, type Outcomes, quick } from "./bench.ts";
import { callsTable } from "./calls.ts";
import { compileCost } from "./compile.ts";
import { renewed } from "./docs.ts";
import { figure } from "./figures.ts";
import { measureAll } from "./measure-all.ts";
import { filesVsParse } from "./measures/files-vs-parse.ts";
import { formatMeasures } from "./measures/formats.ts";
import { judgeAtScale } from "./measures/judge-at-scale.ts";
import { judgeTwoThreads } from "./measures/judge-two-threads.ts";
import { judgeVsOpaEval } from "./measures/judge-vs-opa-eval.ts";
import { start } from "./measures/start.ts";
import { bestMeter } from "./meter.ts";
import { stop } from "./process.ts";
import { humanTable, markdownTable, numbers } from "./table.ts";
import { keys, quickKeys } from "./targets.ts";

const measures: readonly Measure[] = [
  ...[judgeVsOpaEval, judgeAtScale, judgeTwoThreads, start, filesVsParse],
  ...formatMeasures,
];
const PAGE = new URL("../docs/performance.md", import.meta.url);

const args = readArguments(process.argv.slice(2));
if ("fault" in args) {
  console.error(`${args.fault}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (args.help) console.log(USAGE);
else process.exitCode = await benchmark(args);

async function benchmark(args: Arguments): Promise<0 | 1> {
  const folder = await mkdtemp(join(tmpdir(), "tokenward-bench-"));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => leave(folder));
  try {
    const sizes = args.quick ? quick : full;
    const bench = { folder, sizes, meter: bestMeter(join(folder, "usage")) };
    console.log(`${circumstances()} Load before the first run: ${figure(loadavg()[0] ?? 0)}.`);
    const { outcomes, failures } = await measureAll(measures, { bench, only: args.only, say: console.error });
    const aside = args.only.size >= (args.quick ? quickKeys : keys).length ? await asides(bench) : undefined;
    if (args.quick) console.log("quick: sizes are smaller");
    console.log(`\n${humanTable(outcomes)}${aside ? `\n${Object.values(aside).join("\n")}\n` : ""}`);
    await keep({ outcomes, aside }, args, failures === 0);
    return failures === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Asides {
  compiled: string;
  calls: string;
}

/** What is told beside the measures: no target is set for it. */
async function asides(bench: Bench): Promise<Asides> {
  return { compiled: await compileCost(bench), calls: await callsTable() };
}

async function keep(
  { outcomes, aside }: { outcomes: Outcomes; aside: Asides | undefined },
  { json, writeDocs }: Arguments,
  isWhole: boolean,
): Promise<void> {
  if (json !== undefined) await writeFile(json, `${JSON.stringify(numbers(outcomes), null, 2)}\n`);
  if (!writeDocs) return;
  if (!isWhole) console.error("docs/performance.md stays as it is: a command failed");
  else
    await writeFile(
      PAGE,
      renewed(await readFile(PAGE, "utf8"), `${circumstances()}\n\n${markdownTable(outcomes)}\n${aside?.compiled}.\n`),
    );
}

function circumstances(): string {
  return `Node ${process.version} on ${process.platform}-${process.arch}, ${availableParallelism()} cores.`;
}

function leave(folder: string): never {
  stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
}
