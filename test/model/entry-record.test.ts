import { describe, expect, it } from "vitest";
import { ENTRY_KIND, entryRecords, isEntry, placeOf } from "../../src/model/entry-record.ts";
import type { Registered } from "../../src/model/intent.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { asOf, aToken } from "../support/tokens.ts";

const entry = (over: Partial<Registered> = {}): Registered => ({
  ...{ token: "t/1", owner: "team-a", purpose: "deploys", by: "teams/a.yaml:7" },
  ...over,
});
const records = (...entries: Registered[]) => entryRecords(entries, { counts: new Map() }, asOf);

it("an entry becomes a record of its file, with how many tokens it matches", () => {
  const counts = new Map([[1, 3]]);

  const [first, second] = entryRecords([entry(), entry({ token: { kind: "a/*", name: "b" } })], { counts }, asOf);

  expect(first).toMatchObject({ id: "register/teams/a.yaml/entry/t/1", account: "teams/a.yaml", kind: ENTRY_KIND });
  expect(first?.facts?.register).toMatchObject({ by: "teams/a.yaml:7", owner: "team-a", tokens: 0 });
  expect(second).toMatchObject({ id: "register/teams/a.yaml/entry/kind a/*, name b", name: "kind a/*, name b" });
  expect(second?.facts?.register?.tokens).toBe(3);
});

it("of an entry that matched nothing nobody can say it is stale while something went unread", () => {
  const [none, some] = entryRecords([entry(), entry()], { counts: new Map([[1, 1]]), gap: "denied" }, asOf);

  expect(none?.facts?.register).toMatchObject({ unknown: { tokens: "denied" } });
  expect(none?.facts?.register).not.toHaveProperty("tokens");
  expect(some?.facts?.register).toMatchObject({ tokens: 1 });
  expect([none, some].map((record) => record && isEntry(record))).toEqual([true, true]);
});

it("ids differ, are as the schema has them, and do not depend on lines", () => {
  const long = "x".repeat(4_000);
  const entries = [
    entry(),
    entry(),
    entry({ token: `${long}1` }),
    entry({ token: `${long}2` }),
    entry({ by: `${long}:1` }),
  ];

  const made = records(...entries);

  expect(new Set(made.map(({ id }) => id)).size).toBe(entries.length);
  expect(made.flatMap(({ id, account, kind }) => faultsIn("token", aToken({ id, account, kind })))).toEqual([]);
  expect(records(entry({ by: "teams/a.yaml:99" }))[0]?.id).toBe(made[0]?.id);
});

describe("a review", () => {
  it.each([
    { by: "2030-01-02", overdue: undefined },
    { by: "2030-01-01", overdue: undefined },
    { by: "2029-12-31", overdue: 1 },
    { by: "2029-12-30", overdue: 86_401 },
    { by: undefined, overdue: undefined },
  ])("due by $by is overdue for $overdue seconds at the turn of 2030", ({ by, overdue }) => {
    const [record] = records(entry(by === undefined ? {} : { review_by: by }));

    expect(record?.facts?.register?.review_overdue).toBe(overdue);
  });
});

it("a token is no entry, whatever its kind", () => {
  expect(isEntry(aToken({ kind: ENTRY_KIND, facts: { register: { registered: false } } }))).toBe(false);
  expect(isEntry(aToken({ kind: ENTRY_KIND }))).toBe(false);
});

it.each([
  { by: "tokens.yaml:12", place: { uri: "tokens.yaml", line: 12, column: 1 } },
  { by: "a:b/c.yaml:3", place: { uri: "a:b/c.yaml", line: 3, column: 1 } },
  { by: undefined, place: undefined },
  { by: "tokens.yaml", place: undefined },
])("$by stands at $place", ({ by, place }) => {
  expect(placeOf(by)).toEqual(place);
});
