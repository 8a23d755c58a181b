import type { Token } from "../../model/documents.gen.ts";
import { FAILED, type Told, unreadable } from "../../model/told.ts";
import { type Estate, headOf } from "./estate.ts";
import { assemble, instant, instantOrNever, numberId, type Row, textOf, untold } from "./record.ts";
import type { Repository } from "./repository.ts";

/** A key of one repository; the key itself is left where it is. */
export function normaliseDeployKey(row: Row, { id: repository, name }: Repository, estate: Estate): Token | undefined {
  const id = numberId(row.id);
  if (id === undefined) return undefined;
  const head = headOf(estate, {
    kind: "github/deploy-key",
    native: `${repository}/${id}`,
    name: textOf(row.title, 4096),
    api: "GET /repos/{owner}/{repo}/keys",
    page: `${name}/settings/keys`,
  });
  return assemble(head, {
    ...untold,
    principal: { value: { type: "workload", id: repository, name, state: "active" } },
    owner: ownerOf(row.added_by),
    status: statusOf(row.enabled),
    created: instant(row.created_at),
    // A key cannot be edited: another key is another record.
    rotated: { value: null },
    expires: { value: null },
    last_used: instantOrNever(row.last_used),
    grants: grantsOf(row.read_only, name),
    reach: { value: { selection: "single", count: 1 } },
    network: estate.network.users,
  });
}

function ownerOf(addedBy: unknown): Told<string | null> {
  if (addedBy === null) return { value: null };
  const login = textOf(addedBy);
  if (login !== undefined) return { value: login };
  return unreadable(addedBy);
}

/** Servers that do not tell it have no way to switch a key off. */
function statusOf(enabled: unknown): Told<"active" | "disabled"> {
  if (enabled === undefined || typeof enabled === "boolean")
    return { value: enabled === false ? "disabled" : "active" };
  return FAILED;
}

function grantsOf(isReadOnly: unknown, resource: string): Told<NonNullable<Token["grants"]>> {
  if (typeof isReadOnly !== "boolean") return unreadable(isReadOnly);
  const access = isReadOnly ? "read" : "write";
  return { value: [{ family: "app", scope: `contents:${access}`, access, resource }] };
}
