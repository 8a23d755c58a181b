import type { Grant, Token } from "../../model/documents.gen.ts";
import { tokenId } from "../../model/identity.ts";
import type { Grants } from "../../scopes/workflow-token.ts";
import { FOLDER } from "./find.ts";
import type { Job } from "./job.ts";
import { defaultGrants, type Shorthand } from "./permissions.ts";
import { cut, type Span } from "./reading.ts";
import { type Calls, deciding, inherited, isOnlyCalled, type Known } from "./reusable.ts";
import type { Workflow } from "./workflow.ts";

export const KIND = "github/workflow-token";

/** What a job's token has from the file around it. */
export interface Surroundings {
  account: string;
  /** Below the root. */
  path: string;
  /** Below the working directory. */
  uri: string;
  /** The repository's setting, where the configuration states it. */
  setting: "read" | "write" | undefined;
  /** Asked for only where a job takes its caller's permissions. */
  calls: () => Calls;
}

/** The token that GitHub gives to a job. The token of a job that calls a workflow is the most that the called jobs can get. */
export function normalise(job: Job, workflow: Workflow, surroundings: Surroundings): Token {
  const { account, path, uri, setting } = surroundings;
  const file = path.startsWith(`${FOLDER}/`) ? path.slice(FOLDER.length + 1) : path;
  const { from, at, known, shorthand } = permissionsOf(job, workflow, surroundings);
  const { environment } = job;
  return {
    id: tokenId({ account, kind: KIND, native: `${file}/${job.key}` }),
    provider: "github",
    account,
    kind: KIND,
    name: cut(`${workflow.name || file} / ${job.name || job.key}`, 4096),
    principal: {
      type: "workload",
      id: cut(`${account}/${path}`, 1024),
      ...(workflow.name && { name: cut(workflow.name, 4096) }),
      state: "active",
    },
    status: "active",
    ...("grants" in known && { grants: listed(known.grants, account) }),
    reach: { selection: "single" },
    ...("name" in environment && { environment: environment.name && cut(environment.name, 128) }),
    location: { uri, ...at },
    workflow: {
      permissions_from: from,
      ...(shorthand && { shorthand }),
      ...(setting && { default: setting }),
      triggers: workflow.triggers.map((trigger) => cut(trigger, 256)),
      ...(job.uses && { calls: cut(job.uses.workflow, 1024) }),
    },
    unknown: {
      owner: "not-asked",
      created: "not-exposed",
      rotated: "not-exposed",
      expires: "not-exposed",
      last_used: "not-asked",
      ...("unknown" in known && { grants: known.unknown }),
      network: "not-asked",
      ...("unknown" in environment && { environment: environment.unknown }),
    },
  };
}

interface Permissions {
  from: NonNullable<Token["workflow"]>["permissions_from"];
  at: Span;
  known: Known;
  shorthand?: Shorthand;
}

function permissionsOf(job: Job, workflow: Workflow, { path, setting, calls }: Surroundings): Permissions {
  const level = deciding(workflow, job);
  const from = job.permissions.kind === "absent" ? "workflow" : "job";
  if (level.kind === "unreadable") return { from, at: level.at, known: { unknown: "failed" } };
  if (level.kind === "stated") {
    const { at, grants, shorthand } = level;
    return { from, at, known: { grants }, ...(shorthand && { shorthand }) };
  }
  const fallback = defaultGrants(setting, job.uses !== undefined);
  if (isOnlyCalled(workflow)) return { from: "caller", at: job.at, known: inherited(path, calls(), fallback) };
  return { from: "default", at: job.at, known: fallback ? { grants: fallback } : { unknown: "not-asked" } };
}

function listed(grants: Grants, resource: string): Grant[] {
  return [...grants].map(([scope, access]) => ({ family: "workflow", scope: cut(scope, 2048), access, resource }));
}
