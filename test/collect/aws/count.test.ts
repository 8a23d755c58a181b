import { expect, it } from "vitest";
import { collectFrom } from "./collecting.ts";
import { HOME } from "./estate.ts";
import { allow } from "./state.ts";

const AWS = "arn:aws:iam::aws:policy/";
const keyId = (at: number, key: number) => `AKIA${String(at * 10 + key).padStart(16, "0")}`;

/** Users with a key each, every fourth with two, every tenth with a certificate; half of them in a group. */
function account(users: number, prefix: number) {
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
function least({ users, keys, certificates, groups = 1, policies = 0, inline = 1 }: Record<string, number>) {
  const details = Math.ceil(((users ?? 0) + groups + policies) / 1_000);
  const inBulk =
    ["summary", "generate", "report"].length + details + ["bedrock", "logs", "codecommit", "cassandra"].length;
  const ownRole = ["role", "attached", "inline"].length + inline;
  return inBulk + ownRole + (users ?? 0) + (keys ?? 0) + (certificates ?? 0);
}

it.each([
  { users: 0, keys: 0, certificates: 0 },
  { users: 20, keys: 25, certificates: 2 },
  { users: 1_010, keys: 1_263, certificates: 101 },
])("asks no more than it takes of $users users", { timeout: 300_000 }, async (of) => {
  const { actions, coverage } = await collectFrom({ accounts: { [HOME]: account(of.users, 0) } });

  expect(actions).toHaveLength(1 + least(of));
  expect(coverage.find(({ subject }) => subject === "access keys")?.items).toBe(of.keys);
});

it("asks once more for each further account, and once for twenty accounts of an organisation", async () => {
  const ids = Array.from({ length: 3 }, (_, at) => String(444_455_556_600 + at));
  const accounts = Object.fromEntries(ids.map((id, at) => [id, account(4, 100 * at)]));
  const organization = ids.map((Id) => ({ Id, State: "ACTIVE" }));
  const { actions } = await collectFrom({ accounts, organization }, { organization: true });

  expect(actions).toHaveLength(1 + 1 + 3 * (1 + least({ users: 4, keys: 5, certificates: 1 })));
});
