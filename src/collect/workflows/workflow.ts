import { isMap, isSeq, type Node } from "yaml";
import { type Job, jobIn, nameIn } from "./job.ts";
import { levelIn } from "./level.ts";
import { entriesOf, follow, LOST, noteWrong, textOf } from "./nodes.ts";
import { parse } from "./parse.ts";
import type { Level } from "./permissions.ts";
import { type Entry, type Fault, note, type Reading, spanOf } from "./reading.ts";

/** What the collector takes from a workflow file. */
export interface Workflow {
  name?: string;
  /** Sorted, each once. */
  triggers: string[];
  permissions: Level;
  jobs: Job[];
}

/** The workflow in a file's text, and all that could not be read in it; without a workflow and without faults the file is empty. */
export function readWorkflow(text: string): { workflow?: Workflow; faults: Fault[] } {
  const reading = parse(text);
  const workflow = reading.isSound ? workflowIn(reading) : undefined;
  return { ...(workflow && { workflow }), faults: [...reading.faults.values()] };
}

const REMEDY = "write a workflow with `on` and `jobs`, or move the file out of the folder of workflows";

function workflowIn(reading: Reading): Workflow | undefined {
  const root: Node | null = reading.document.contents;
  if (root === null || textOf(root) === null) return undefined;
  const at = spanOf(root, reading);
  const entries = isMap(root) ? entriesOf(root, reading) : undefined;
  const jobs = entries?.get("jobs");
  if (!entries || !jobs) {
    if (entries) note(reading, at, "no workflow: there is no key `jobs`", REMEDY);
    else noteWrong(reading, at, root, { what: "the file", not: "not a workflow", remedy: REMEDY });
    return undefined;
  }
  const name = nameIn(entries, reading);
  return {
    ...(name !== undefined && { name }),
    // A YAML 1.1 tool that rewrites a workflow turns the key `on` into `true`.
    triggers: triggersIn(entries.get("on") ?? entries.get("true"), reading),
    permissions: levelIn(entries, at, reading),
    jobs: jobsIn(jobs, reading),
  };
}

function triggersIn(entry: Entry | undefined, reading: Reading): string[] {
  const node = follow(entry?.value, reading);
  if (!entry || textOf(node) === null) return [];
  const items: unknown[] = isSeq(node) ? node.items : [node];
  const written = isMap(node)
    ? [...entriesOf(node, reading).keys()]
    : items.map((item) => textOf(follow(item, reading)));
  const triggers = written.filter((trigger) => typeof trigger === "string");
  if (triggers.length < written.length)
    note(reading, entry.key, "`on` is no list of events", "name each event as text");
  return [...new Set(triggers)].sort();
}

function jobsIn(entry: Entry, reading: Reading): Job[] {
  const node = follow(entry.value, reading);
  if (textOf(node) === null) return [];
  if (!isMap(node)) {
    noteWrong(reading, entry.key, node, {
      what: "`jobs`",
      not: "not a map",
      remedy: "write each job under its own key",
    });
    return [];
  }
  const jobs: Job[] = [];
  for (const [key, job] of entriesOf(node, reading)) {
    if (key === LOST) continue;
    reading.job = key;
    const read = jobIn(key, job, reading);
    if (read) jobs.push(read);
  }
  return jobs;
}
