import type { Manifest, Parameters, Rules } from "../../src/model/bundle.ts";
import type { Coverage, Policy, Token } from "../../src/model/documents.gen.ts";

export const asOf = "2030-01-01T00:00:00Z";
export const days = (count: number): number => count * 86_400;

/** A record that no policy objects to as of 2030-01-01; every judged field is there, so each test states only what matters to it. */
export function aToken(overrides: Partial<Token> = {}): Token {
  return {
    id: "github/acme/fine-grained-pat/4211",
    provider: "github",
    account: "acme",
    kind: "github/fine-grained-pat",
    name: "nightly report",
    principal: { type: "human", id: "mona", state: "active" },
    owner: "team-reporting",
    status: "active",
    created: "2029-12-02T00:00:00Z",
    rotated: null,
    expires: "2030-03-02T00:00:00Z",
    last_used: "2029-12-31T00:00:00Z",
    grants: [{ family: "app", scope: "contents:read", access: "read", resource: "acme/reports" }],
    reach: { selection: "single", count: 1 },
    network: ["203.0.113.0/24"],
    environment: "production",
    unknown: {},
    ...overrides,
  };
}

/** The same record where these fields could not be known, each for its reason. */
export function unknowing(gaps: Token["unknown"], token: Token = aToken()): Token {
  const kept = Object.fromEntries(Object.entries(token).filter(([field]) => !Object.hasOwn(gaps, field)));
  return { ...(kept as unknown as Token), unknown: { ...token.unknown, ...gaps } };
}

export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  const id = overrides.id ?? "too-old";
  return {
    id,
    package: `tokenward.lifetime.${id.replaceAll("-", "_")}`,
    title: "Token is older than its kind may get",
    description: "A token nobody renews keeps working long after its reason is forgotten.",
    severity: "medium",
    category: "lifetime",
    needs: [],
    applies_to: {},
    params: {},
    evidence: {},
    message: "is at fault",
    controls: {},
    remediation: { any: "Issue a replacement, then revoke this token." },
    related_resources: [],
    ...overrides,
  };
}

export function manifest(...policies: readonly Partial<Policy>[]): Manifest {
  return { policies: policies.map(aPolicy), reads: ["*"] };
}

export function rules({
  parameters,
  ...overrides
}: Partial<Omit<Rules, "parameters">> & { parameters?: Partial<Parameters> } = {}): Rules {
  return {
    profile: "default",
    disabled: [],
    severity: {},
    ...overrides,
    parameters: { any: {}, kinds: {}, exempt: {}, ...parameters },
  };
}

export function aCoverage(overrides: Partial<Coverage> = {}): Coverage {
  return { source: "file", subject: "inventory.csv", outcome: "read", items: 1, ...overrides };
}

export async function* streamOf<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  yield* items;
}

export async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A seeded generator of numbers in [0, 1): a test that shuffles must shuffle the same way tomorrow. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
