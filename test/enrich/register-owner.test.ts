import { expect, it } from "vitest";
import { enricher } from "../../src/enrich/index.ts";
import type { Owners, Registered } from "../../src/model/intent.ts";
import { asOf, aToken } from "../support/tokens.ts";

const directory: Owners["directory"] = {
  uri: "people.csv",
  isComplete: false,
  people: [
    { line: 2, login: "mona", team: "shop", state: "deleted" },
    { line: 3, email: "kim@acme.test", team: "build", state: "active" },
    { line: 4, login: "lee" },
  ],
};
const entry = (owner: string): Registered => ({ token: { id: "*" }, owner, purpose: "p", by: "tokens.yaml:3" });
const factOf = (owner: string, owners: Owners = { directory }) =>
  enricher({ asOf, intent: { register: [entry(owner)], owners } })(aToken()).facts?.register_owner;
const unlisted = { unknown: { "the register's owner": "not-listed" } };

it.each([
  { owner: "lisa", fact: { name: "lisa", ...unlisted } },
  { owner: "lee", fact: { name: "lee", ...unlisted } },
  { owner: "TODO", fact: undefined },
  { owner: "@mona", fact: { name: "@mona", state: "deleted", by: "people.csv:2" } },
  { owner: "Kim@acme.test", fact: { name: "Kim@acme.test", state: "active", by: "people.csv:3" } },
  { owner: "shop", fact: { name: "shop", state: "deleted", by: "people.csv:2" } },
  { owner: "build", fact: { name: "build", state: "active", by: "people.csv:3" } },
])("says of the owner $owner in the register what the directory does", ({ owner, fact }) => {
  expect(factOf(owner)).toEqual(fact);
});

it("says nothing where there is no directory, no register or no entry", () => {
  expect(factOf("mona", { mapping: [] })).toBeUndefined();
  expect(enricher({ asOf, intent: { owners: { directory } } })(aToken()).facts?.register_owner).toBeUndefined();
  const other = { ...entry("mona"), token: "another" };
  expect(
    enricher({ asOf, intent: { register: [other], owners: { directory } } })(aToken()).facts?.register_owner,
  ).toBeUndefined();
});
