import { expect, it } from "vitest";
import { collectFrom } from "./collecting.ts";
import { HOME } from "./estate.ts";
import { account, least } from "./fewest.ts";

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
