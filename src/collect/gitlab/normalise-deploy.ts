import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, NOT_EXPOSED, type Told, unreadable } from "../../model/told.ts";
import { grant, grantsOf } from "./grants.ts";
import { KINDS } from "./kinds.ts";
import { type Fields, type Place, tokenOf } from "./record.ts";
import { creationOf, expiryOf, flagOf, idOf, instantOf, textOf, type Wire } from "./wire.ts";

/** A deploy token; GitLab keeps neither its age nor its use. */
export function deployToken(record: Wire, place: Place, reach: Fields["reach"]): Token | undefined {
  const native = idOf(record.id);
  if (native === undefined) return undefined;
  const username = textOf(record.username, 255);
  return tokenOf({ kind: KINDS.deployToken, native, name: textOf(record.name) ?? username ?? native }, place, {
    principal: { value: { type: "service", id: username ?? `deploy-token-${native}` } },
    state: NOT_EXPOSED,
    status: deployStatus(record),
    created: NOT_EXPOSED,
    // There is no call that replaces its secret.
    rotated: { value: null },
    expires: expiryOf(record.expires_at),
    last_used: NOT_EXPOSED,
    grants: grantsOf({ scopes: record.scopes }, place.resource),
    reach,
  });
}

function deployStatus({ revoked, expired }: Wire): Told<"active" | "revoked" | "expired"> {
  if (revoked === true) return { value: "revoked" };
  if (expired === true) return { value: "expired" };
  if (revoked === false && expired === false) return { value: "active" };
  return revoked === undefined || expired === undefined ? NOT_EXPOSED : FAILED;
}

/** A deploy key as one project has it: in another the same key may have other rights. */
export function deployKey(record: Wire, place: Place, project: { id: string; can_push: unknown }): Token | undefined {
  const canPush = flagOf(project.can_push);
  const grants: Fields["grants"] =
    canPush === undefined
      ? unreadable(project.can_push)
      : { value: [grant("deploy-key", `can_push:${canPush}`, place.resource)] };
  return keyToken(record, place, { native: `${project.id}/`, grants, reach: { value: { selection: "single" } } });
}

/** A deploy key of the whole instance: once for each project that has it, or once alone. */
export function instanceDeployKey(
  record: Wire,
  place: Omit<Place, "resource">,
  accountOf: (path: string) => string,
): Token[] | undefined {
  const [writes, reads] = [record.projects_with_write_access, record.projects_with_readonly_access];
  const alone = { ...place, resource: "*" };
  const isTold = Array.isArray(writes) && Array.isArray(reads);
  const projects = isTold ? [...writes.map(projectIn(true)), ...reads.map(projectIn(false))] : [undefined];
  if (projects.length === 0) {
    const unused = {
      native: "",
      grants: { value: [] },
      reach: { value: { selection: "selected", count: 0 } },
    } as const;
    const token = keyToken(record, alone, { ...unused, grants: { value: [] } });
    return token && [token];
  }
  if (!projects.every((project) => project !== undefined)) {
    const reason = isTold ? FAILED : NOT_EXPOSED;
    const token = keyToken(record, alone, { native: "", grants: reason, reach: reason });
    return token && [token];
  }
  const tokens = projects.map((project) =>
    deployKey(record, { ...place, account: accountOf(project.path), resource: project.path }, project),
  );
  return tokens.every((token) => token !== undefined) ? tokens : undefined;
}

function projectIn(can_push: boolean): (entry: unknown) => { id: string; path: string; can_push: boolean } | undefined {
  return (entry) => {
    if (!isMapping(entry)) return undefined;
    const [id, path] = [idOf(entry.id), textOf(entry.path_with_namespace, 1_024)];
    return id && path ? { id, path, can_push } : undefined;
  };
}

function keyToken(
  record: Wire,
  place: Place,
  { native, ...told }: { native: string } & Pick<Fields, "grants" | "reach">,
): Token | undefined {
  const id = idOf(record.id);
  if (id === undefined) return undefined;
  const sha256 = fingerprintOf(record.fingerprint_sha256);
  return tokenOf(
    { kind: KINDS.deployKey, native: `${native}${id}`, name: textOf(record.title) ?? id },
    place,
    {
      principal: { value: { type: "service", id: `deploy-key-${id}` } },
      state: NOT_EXPOSED,
      status: { value: "active" },
      created: creationOf(record.created_at),
      rotated: { value: null },
      expires: expiryOf(record.expires_at),
      last_used: instantOf("last_used", record.last_used_at),
      ...told,
    },
    sha256 === undefined ? {} : { fingerprint: { sha256 } },
  );
}

/** `SHA256:` and base64, as OpenSSH writes it. */
function fingerprintOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(value)) return undefined;
  return Buffer.from(value.slice("SHA256:".length), "base64").toString("hex");
}
