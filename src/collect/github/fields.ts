import type { Availability, Provider } from "../provider.ts";

type Row = Provider["fields"][string];

const NONE: Row = {
  principal: "not-exposed",
  owner: "not-exposed",
  status: "known",
  created: "not-exposed",
  rotated: "not-exposed",
  expires: "not-exposed",
  last_used: "not-exposed",
  grants: "not-exposed",
  reach: "known",
  network: "varies",
  environment: "not-exposed",
};

const USERS: Row = { ...NONE, principal: "known", owner: "known", expires: "known", last_used: "varies" };
const SECRET: Row = { ...NONE, created: "known", rotated: "known", network: "not-exposed" };

/** What the records of each kind tell. Where tokens may come from is the organisation's list, which GitHub shows its owners. */
export const fields = {
  "github/fine-grained-pat": { ...USERS, grants: "varies", reach: "varies" },
  "github/classic-pat": { ...USERS, created: "varies", grants: "varies" },
  "github/oauth-token": { ...USERS, created: "varies", expires: "varies", grants: "known" },
  "github/app-user-token": { ...USERS, expires: "varies", reach: "varies" },
  "github/ssh-key": USERS,
  "github/app-installation": { ...NONE, principal: "known", created: "known", expires: "known", grants: "known" },
  "github/deploy-key": {
    ...NONE,
    principal: "known",
    owner: "varies",
    created: "known",
    rotated: "known",
    expires: "known",
    last_used: "varies",
    grants: "known",
  },
  "github/actions-secret": SECRET,
  "github/dependabot-secret": SECRET,
  "github/codespaces-secret": SECRET,
  "github/environment-secret": { ...SECRET, environment: "known" },
  "github/workflow-token": { ...NONE, principal: "known", grants: "known" },
} as const satisfies Record<string, Readonly<Record<keyof Row, Availability>>>;
