import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { ALICE, keyId } from "./company.ts";
import { type EstateState, HOME } from "./estate.ts";

const OTHER = "444455556666";

describe("several accounts", () => {
  const state: EstateState = {
    accounts: { [HOME]: { users: [ALICE] }, [OTHER]: { users: [{ name: "dora", keys: [{ id: keyId("dora") }] }] } },
    organization: [
      { Id: HOME, Name: "home", State: "ACTIVE" },
      { Id: "777788889999", Name: "old", State: "SUSPENDED" },
      { Id: "123412341234", Name: "older", Status: "PENDING_CLOSURE" },
      { Id: OTHER, Name: "other", State: "SOMETHING_NEW" },
      { Id: "000000000000", Name: "shut", State: "ACTIVE" },
    ],
  };
  const keysOf = ({ tokens }: Awaited<ReturnType<typeof collectFrom>>) =>
    tokens.filter(({ kind }) => kind === "aws/access-key").map(({ account }) => account);

  it("are those that are named, its own without a role; one that cannot be entered is told", async () => {
    const run = await collectFrom(state, {
      accounts: ["999999999999", HOME, OTHER],
      role: "audit/reader",
      external_id: "acme",
    });

    expect(keysOf(run)).toEqual([HOME, OTHER]);
    expect(run.coverage.filter(({ outcome }) => outcome === "denied")).toMatchObject([
      {
        account: "999999999999",
        subject: "account 999999999999",
        remedy: expect.stringContaining("sts:AssumeRole on arn:aws:iam::999999999999:role/audit/reader"),
      },
    ]);
    const assumed = run.asked.filter(({ action }) => action === "AssumeRole").map(({ params }) => params);
    expect(assumed.at(-1)).toEqual({
      RoleArn: `arn:aws:iam::${OTHER}:role/audit/reader`,
      RoleSessionName: "tokenward",
      ExternalId: "acme",
    });
  });

  it("are those of the organisation, page by page, but for those that are closed", async () => {
    const run = await collectFrom({ ...state, pageSize: 2 }, { organization: true });

    expect(keysOf(run)).toEqual([HOME, OTHER]);
    expect(
      run.coverage
        .filter(({ outcome }) => outcome === "not-asked")
        .map(({ subject, detail }) => `${subject}: ${detail}`),
    ).toEqual(
      expect.arrayContaining([
        'account 777788889999 "old": it is SUSPENDED',
        'account 123412341234 "older": it is PENDING_CLOSURE',
      ]),
    );
    expect(gapsIn(run.coverage)).toEqual(['denied: account 000000000000 "shut"']);
    expect(run.actions.filter((action) => action === "ListAccounts")).toHaveLength(3);
  });

  it.each([
    { what: "is refused", fault: { code: "AccessDeniedException", status: 400 }, outcome: "denied" },
    { what: "lists what is no account", fault: undefined, outcome: "failed" },
  ])("are told as a gap where the organisation $what", async ({ fault, outcome }) => {
    const strange = {
      ...state,
      organization: [{ Id: "none" }],
      ...(fault && { fault: ({ action }: { action: string }) => (action === "ListAccounts" ? fault : undefined) }),
    };

    expect(gapsIn((await collectFrom(strange, { organization: true })).coverage)).toEqual([
      `${outcome}: accounts of the organisation`,
    ]);
  });
});
