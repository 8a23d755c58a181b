import { describe, expect, it } from "vitest";
import { collectFrom } from "./collecting.ts";
import { ALICE, home } from "./company.ts";
import { HOME, USER_KEY } from "./estate.ts";
import { allow } from "./state.ts";

describe("tokenward's own credential", () => {
  const LEAST = {
    attached: ["arn:aws:iam::aws:policy/SecurityAudit"],
    inline: { more: allow("sts:assumeRole", "iam:ListUsers") },
  };
  const userArn = `arn:aws:iam::${HOME}:user/collector`;

  it.each([
    { is: "the least", role: LEAST, extra: [] },
    {
      is: "more",
      role: { ...LEAST, inline: { more: allow("iam:*", "s3:GetObject") } },
      extra: ["iam:*", "s3:GetObject"],
    },
    {
      is: "everything",
      role: { attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      extra: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    },
  ])("is a session of its role, which may do $is", async ({ role, extra }) => {
    const { tokens } = await collectFrom(home({ roles: { tokenward: role } }));

    expect(tokens.find(({ kind }) => kind === "aws/session")).toMatchObject({
      id: `aws/${HOME}/session/role/tokenward`,
      principal: { type: "workload", id: `arn:aws:iam::${HOME}:role/tokenward` },
      status: "active",
      last_used: "2030-01-01T00:00:00Z",
      collector: { extra },
    });
  });

  it("is the key that is listed anyway, where it is a user's", async () => {
    const user = { name: "collector", keys: [{ id: USER_KEY }], inline: { own: allow("*") } };
    const { tokens, actions } = await collectFrom({
      ...home({ users: [ALICE, user] }),
      caller: { account: HOME, arn: userArn },
    });

    expect(tokens.map(({ kind, collector }) => [kind, collector?.extra])).toEqual([
      ["aws/access-key", undefined],
      ["aws/access-key", ["*"]],
    ]);
    expect(actions).not.toContain("GetRole");
  });
});
