import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, NOT_EXPOSED, type Told, unreadable } from "../../model/told.ts";
import { grant } from "./grants.ts";
import { KINDS } from "./kinds.ts";
import { type Fields, type Place, tokenOf } from "./record.ts";
import { userOf } from "./user.ts";
import { creationOf, expiryOf, flagOf, idOf, instantOf, textOf, type Wire } from "./wire.ts";

const SINGLE = { value: { selection: "single" } } as const;

/** A trigger token, without its value: whose triggers the credential made, of those GitLab shows it whole. */
export function triggerToken(record: Wire, place: Place): Token | undefined {
  const native = idOf(record.id);
  if (native === undefined) return undefined;
  return tokenOf({ kind: KINDS.trigger, native, name: textOf(record.description) ?? native }, place, {
    ...ownerOf(record.owner),
    status: { value: "active" },
    created: creationOf(record.created_at),
    rotated: { value: null },
    expires: expiryOf(record.expires_at),
    last_used: instantOf("last_used", record.last_used),
    grants: NOT_EXPOSED,
    reach: SINGLE,
  });
}

/** It starts pipelines as its owner; one without an owner is a leftover of old releases. */
function ownerOf(owner: unknown): Pick<Fields, "principal" | "state" | "owner"> {
  if (owner === null) return { principal: { value: null }, owner: { value: null } };
  if (owner === undefined) return { principal: NOT_EXPOSED };
  const user = isMapping(owner) ? userOf(owner) : undefined;
  if (!user) return { principal: FAILED, owner: FAILED };
  const { id, username, state, kind } = user;
  const type = kind === "personal" ? "human" : "service";
  return {
    principal: { value: { type, id, name: username } },
    state,
    owner: type === "human" ? { value: username } : NOT_EXPOSED,
  };
}

/** The token that a runner signs in with; what the API lists is the runner. */
export function runnerToken(record: Wire, place: Place): Token | undefined {
  const native = idOf(record.id);
  if (native === undefined) return undefined;
  const name = textOf(record.description) ?? textOf(record.name) ?? `runner ${native}`;
  const paused = record.paused ?? (typeof record.active === "boolean" ? !record.active : record.active);
  return tokenOf({ kind: KINDS.runner, native, name }, place, {
    principal: { value: { type: "workload", id: `runner-${native}` } },
    state: { value: "active" },
    status: statusBy(flagOf(paused), paused),
    created: creationOf(record.created_at),
    rotated: NOT_EXPOSED,
    expires: expiryOf(record.token_expires_at),
    last_used: NOT_EXPOSED,
    grants: NOT_EXPOSED,
    reach: runnerReach(record.runner_type),
  });
}

/** Which groups and projects a runner serves, only its details tell. */
function runnerReach(type: unknown): Fields["reach"] {
  if (type === undefined) return NOT_EXPOSED;
  if (type === "instance_type") return { value: { selection: "all" } };
  return type === "group_type" || type === "project_type" ? { value: { selection: "selected" } } : FAILED;
}

function statusBy(isPaused: boolean | undefined, told: unknown): Fields["status"] {
  if (isPaused === undefined) return unreadable(told);
  return { value: isPaused ? "disabled" : "active" };
}

/** A token of an agent for Kubernetes; only its details tell its use. */
export function agentToken(
  record: Wire,
  place: Place,
  agent: { id: string; name: string; last_used: Told<string | null> },
): Token | undefined {
  const native = idOf(record.id);
  if (native === undefined) return undefined;
  return tokenOf(
    { kind: KINDS.agent, native, name: textOf(record.name) ?? native },
    place,
    {
      principal: { value: { type: "workload", id: `agent-${agent.id}`, name: agent.name } },
      state: { value: "active" },
      status: agentStatus(record.status),
      created: creationOf(record.created_at),
      rotated: { value: null },
      expires: record.expires_at === undefined ? { value: null } : expiryOf(record.expires_at),
      last_used: agent.last_used,
      grants: NOT_EXPOSED,
      reach: SINGLE,
    },
    { precision: AGENT_PRECISION },
  );
}

/** GitLab writes the time of an agent's contact about once in this many seconds. */
const AGENT_PRECISION = 3_600;

function agentStatus(status: unknown): Fields["status"] {
  if (status === "active" || status === "revoked") return { value: status };
  return unreadable(status);
}

/** What the token of a job may do to a project: the setting that stands for all such tokens, which live as long as their jobs. */
export function jobToken(record: Wire, place: Place, project: { id: string; allowed?: Told<string[]> }): Token {
  const isLimited = flagOf(record.inbound_enabled);
  return tokenOf(
    { kind: KINDS.job, native: project.id, name: `CI job token to ${place.resource}`.slice(0, 4_096) },
    place,
    {
      principal: { value: { type: "workload", id: `project-${project.id}`, name: place.resource } },
      state: { value: "active" },
      status: { value: "active" },
      created: NOT_EXPOSED,
      rotated: NOT_EXPOSED,
      expires: NOT_EXPOSED,
      last_used: NOT_EXPOSED,
      grants:
        isLimited === undefined
          ? unreadable(record.inbound_enabled)
          : { value: [grant("job-token", `inbound_enabled:${isLimited}`, place.resource)] },
      reach: SINGLE,
    },
    project.allowed ? consumersOf(project.allowed) : {},
  );
}

/** Whose jobs are let in: where a list could not be read, nobody is named. */
function consumersOf(allowed: Told<string[]>): Pick<Token, "consumers"> & { unknown?: Token["unknown"] } {
  if ("unknown" in allowed) return { unknown: { consumers: allowed.unknown } };
  const names = allowed.value.slice(0, MOST_CONSUMERS);
  return { consumers: names.map((name) => ({ type: "ci", name: name.slice(0, 1_024) })) };
}

/** As many as a record may have; GitLab allows a few hundred. */
const MOST_CONSUMERS = 1_000;
