import { statSync } from "node:fs";
import { join } from "node:path";
import type { Collected } from "../../model/flow.ts";
import { empty, faulty, refused } from "./coverage.ts";
import { FOLDER } from "./find.ts";
import type { Job } from "./job.ts";
import { normalise, type Surroundings } from "./normalise.ts";
import { cut, type Fault, quoted } from "./reading.ts";
import { localTarget } from "./reusable.ts";
import { shelve, type Volume } from "./shelf.ts";
import type { Workflow } from "./workflow.ts";

export interface Checkout {
  root: string;
  /** The files to read, below the root. */
  paths: readonly string[];
  account: string;
  uriOf: (path: string) => string;
  /** The repository's default permissions, where the configuration states them. */
  setting: "read" | "write" | undefined;
}

/** The tokens and coverage of the files of a checkout, in order, one file at a time; what was read is added to the counts. */
export function* contents(checkout: Checkout, counts: { read: number; tokens: number }): Generator<Collected> {
  const { root, paths, account, uriOf, setting } = checkout;
  const shelf = shelve(root, paths);
  for (const path of paths) {
    const surroundings = { account, path, uri: uriOf(path), setting, calls: shelf.calls };
    const volume = shelf.take(path);
    if (wasRead(volume)) counts.read += 1;
    for (const item of itemsOf(volume, surroundings, root)) {
      if ("token" in item) counts.tokens += 1;
      yield item;
    }
  }
}

function wasRead({ workflow, refusal, faults }: Volume): boolean {
  return workflow !== undefined || (!refusal && faults.length === 0);
}

function* itemsOf(volume: Volume, surroundings: Surroundings, root: string): Generator<Collected> {
  const { account, uri } = surroundings;
  const { workflow, faults, refusal } = volume;
  if (refusal) yield { coverage: refused(account, uri, refusal) };
  for (const fault of faults) yield { coverage: faulty(account, uri, fault) };
  const jobs = workflow?.jobs ?? [];
  if (jobs.length === 0 && faults.length === 0 && !refusal) yield { coverage: empty(account, uri) };
  for (const job of jobs) {
    const missing = missingTarget(job, root);
    if (missing) yield { coverage: faulty(account, uri, missing) };
    if (workflow) yield tokenOf(job, workflow, surroundings);
  }
}

/** The fault of a job that calls a local workflow which is not there; the job's token is as real as any. */
function missingTarget(job: Job, root: string): Fault | undefined {
  const target = localTarget(job);
  if (!job.uses || target === undefined) return undefined;
  const isThere = target.startsWith(`${FOLDER}/`) && statSync(join(root, target), { throwIfNoEntry: false })?.isFile();
  if (isThere) return undefined;
  const detail = `the job calls ${quoted(job.uses.workflow)}, and there is no such workflow`;
  return { ...job.uses.at, job: job.key, detail, remedy: `name a file in ./${FOLDER}/, or remove the job` };
}

const LONGEST_ID = 1024;

function tokenOf(job: Job, workflow: Workflow, surroundings: Surroundings): Collected {
  const token = normalise(job, workflow, surroundings);
  if (token.id.length <= LONGEST_ID) return { token };
  const detail = `with the path of its file the key ${quoted(job.key)} is too long to identify the job`;
  const fault = {
    ...job.at,
    job: cut(job.key, 80),
    detail,
    remedy: "give the job a shorter key; GitHub takes 100 characters",
  };
  return { coverage: faulty(surroundings.account, surroundings.uri, fault) };
}
