import type { Token } from "../../model/documents.gen.ts";
import { FAILED, NOT_EXPOSED, type Told, unreadable } from "../../model/told.ts";
import { type Estate, headOf } from "./estate.ts";
import { assemble, instant, type Row, untold } from "./record.ts";

/** Where a secret is stored. */
export interface Store {
  kind: string;
  /** In front of the secret's name in its id: of numbers, which no renaming changes. */
  prefix: string;
  /** As people see it: `acme`, `acme/shop`, `acme/shop production`. */
  place: string;
  api: string;
  page: string;
  reach: Told<NonNullable<Token["reach"]>>;
  environment?: string;
}

/** GitHub allows far less. */
const LONGEST_NAME = 255;

/** A stored secret: its name is its identity, and only its dates are told. What it opens, and for whom, nobody knows. */
export function normaliseSecret(row: Row, store: Store, estate: Estate): Token | undefined {
  const { name } = row;
  if (typeof name !== "string" || name === "" || name.length > LONGEST_NAME) return undefined;
  const created = instant(row.created_at);
  const head = headOf(estate, {
    kind: store.kind,
    native: store.prefix + name,
    name: `${name} of ${store.place}`,
    api: store.api,
    page: store.page,
  });
  return assemble(head, {
    ...untold,
    status: { value: "active" },
    created,
    rotated: rotatedOf(created, instant(row.updated_at)),
    reach: store.reach,
    environment: store.environment === undefined ? NOT_EXPOSED : { value: store.environment },
  });
}

/** A secret that was never written again has the two dates alike. */
function rotatedOf(created: Told<string>, updated: Told<string>): Told<string | null> {
  if (!("value" in updated)) return updated;
  return "value" in created && updated.value === created.value ? { value: null } : updated;
}

/** Which repositories of an organisation may use a secret; `private` is all of them that are not public. */
export function reachOfVisibility(
  visibility: unknown,
  selected: { count: number } | { unknown: "denied" | "failed" } | undefined,
): Store["reach"] {
  if (visibility === "all" || visibility === "private") return { value: { selection: "all" } };
  if (visibility !== "selected") return unreadable(visibility);
  if (!selected) return FAILED;
  return "unknown" in selected ? selected : { value: { selection: "selected", count: selected.count } };
}
