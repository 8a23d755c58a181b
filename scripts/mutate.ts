/**
 * Changes the shipped policies in one small way at a time, and runs the Rego tests against each change: what no test
 * notices is printed, with its reason where test/mutants.yaml has one, and fails the run where it has none.
 * `npm run mutate -- lifetime` looks at the files whose path has that word.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { findOpa, type Opa, runOpa } from "../src/judge/opa.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { unpinned } from "./pinned.ts";

interface Explained {
  file: string;
  before: string;
  after: string;
  reason: string;
}

type Fate = "killed" | "stillborn" | "survived";

/** Test builders are no policies: a fault in them shows in the tests that they build. */
const BUILDERS = "policies/lib/given.rego";
const AT_A_TIME = 2;

const root = fileURLToPath(new URL("../", import.meta.url));
const [only = ""] = process.argv.slice(2);
const opa = await findOpa(process.env);
const explained = parse(await readFile(`${root}test/mutants.yaml`, "utf8")) as Explained[];
const files = (await readdir(`${root}policies`, { recursive: true })).map((path) => `policies/${path}`).sort();
const rules = files.filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego") && file !== BUILDERS);
const chosen = rules.filter((file) => file.includes(only));

const mutants = (await Promise.all(chosen.map(async (file) => mutantsOf(opa, root, file, await source(file))))).flat();
const fates = await judged(mutants);
const defaults = await unpinned(root, chosen);
process.exitCode = told();

async function source(file: string): Promise<string> {
  return readFile(root + file, "utf8");
}

/** What became of each mutant; each worker has a copy of the policies to change. */
async function judged(all: readonly Mutant[]): Promise<Fate[]> {
  const found: Fate[] = [];
  let next = 0;
  const worker = async () => {
    const folder = await mkdtemp(join(tmpdir(), "tokenward-mutants-"));
    try {
      await cp(`${root}policies`, join(folder, "policies"), { recursive: true });
      await cp(`${root}schemas`, join(folder, "schemas"), { recursive: true });
      for (let index = next++; index < all.length; index = next++) {
        const mutant = all[index];
        if (mutant) found[index] = await fateOf(mutant, folder, opa);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return found;
}

/** OPA tells a failed test from policies that it cannot read by its exit code only, but the words differ. */
async function fateOf({ file, source: mutated }: Mutant, folder: string, by: Opa): Promise<Fate> {
  await writeFile(join(folder, file), mutated);
  try {
    const { ok, stdout } = await runOpa(by, ["test", "policies", "--timeout", "20s"], folder);
    if (ok) return "survived";
    return /^(?:FAIL|ERROR): \d/m.test(stdout) ? "killed" : "stillborn";
  } finally {
    await writeFile(join(folder, file), await source(file));
  }
}

/** Prints what survived; 1 where somebody has to do something. */
function told(): number {
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const survivors = mutants.filter((_, index) => fates[index] === "survived");
  const reasons = survivors.map((mutant) => explained.find((one) => isOf(one, mutant))?.reason);
  for (const [index, { file, line, what, before, after }] of survivors.entries())
    console.log(
      `${file}:${line}: ${what}: ${shown(before)} -> ${shown(after)}\n  ${reasons[index] ?? "SURVIVES: no test notices"}`,
    );
  for (const one of defaults)
    console.log(`${one}\n  SURVIVES: no page states this default, so a change of it would not be noticed`);
  const idle = explained.filter((one) => chosen.includes(one.file) && !survivors.some((mutant) => isOf(one, mutant)));
  for (const { file, before } of idle)
    console.log(`test/mutants.yaml: nothing survives in ${file} for ${shown(before)}: remove the entry`);
  const unexplained = reasons.filter((reason) => reason === undefined).length + defaults.length;
  console.log(
    `${mutants.length} mutants of ${chosen.length} files: ${count("killed")} killed, ${count("stillborn")} no Rego any more, ${survivors.length} survive, ${unexplained} of them without a reason`,
  );
  return unexplained + idle.length > 0 ? 1 : 0;
}

function isOf({ file, before, after }: Explained, mutant: Mutant): boolean {
  return file === mutant.file && before === mutant.before && after === mutant.after;
}

function shown(text: string): string {
  return text.replace(/\s+/g, " ");
}
