import type { judgedFields } from "../model/bundle.ts";
import type { Key } from "../model/schema-keys.ts";
import { keysIn } from "../model/schema-keys.ts";
import type { Availability, Hidden, Provider } from "./provider.ts";

/** A provider as people are told of it, on the screen and in the docs. */
export interface About extends Pick<Provider, "id" | "title" | "kinds" | "rights"> {
  needsCredential: boolean;
  keys: Key[];
  grant: Readonly<Record<string, string>>;
  /** What is known of each kind; empty: the source's own records decide. */
  fields: { kind: string; told: { availability: Availability; fields: string[] }[] }[];
  hidden: readonly Hidden[];
}

const AVAILABILITIES = ["known", "varies", "not-exposed", "not-asked"] as const satisfies readonly Availability[];

/** What is to be said of a provider, from its declaration and the schema of its sources. */
export function aboutProvider({ id, title, kinds, rights, grant = {}, hidden = [], fields }: Provider): About {
  const keys = keysIn(`sources/${id}`).filter(({ name }) => name !== "use");
  const needsCredential = keys.some(({ name }) => name === "credential");
  const matrix = Object.entries(fields).map(([kind, row]) => ({ kind, told: byAvailability(row) }));
  return { id, title, kinds, rights, needsCredential, keys, grant, fields: matrix, hidden };
}

function byAvailability(row: Readonly<Record<(typeof judgedFields)[number], Availability>>) {
  return AVAILABILITIES.map((availability) => ({
    availability,
    fields: Object.entries(row).flatMap(([field, one]) => (one === availability ? [field] : [])),
  }));
}
