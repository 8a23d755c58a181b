import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, type ExpectStatic, it } from "vitest";
import { parse } from "yaml";
import { repository, run } from "../support/command.ts";
import { lasting } from "../support/lasting.ts";
import { sarifFaults } from "../support/sarif.ts";

/** What `scenario.yaml` says: the command, what it is fed, how it must end, and which files it must and must not leave. */
interface Scenario {
  title: string;
  args: string[];
  exit: number;
  env?: Record<string, string>;
  /** A file of the scenario's folder fed to standard input. */
  stdin?: string;
  /** Files the command must write, compared with those of the same name, without its folders, in `expected/`. */
  writes?: string[];
  /** Files that must be there afterwards, whatever is in them. */
  present?: string[];
  /** Files that must not be there afterwards. */
  absent?: string[];
  /** Files to find that no formatter of ours could read, by their path. */
  files?: Record<string, string>;
  /** Another scenario whose files this one finds too. */
  like?: string;
  /** A folder of the repository to run in, instead of the scenario's `input/`. */
  from?: string;
  /** Where that folder is laid, below the working directory. */
  at?: string;
}

const here = fileURLToPath(new URL("./", import.meta.url));
const folders = (await readdir(here, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const scenarios = await Promise.all(folders.sort().map(async (name) => ({ name, ...(await read(name)) })));
const scratch = await mkdtemp(join(tmpdir(), "tokenward-scenarios-"));
afterAll(() => rm(scratch, { recursive: true, force: true }));

for (const scenario of scenarios)
  it.concurrent(`${scenario.name}: ${scenario.title}`, ({ expect }) => play(scenario, expect));

async function play(scenario: Scenario & { name: string }, expect: ExpectStatic): Promise<void> {
  const { name, args, exit, env = {}, stdin, writes = [], present = [], absent = [] } = scenario;
  const expected = join(here, name, "expected");
  const cwd = await laid(scenario);

  const outcome = await run({ args, cwd, env, stdin: stdin ? await readFile(join(cwd, stdin)) : "" });

  const left = await filesIn(cwd);
  expect(`exit ${outcome.code}\n${outcome.stderr}`, "exit code, then standard error").toMatch(
    new RegExp(`^exit ${exit}\\n`),
  );
  expect(left).toEqual(expect.arrayContaining([...writes, ...present]));
  expect(left.filter((file) => absent.includes(file) || file.includes(".tokenward-tmp"))).toEqual([]);
  await expect(lasting(outcome.stdout)).toMatchFileSnapshot(join(expected, "stdout.txt"));
  await expect(lasting(outcome.stderr)).toMatchFileSnapshot(join(expected, "stderr.txt"));
  for (const file of left.filter((path) => path.endsWith(".sarif"))) {
    expect(sarifFaults(await readFile(join(cwd, file), "utf8")), file).toEqual([]);
  }
  for (const file of writes) {
    await expect(lasting(await readFile(join(cwd, file), "utf8"))).toMatchFileSnapshot(
      join(expected, snapshotOf(file)),
    );
  }
}

async function read(name: string): Promise<Scenario> {
  return parse(await readFile(join(here, name, "scenario.yaml"), "utf8")) as Scenario;
}

/** A working directory of its own, with what the command is to find there; git keeps no empty folders, so there may be nothing. */
async function laid({ name, like }: Scenario & { name: string }): Promise<string> {
  const cwd = join(scratch, name);
  const {
    from,
    at = "",
    files = {},
    name: origin,
  } = scenarios.find((one) => one.name === (like ?? name)) ?? fail(like);
  const source = from ? join(repository, from) : join(here, origin, "input");
  await mkdir(cwd, { recursive: true });
  if (from !== undefined || existsSync(source)) await cp(source, join(cwd, at), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return cwd;
}

function fail(like: string | undefined): never {
  throw new Error(`there is no scenario ${like}`);
}

/** YAML under its own name would be laid out anew by the formatter. */
function snapshotOf(file: string): string {
  return basename(file).replace(/\.yaml$/, ".yaml.txt");
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"));
}
