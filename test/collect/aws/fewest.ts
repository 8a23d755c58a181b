import type { Counted } from "../../support/counted.ts";
import { estateAt } from "../../support/faults.ts";
import { HOME, startEstate } from "./estate.ts";
import { allow } from "./state.ts";

const AWS = "arn:aws:iam::aws:policy/";
const keyId = (at: number, key: number) => `AKIA${String(at * 10 + key).padStart(16, "0")}`;

/** Users with a key each, every fourth with two, every tenth with a certificate; half of them in a group. */
export function account(users: number, prefix: number) {
  return {
    users: Array.from({ length: users }, (_, at) => ({
      name: `user-${at}`,
      keys: Array.from({ length: at % 4 === 0 ? 2 : 1 }, (_, key) => ({ id: keyId(prefix + at, key) })),
      ...(at % 10 === 0 ? { certificates: [{ id: `CERT${at}` }] } : {}),
      groups: at % 2 === 0 ? ["ops"] : [],
      attached: [`${AWS}ReadOnlyAccess`],
    })),
    groups: { ops: { inline: { own: allow("s3:PutObject") }, attached: [`${AWS}PowerUserAccess`] } },
    roles: { tokenward: { attached: [`${AWS}SecurityAudit`], inline: { more: allow("iam:ListUsers") } } },
  };
}

/**
 * Of one account with U users, K keys, C users with a certificate, G groups, P policies of its own and R inline policies of
 * tokenward's role: nothing gives the keys of more than one user, or the last use of more than one key.
 */
export function least({ users, keys, certificates, groups = 1, policies = 0, inline = 1 }: Record<string, number>) {
  const details = Math.ceil(((users ?? 0) + groups + policies) / 1_000);
  const inBulk =
    ["summary", "generate", "report"].length + details + ["bedrock", "logs", "codecommit", "cassandra"].length;
  const ownRole = ["role", "attached", "inline"].length + inline;
  return inBulk + ownRole + (users ?? 0) + (keys ?? 0) + (certificates ?? 0);
}

const USERS = 20;

/** One account. */
export function counted(): Counted {
  const of = { users: USERS, keys: USERS + USERS / 4, certificates: USERS / 10 };
  return {
    of: `an account with ${of.users} users and ${of.keys} access keys`,
    fewest: 1 + least(of),
    async open() {
      const { server, source, env, close } = await startEstate({ accounts: { [HOME]: account(USERS, 0) } });
      return estateAt({ base: server.base, source: { ...source }, env, close });
    },
  };
}
