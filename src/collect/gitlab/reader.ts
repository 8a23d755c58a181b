import type { Listing } from "./list.ts";
import type { Own } from "./own.ts";
import type { Session, Unit } from "./session.ts";

/** Who reads: on which server, with which credential. */
export interface Reader {
  session: Session;
  own: Own;
}

/** A listing of a project; all of them take the same role. */
export function ofProject(what: string, { path }: Unit): Listing {
  return { what, unit: "project", name: path, need: "the role Maintainer and the scope read_api" };
}

/** A listing of a group; what only its owners see. */
export function ofGroup(what: string, { path }: Unit): Listing {
  return { what, unit: "group", name: path, need: "the role Owner and the scope read_api" };
}

/** A listing of a whole instance; what only administrators see. */
export function ofInstance(what: string, { host }: Session): Listing {
  return {
    what,
    unit: "instance",
    name: host,
    need: "an administrator's rights (with the scope admin_mode where Admin Mode is on)",
  };
}
