import type { Token } from "../../model/documents.gen.ts";
import type { Grants } from "../../scopes/workflow-token.ts";
import type { Job } from "./job.ts";
import { type Level, union } from "./permissions.ts";
import type { Workflow } from "./workflow.ts";

/** All that is kept of the jobs that call one local workflow. */
interface Callers {
  /** What those that state their permissions allow; undefined: none does. */
  stated: Grants | undefined;
  /** Whether a caller takes the repository's default. */
  hasDefault: boolean;
  /** Whether a caller's permissions could not be read. */
  hasUnreadable: boolean;
  /** The files of callers that take their own callers' permissions. */
  through: Set<string>;
}

/** Who calls which local workflow; it grows with the calls, not with the files. */
export interface Calls {
  byTarget: Map<string, Callers>;
  /** Whether a file could not be read, so that a caller may be missing. */
  isPartial: boolean;
}

/** Permissions as far as they are known. */
export type Known = { grants: Grants } | { unknown: NonNullable<Token["unknown"]["grants"]> };

/** The path below the root of the local workflow that a job calls; undefined for one in another repository. */
export function localTarget({ uses }: Pick<Job, "uses">): string | undefined {
  return uses?.workflow.startsWith("./") ? uses.workflow.slice("./".length) : undefined;
}

/** Whether a text could hold such a call: plainly, or with an escape in double quotes that could spell it. */
export function mayCall(text: string): boolean {
  return /\.\/\.github\/workflows\/|\\(?:[xuU/]|\r?\n)/.test(text);
}

/** The entry that decides a job's permissions: its own replaces the workflow's as a whole. */
export function deciding({ permissions }: Pick<Workflow, "permissions">, job: Pick<Job, "permissions">): Level {
  return job.permissions.kind === "absent" ? permissions : job.permissions;
}

/** A workflow that nothing but a call starts has no default: its jobs get what the calling job has. */
export function isOnlyCalled({ triggers }: Pick<Workflow, "triggers">): boolean {
  return triggers.length === 1 && triggers[0] === CALL;
}

const CALL = "workflow_call";

/** Adds the calls that a file makes. */
export function addCalls(calls: Calls, path: string, workflow: Workflow): void {
  for (const job of workflow.jobs) {
    const target = localTarget(job);
    if (target === undefined) continue;
    const callers = calls.byTarget.get(target) ?? noCallers();
    calls.byTarget.set(target, callers);
    addCaller(callers, deciding(workflow, job), path, workflow);
  }
}

function addCaller(callers: Callers, level: Level, path: string, workflow: Workflow): void {
  if (level.kind === "unreadable") callers.hasUnreadable = true;
  else if (level.kind === "stated") callers.stated = union([callers.stated ?? new Map(), level.grants]);
  else {
    if (!isOnlyCalled(workflow)) callers.hasDefault = true;
    if (workflow.triggers.includes(CALL)) callers.through.add(path);
  }
}

/**
 * The most that a workflow's jobs can get from those who call it, through any chain of calls; a circle of calls adds nothing.
 * Callers in other repositories do not count: there the token is that repository's.
 */
export function inherited(path: string, calls: Calls, fallback: Grants | undefined): Known {
  const chain = [...chainOf(path, calls)];
  if (calls.isPartial || chain.some(({ hasUnreadable }) => hasUnreadable)) return { unknown: "failed" };
  const hasDefault = chain.some((callers) => callers.hasDefault);
  const given = chain.map(({ stated }) => stated);
  if (hasDefault) given.push(fallback);
  const known = given.filter((grants) => grants !== undefined);
  if (known.length === 0 || (hasDefault && !fallback)) return { unknown: "not-asked" };
  return { grants: union(known) };
}

/** The callers of a workflow, and of each workflow among them that passes its own callers' permissions on. */
function* chainOf(path: string, { byTarget }: Calls): Generator<Callers> {
  const reached = new Set([path]);
  for (const target of reached) {
    const callers = byTarget.get(target);
    if (!callers) continue;
    yield callers;
    for (const caller of callers.through) reached.add(caller);
  }
}

function noCallers(): Callers {
  return { stated: undefined, hasDefault: false, hasUnreadable: false, through: new Set() };
}
