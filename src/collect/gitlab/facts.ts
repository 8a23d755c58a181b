import type { judgedFields } from "../../model/bundle.ts";
import type { Availability, Hidden } from "../provider.ts";
import { KINDS } from "./kinds.ts";

export const RIGHTS =
  "an access token with the scope read_api alone: of a group's Owner for groups, of an administrator (with admin_mode where " +
  "Admin Mode is on) for an instance, of a project's Maintainer for that project";

export const grant = {
  "scopes for groups and own projects": "read_api",
  "scopes for an instance": "read_api,admin_mode",
} as const;

/** What the API shows nobody. */
export const hidden: readonly Hidden[] = [
  { subject: "feed, incoming mail and workspace tokens", why: "GitLab has no listing of them" },
  { subject: "SCIM tokens and tokens of feature flag clients", why: "GitLab has no listing of them" },
  {
    subject: "OAuth tokens that applications were given",
    why: "GitLab lists applications, not the tokens issued to them",
  },
  {
    subject: "runner registration tokens",
    why: "the only answers that would tell of them hold their values, and are not asked for",
  },
];

type Matrix = Readonly<Record<(typeof judgedFields)[number], Availability>>;

/** What no token of GitLab has told of it. */
const NEVER = { owner: "not-exposed", network: "not-exposed", environment: "not-exposed" } as const;

const ACCESS_TOKEN = {
  ...NEVER,
  principal: "known",
  status: "known",
  created: "known",
  rotated: "known",
  expires: "known",
  last_used: "known",
  grants: "known",
  reach: "known",
} as const satisfies Matrix;

const PERSONAL = { ...ACCESS_TOKEN, owner: "varies" } as const satisfies Matrix;

export const fields: Readonly<Record<string, Matrix>> = {
  [KINDS.personal]: PERSONAL,
  [KINDS.impersonation]: PERSONAL,
  [KINDS.project]: ACCESS_TOKEN,
  [KINDS.group]: ACCESS_TOKEN,
  [KINDS.service]: ACCESS_TOKEN,
  [KINDS.deployToken]: { ...ACCESS_TOKEN, created: "not-exposed", last_used: "not-exposed", reach: "varies" },
  [KINDS.deployKey]: { ...ACCESS_TOKEN, expires: "varies", last_used: "varies", grants: "varies", reach: "varies" },
  [KINDS.trigger]: { ...ACCESS_TOKEN, owner: "varies", expires: "varies", grants: "not-exposed" },
  [KINDS.runner]: {
    ...ACCESS_TOKEN,
    created: "varies",
    rotated: "not-exposed",
    expires: "varies",
    last_used: "not-exposed",
    grants: "not-exposed",
    reach: "varies",
  },
  [KINDS.agent]: { ...ACCESS_TOKEN, grants: "not-exposed" },
  [KINDS.job]: {
    ...ACCESS_TOKEN,
    created: "not-exposed",
    rotated: "not-exposed",
    expires: "not-exposed",
    last_used: "not-exposed",
  },
};
