import type { Token } from "../../model/documents.gen.ts";
import type { Refused } from "../../net/http.ts";
import type { FamilyId } from "./families.ts";
import { segment } from "./hosts.ts";
import { numberId, type Row } from "./record.ts";

export interface Repository {
  id: string;
  /** `acme/shop` */
  name: string;
  /** `repos/acme/shop` */
  path: string;
  /** Archived or switched off. */
  isAsleep: boolean;
}

/** What one question about one repository came to. */
export interface Answer {
  family: FamilyId;
  tokens: Token[];
  refused?: Refused | undefined;
  /** What was refused, as people call it. */
  of?: string;
}

/** Names that GitHub gives to repositories; with anything else a path could lead elsewhere. */
const NAME = /^[A-Za-z0-9._-]{1,100}$/;

export function repositoryOf(row: Row, account: string): Repository | undefined {
  const id = numberId(row.id);
  const { name } = row;
  if (id === undefined || typeof name !== "string" || !NAME.test(name) || segment(name) === undefined) return undefined;
  return {
    id,
    name: `${account}/${name}`,
    path: `repos/${account}/${name}`,
    isAsleep: row.archived === true || row.disabled === true,
  };
}
