import { describe, expect, it } from "vitest";
import { enricher } from "../../src/enrich/index.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Registered } from "../../src/model/intent.ts";
import type { Limit } from "../../src/model/limits.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { asOf, aToken, days, unknowing } from "../support/tokens.ts";

const id = "github/acme/fine-grained-pat/4211";
const entry = (over: Partial<Registered> = {}): Registered => ({
  ...{ token: id, owner: "team-reporting", purpose: "reports", by: "tokens.yaml:3" },
  ...over,
});
const grant = (scope: string, access: "read" | "write" | "admin" | "unknown", resource = "acme/reports") =>
  ({ family: "own", scope, access, resource }) as const;

function factsOf(token: Token, register: readonly Registered[] | undefined, limits: readonly Limit[] = []) {
  const enriched = enricher({ asOf, intent: register ? { register } : {}, limits: () => limits })(token);
  expect(faultsIn("token", enriched)).toEqual([]);
  return enriched.facts?.register;
}

/** What a token of a provider without a catalogue may do beyond an entry. */
function beyond(token: Partial<Token>, over: Partial<Registered>) {
  return factsOf(aToken({ provider: "acme", kind: "acme/key", ...token }), [entry(over)])?.beyond ?? [];
}

it("says nothing where there is no register", () => {
  expect(factsOf(aToken(), undefined)).toBeUndefined();
});

it("says that no entry matches, also of a register that holds none", () => {
  expect(factsOf(aToken(), [])).toEqual({ registered: false });
  expect(factsOf(aToken(), [entry({ token: "another" })])).toEqual({ registered: false });
});

it("says what the entry says, with lengths in seconds", () => {
  const said = entry({ environment: "production", max_lifetime: "90d", rotate_every: "8h" });

  expect(factsOf(aToken(), [said])).toEqual({
    ...{ registered: true, by: "tokens.yaml:3", owner: "team-reporting", purpose: "reports" },
    ...{ environment: "production", max_lifetime: days(90), rotate_every: 28_800 },
  });
});

it.each<{ over: Partial<Registered>; undecided: string[] | undefined }>([
  { over: { owner: "TODO" }, undecided: ["owner"] },
  {
    over: { owner: "TODO", purpose: "TODO: ask", environment: "TODO" },
    undecided: ["owner", "purpose", "environment"],
  },
  { over: { owner: "TODOs team", purpose: "a list of TODO" }, undecided: undefined },
])("somebody has to decide on $undecided", ({ over, undecided }) => {
  expect(factsOf(aToken(), [entry(over)])?.undecided).toEqual(undecided);
});

it("names entries of the same rank that say something else", () => {
  const entries = [entry(), entry({ by: "tokens.yaml:9", owner: "other" }), entry({ by: "tokens.yaml:12" })];

  expect(factsOf(aToken(), entries)).toMatchObject({ by: "tokens.yaml:3", rivals: ["tokens.yaml:9"] });
});

describe("beyond the entry is", () => {
  it.each<{ what: string; token: Partial<Token>; over: Partial<Registered>; found: string[] }>([
    {
      what: "a scope that it does not name",
      token: { grants: [grant("push", "write"), grant("pull", "read")] },
      over: { scopes: ["pull"] },
      found: ["push on acme/reports"],
    },
    {
      what: "any scope where it names none",
      token: { grants: [grant("pull", "read")] },
      over: { scopes: [] },
      found: ["pull on acme/reports"],
    },
    {
      what: "access that is wider than read",
      token: { grants: [grant("push", "write"), grant("pull", "read")] },
      over: { scopes: ["read"] },
      found: ["push on acme/reports"],
    },
    {
      what: "admin where it allows to write",
      token: { grants: [grant("own", "admin")] },
      over: { scopes: ["write"] },
      found: ["own on acme/reports"],
    },
    {
      what: "what nobody knows the extent of",
      token: { grants: [grant("new", "unknown")] },
      over: { scopes: ["write"] },
      found: ["new on acme/reports"],
    },
    {
      what: "a resource that it does not name, each once and in order",
      token: {
        grants: [
          grant("pull", "read", "b"),
          grant("pull", "read", "acme/x"),
          grant("pull", "read", "a"),
          grant("pull", "read", "a"),
        ],
      },
      over: { resources: ["acme/*"] },
      found: ["pull on a", "pull on b"],
    },
    {
      what: "everything where it names some",
      token: { grants: [grant("pull", "read", "*")] },
      over: { resources: ["acme/*"] },
      found: ["pull on *"],
    },
    {
      what: "a wider block of addresses",
      token: { network: ["203.0.113.0/24", "203.0.112.0/23", "nonsense"] },
      over: { network: ["203.0.113.0/24"] },
      found: ["from 203.0.112.0/23", "from nonsense"],
    },
    {
      what: "the whole world",
      token: { network: null },
      over: { network: ["203.0.113.0/24", "::/0"] },
      found: ["from 0.0.0.0/0"],
    },
    {
      what: "another environment",
      token: { environment: "staging" },
      over: { environment: "production" },
      found: ["in staging instead of production"],
    },
  ])("$what", ({ token, over, found }) => {
    expect(beyond(token, over)).toEqual(found);
  });
});

describe("within the entry is", () => {
  it.each<{ what: string; token: Partial<Token>; over: Partial<Registered> }>([
    {
      what: "anything where it limits nothing",
      token: { grants: [grant("own", "admin", "*")], network: null },
      over: {},
    },
    {
      what: "a scope that a pattern covers",
      token: { grants: [grant("issues:write", "write")] },
      over: { scopes: ["issues:*"] },
    },
    { what: "less than it allows", token: { grants: [grant("pull", "read")] }, over: { scopes: ["write"] } },
    { what: "a scope named like an access", token: { grants: [grant("read", "unknown")] }, over: { scopes: ["read"] } },
    {
      what: "what nobody knows the extent of where it allows admin",
      token: { grants: [grant("new", "unknown")] },
      over: { scopes: ["admin"] },
    },
    { what: "no scope at all where it names none", token: { grants: [] }, over: { scopes: [] } },
    {
      what: "everything where it says so",
      token: { grants: [grant("pull", "read", "*")] },
      over: { resources: ["*"] },
    },
    {
      what: "a smaller block of addresses",
      token: { network: ["203.0.113.7", "2001:db8::/48"] },
      over: { network: ["203.0.112.0/23", "2001:db8::/32"] },
    },
    {
      what: "no environment, or one that nobody decided on",
      token: { environment: null },
      over: { environment: "production" },
    },
    {
      what: "any environment while somebody has to decide",
      token: { environment: "staging" },
      over: { environment: "TODO" },
    },
  ])("$what", ({ token, over }) => {
    expect(beyond(token, over)).toEqual([]);
  });
});

it("goes by what the catalogue says of a scope, where the record says less", () => {
  const understated = { family: "classic", scope: "admin:org", access: "read", resource: "*" } as const;

  expect(factsOf(aToken({ grants: [understated] }), [entry({ scopes: ["read"] })])?.beyond).toEqual(["admin:org on *"]);
});

describe("nobody can say whether a token keeps to its entry", () => {
  it.each<{ what: string; gaps: Token["unknown"]; over: Partial<Registered>; unknown: object | undefined }>([
    {
      what: "scopes, where grants are unknown",
      gaps: { grants: "denied" },
      over: { scopes: ["read"] },
      unknown: { grants: "denied" },
    },
    {
      what: "resources, where grants are unknown",
      gaps: { grants: "failed" },
      over: { resources: ["a"] },
      unknown: { grants: "failed" },
    },
    {
      what: "network",
      gaps: { network: "not-exposed" },
      over: { network: ["10.0.0.0/8"] },
      unknown: { network: "not-exposed" },
    },
    {
      what: "nothing of it where the entry limits nothing",
      gaps: { grants: "denied", network: "denied" },
      over: {},
      unknown: undefined,
    },
    {
      what: "nothing of it where the environment is unknown",
      gaps: { environment: "denied" },
      over: { environment: "x" },
      unknown: undefined,
    },
    {
      what: "network, but its scopes are too many already",
      gaps: { network: "denied" },
      over: { network: ["10.0.0.0/8"], scopes: [] },
      unknown: undefined,
    },
  ])("in its $what", ({ gaps, over, unknown }) => {
    expect(factsOf(unknowing(gaps), [entry(over)])?.unknown).toEqual(unknown);
  });
});

it.each<{ over: Partial<Registered>; looser: string[] | undefined }>([
  { over: { max_lifetime: "90d", rotate_every: "30d" }, looser: undefined },
  { over: { max_lifetime: "91d" }, looser: ["max_lifetime 91d (too-long: 90d)"] },
  {
    over: { max_lifetime: "1w", rotate_every: "40d" },
    looser: ["rotate_every 40d (overdue: 30d, stale: 36h)"],
  },
])("an entry that allows more than policies do is told: $looser", ({ over, looser }) => {
  const limits: Limit[] = [
    { policy: "too-long", field: "max_lifetime", value: days(90) },
    { policy: "overdue", field: "rotate_every", value: days(30) },
    { policy: "stale", field: "rotate_every", value: days(1.5) },
  ];

  expect(factsOf(aToken(), [entry(over)], limits.slice(0, looser ? 3 : 2))?.looser).toEqual(looser);
});

it("holds a token with many scopes and blocks against a long entry in a moment", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => index);
  const token = aToken({
    grants: many.map((index) => grant(`scope-${index}-${"a".repeat(200)}`, "write")),
    network: many.slice(0, 10_000).map((index) => `10.${index >> 8}.${index & 255}.1`),
  });
  const long = entry({
    scopes: many.map((index) => `scope-${index}-*a*a*b`),
    network: many.slice(0, 10_000).map((index) => `10.${index >> 8}.${index & 255}.0/24`),
  });

  expect(factsOf(token, [long])?.beyond).toHaveLength(20_000);
});
