import type { Grant } from "../model/documents.gen.ts";
import type { Catalogue, Entry } from "./catalogue.ts";

/** Reads one grant's scope as its provider means it: the entries it stands for; none: nobody knows it. */
export type Reader = (catalogue: Catalogue, grant: Grant) => readonly Entry[];

/** An entry that no catalogue lists, but whose form says enough. */
export function formed(entry: Pick<Entry, "family" | "scope" | "access" | "risk">): Entry {
  return { ...entry, implies: [], marks: "" };
}
