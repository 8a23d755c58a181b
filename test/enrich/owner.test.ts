import { describe, expect, it } from "vitest";
import { enricher } from "../../src/enrich/index.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Directory, Owners, Person } from "../../src/model/intent.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { asOf, aToken, unknowing } from "../support/tokens.ts";

const people = (...list: Partial<Person>[]): Owners => ({
  directory: {
    uri: "people.csv",
    isComplete: false,
    people: list.map((person, index) => ({ line: index + 2, ...person })),
  },
});
const complete = (owners: Owners): Owners => ({
  directory: { ...(owners.directory as Directory), isComplete: true },
});
const run = (owners: Owners, token: Token): Token => enricher({ asOf, intent: { owners } })(token);
const bot = { type: "service", id: "deploy-7", name: "deploy shop" } as const;
const ownerless = (over: Partial<Token> = {}) => unknowing({ owner: "not-exposed" }, aToken(over));
const stateless = (over: Partial<Token> = {}) =>
  unknowing({ "principal.state": "not-exposed" }, aToken({ principal: { type: "human", id: "mona" }, ...over }));

describe("whom a token acts as", () => {
  it.each<{ what: string; owners: Owners; token: Token; state: string | undefined }>([
    {
      what: "is unknown where nobody is found",
      owners: people({ login: "lisa", state: "active" }),
      token: stateless(),
      state: undefined,
    },
    {
      what: "is unknown where the directory does not know",
      owners: complete(people({ login: "mona" })),
      token: stateless(),
      state: undefined,
    },
    {
      what: "is unknown where two people have the name",
      owners: people({ name: "Mona L", state: "active" }, { name: "mona l", state: "active" }),
      token: stateless({ principal: { type: "human", id: "7", name: "Mona L" } }),
      state: undefined,
    },
    {
      what: "is gone where a complete directory does not name them",
      owners: complete(people({ login: "lisa", state: "active" })),
      token: stateless(),
      state: "deleted",
    },
    {
      what: "is found by id",
      owners: people({ id: "mona", state: "suspended" }),
      token: stateless(),
      state: "suspended",
    },
    {
      what: "is found by login, however it is spelt",
      owners: people({ login: "MONA", state: "deleted" }),
      token: stateless(),
      state: "deleted",
    },
    {
      what: "is found by address as the name",
      owners: people({ email: "m@acme.test", state: "active" }),
      token: stateless({ principal: { type: "human", id: "7", name: "M@acme.test" } }),
      state: "active",
    },
    {
      what: "is found by the id before the name",
      owners: people({ name: "Mona L", state: "deleted" }, { id: "7", state: "active" }),
      token: stateless({ principal: { type: "human", id: "7", name: "Mona L" } }),
      state: "active",
    },
  ])("$what", ({ owners, token, state }) => {
    const { principal, unknown, facts } = run(owners, token);

    expect(principal?.state).toBe(state);
    expect(Object.keys(unknown)).toEqual(state === undefined ? ["principal.state"] : []);
    expect(facts?.principal?.state).toBe(state);
  });

  it.each([
    { provider: "active", directory: "deleted", state: "deleted" },
    { provider: "active", directory: "suspended", state: "suspended" },
    { provider: "suspended", directory: "active", state: "suspended" },
    { provider: "deleted", directory: "active", state: "deleted" },
    { provider: "suspended", directory: "deleted", state: "deleted" },
    { provider: "active", directory: undefined, state: "active" },
  ] as const)(
    "is $state where the provider says $provider and the directory $directory",
    ({ provider, directory, state }) => {
      const owners = people({ login: "mona", ...(directory ? { state: directory } : {}) });

      expect(run(owners, aToken({ principal: { type: "human", id: "mona", state: provider } })).principal?.state).toBe(
        state,
      );
    },
  );

  it("is no person that could be missing where it is a machine", () => {
    const token = unknowing({ "principal.state": "not-exposed" }, aToken({ principal: bot }));

    expect(run(complete(people({ login: "mona", state: "active" })), token).principal).toEqual(bot);
  });

  it("is told with the line", () => {
    expect(run(people({ login: "x" }, { login: "mona", state: "deleted" }), stateless()).facts?.principal).toEqual({
      state: "deleted",
      by: "people.csv:3",
    });
    expect(run(complete(people({ login: "x" })), stateless()).facts?.principal).toEqual({
      state: "deleted",
      by: "people.csv",
    });
  });
});

describe("who answers for a token", () => {
  const mapping: Owners = {
    mapping: [
      { token: { label: { team: "*" } }, team: "labelled", by: "o.yaml:3" },
      { token: { principal: "deploy *", account: "acme" }, team: "platform", contact: "#platform", by: "o.yaml:4" },
      { token: { principal: "deploy-*" }, team: "second", by: "o.yaml:5" },
      { token: "github/acme/fine-grained-pat/*", team: "no pattern", by: "o.yaml:6" },
      { token: "github/acme/fine-grained-pat/4211", team: "by id", by: "o.yaml:7" },
    ],
  };
  const codeowners: Owners = {
    codeowners: {
      uri: "CODEOWNERS",
      root: "",
      here: "",
      isAnywhere: false,
      rules: [
        { pattern: "*", owner: "@acme/all", line: 1 },
        { pattern: "/.github/", owner: "@acme/build", line: 2 },
        { pattern: "/free/", line: 3 },
      ],
    },
  };
  const location = { uri: ".github/workflows/a.yml", line: 3, column: 1 };
  const workflow: Token["workflow"] = { permissions_from: "job", triggers: [] };

  it.each<{ what: string; owners: Owners; token: Token; owner: string | undefined; fact: object | undefined }>([
    {
      what: "is unknown where no rule fits",
      owners: { mapping: [{ token: { id: "x*" }, team: "a", by: "" }] },
      token: ownerless(),
      owner: undefined,
      fact: undefined,
    },
    {
      what: "is unknown where nobody owns the file",
      owners: codeowners,
      token: ownerless({ workflow, location: { ...location, uri: "free/a.yml" } }),
      owner: undefined,
      fact: undefined,
    },
    {
      what: "is unknown where the file lies outside",
      owners: codeowners,
      token: ownerless({ workflow, location: { ...location, uri: "../other/a.yml" } }),
      owner: undefined,
      fact: undefined,
    },
    {
      what: "is unknown where a file only lists it",
      owners: codeowners,
      token: ownerless({ location }),
      owner: undefined,
      fact: undefined,
    },
    {
      what: "is unknown where no file declares it",
      owners: codeowners,
      token: ownerless(),
      owner: undefined,
      fact: undefined,
    },
    {
      what: "is who the source names, whatever a rule says",
      owners: mapping,
      token: aToken({ principal: bot }),
      owner: "team-reporting",
      fact: undefined,
    },
    {
      what: "is the team of the first rule that fits",
      owners: mapping,
      token: ownerless({ principal: bot }),
      owner: "platform",
      fact: { type: "team", team: "platform", contact: "#platform", by: "o.yaml:4" },
    },
    {
      what: "is found by a label",
      owners: mapping,
      token: ownerless({ principal: bot, labels: { team: "x" } }),
      owner: "labelled",
      fact: { type: "team", team: "labelled", by: "o.yaml:3" },
    },
    {
      what: "is found by the exact id",
      owners: mapping,
      token: ownerless(),
      owner: "by id",
      fact: { type: "team", team: "by id", by: "o.yaml:7" },
    },
    {
      what: "is the last owner of the file",
      owners: codeowners,
      token: ownerless({ workflow, location }),
      owner: "@acme/build",
      fact: { type: "team", team: "@acme/build", by: "CODEOWNERS:2" },
    },
    {
      what: "is named by the mapping before the file",
      owners: { ...mapping, ...codeowners },
      token: ownerless({ workflow, location, principal: bot }),
      owner: "platform",
      fact: { type: "team", team: "platform", contact: "#platform", by: "o.yaml:4" },
    },
    {
      what: "is the person's team",
      owners: people({ login: "mona", team: "shop", state: "active" }),
      token: ownerless(),
      owner: "shop",
      fact: { type: "team", team: "shop", state: "active", by: "people.csv:2" },
    },
    {
      what: "is named also where the source knows of nobody",
      owners: mapping,
      token: aToken({ owner: null, principal: bot }),
      owner: "platform",
      fact: { type: "team", team: "platform", contact: "#platform", by: "o.yaml:4" },
    },
  ])("$what", ({ owners, token, owner, fact }) => {
    const enriched = run(owners, token);

    expect(enriched.owner).toBe(owner);
    expect(enriched.facts?.owner).toEqual(fact);
    expect(Object.keys(enriched.unknown)).toEqual(owner === undefined ? ["owner"] : []);
    expect(faultsIn("token", enriched)).toEqual([]);
  });

  it.each<{ what: string; owners: Owners; owner: string; fact: object | undefined }>([
    {
      what: "a person",
      owners: people({ login: "mona", state: "deleted", team: "shop" }),
      owner: "@Mona",
      fact: { type: "person", state: "deleted", team: "shop", by: "people.csv:2" },
    },
    {
      what: "a team with somebody left",
      owners: people({ login: "a", state: "deleted", team: "shop" }, { login: "b", state: "active", team: "Shop" }),
      owner: "shop",
      fact: { type: "team", state: "active", team: "Shop", by: "people.csv:3" },
    },
    {
      what: "a team of which everybody is gone",
      owners: people({ login: "a", state: "deleted", team: "shop" }, { login: "b", state: "suspended", team: "shop" }),
      owner: "shop",
      fact: { type: "team", state: "suspended", team: "shop", by: "people.csv:3" },
    },
    {
      what: "a team with somebody of whom nothing is known",
      owners: people({ login: "a", state: "deleted", team: "shop" }, { login: "b", team: "shop" }),
      owner: "shop",
      fact: { type: "team", team: "shop", by: "people.csv:3" },
    },
    {
      what: "a team that the mapping names",
      owners: mapping,
      owner: "platform",
      fact: { type: "team", team: "platform", contact: "#platform", by: "o.yaml:4" },
    },
    {
      what: "a team that only the mapping names, though the directory is complete",
      owners: { ...mapping, ...complete(people({ login: "mona", team: "shop", state: "active" })) },
      owner: "second",
      fact: { type: "team", team: "second", by: "o.yaml:5" },
    },
    {
      what: "who owns files, and may be a person",
      owners: {
        codeowners: {
          uri: "C",
          root: "",
          here: "",
          isAnywhere: false,
          rules: [{ pattern: "*", owner: "@mona", line: 1 }],
        },
      },
      owner: "@mona",
      fact: { team: "@mona", by: "C:1" },
    },
    {
      what: "nobody that is known",
      owners: people({ login: "mona", state: "active" }),
      owner: "lisa",
      fact: undefined,
    },
    {
      what: "nobody of a complete directory that tells no teams",
      owners: complete(people({ login: "mona", state: "active" })),
      owner: "lisa",
      fact: undefined,
    },
    {
      what: "nobody of a complete directory that tells teams",
      owners: complete(people({ login: "mona", team: "shop" })),
      owner: "lisa",
      fact: { state: "deleted", by: "people.csv" },
    },
  ])("is looked up where the source names $what", ({ owners, owner, fact }) => {
    const enriched = run(owners, aToken({ owner, principal: null }));

    expect(enriched.owner).toBe(owner);
    expect(enriched.facts?.owner).toEqual(fact);
  });
});

it("finds a person by names that would reach a prototype, and invents none", () => {
  for (const id of [
    "__proto__",
    "constructor",
    "toString",
    "",
    "=1+1",
    "m\u00f6na".normalize("NFD"),
    "a".repeat(1_024),
  ]) {
    const token = stateless({ principal: { type: "human", id }, labels: {} });
    expect(run(people({ login: "other", state: "active" }), token).facts?.principal).toBeUndefined();
    expect(run(people({ login: id.normalize("NFC"), state: "active" }), token).facts?.principal?.state).toBe("active");
    expect(
      run({ mapping: [{ token: { label: { [id]: "*" } }, team: "a", by: "" }] }, ownerless()).owner,
    ).toBeUndefined();
  }
});
