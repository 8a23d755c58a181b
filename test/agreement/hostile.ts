import type { Numbers } from "../../src/judge/numbers.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { aToken, seeded } from "../support/tokens.ts";

/** Texts that break what reads, compares, escapes or folds them carelessly; all are well-formed Unicode. */
const texts = [
  ...[
    "",
    " ",
    "plain",
    "𝕿𝖔𝖐𝖊𝖓 🗝️",
    "e\u0301 \u00e9",
    "ﬀ ß İı",
    "a\u0000b",
    "\u2028",
    "\ufeff",
    "\u202eright",
    "\u001b[31m",
  ],
  ...["__proto__", "constructor", "toString", "null", "0", "-0", "NaN", '"},{"owner":null', "\\ud800", "\\"],
  "x".repeat(4_096),
] as const;

/** Scopes with `*` where it means everything, a part, or nothing. */
const scopes = [
  ...[
    "*",
    "**",
    "*:*",
    "a*",
    "*a",
    "a*b",
    "\\*",
    "＊",
    "*\u0000",
    "\u0000*",
    "write-all",
    "write-all ",
    "(full)",
    "All",
    "all",
  ],
  ...["admin:org", "contents:write", ":write", "write", "contents:write:write", "contents: write", "repo", "__proto__"],
] as const;

const capabilities = [
  "secrets-read",
  "workflow-write",
  "key-create",
  "key-read",
  "code-write",
  "",
  "__proto__",
] as const;

const integers = [
  ...[0, -0, 1, -1, 86_400, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 9e15, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53)],
  ...[2 ** 63, 2 ** 64, 1e21, 1e300, -1e300, Number.MAX_VALUE],
] as const;

const keys = [
  "",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "*",
  "a.b",
  "a/b",
  "\u0000",
  "𝕿",
  "team",
  "Team",
] as const;
const instants = ["2029-12-31T23:59:59Z", "2030-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];

/** What no schema lets pass, but an evaluator has to bear. */
const misfits = [
  ...[null, true, false, [], {}, [[]], [null], { "": null }, "old", ["write"], { access: "admin" }, "admin", "*"],
  ...[0.5, -1.5, 0.1 + 0.2, 1e-7, Number.MIN_VALUE, ...integers],
];

type Random = () => number;

/** So many tokens: half of them as hostile as the schema allows, half of them with parts that it does not allow. */
export function hostileTokens(count: number, { seed, limits }: { seed: number; limits: Numbers }): Token[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const token = sound(limits, random);
    const record = index % 2 === 0 ? token : (spoiled(token, random) as object);
    return { ...record, id: `hostile/${seed}/${index}` } as Token;
  });
}

/** Tokens too large to have many of. */
export function largeTokens(): Token[] {
  const megabyte = '𝕿x"\\\u0000\n'.repeat(131_072);
  const grants = Array.from({ length: 10_000 }, (_, index) => ({
    family: "app",
    scope: `scope-${index % 5_000}:write`,
    access: (["read", "write", "admin"] as const)[index % 3] ?? "read",
    resource: "*",
  }));
  const labels = Object.fromEntries(grants.map(({ scope }, index) => [`${scope}${index}`, "x"]));
  return [
    aToken({ id: "large/name", name: megabyte }),
    aToken({ id: "large/owner", owner: megabyte, environment: megabyte }),
    aToken({
      id: "large/scope",
      grants: [{ family: "app", scope: `${megabyte}*`, access: "admin", resource: megabyte }],
    }),
    aToken({ id: "large/grants", grants, reach: { selection: "all" } }),
    aToken({ id: "large/same", grants: grants.map((grant) => ({ ...grant, scope: "*" })) }),
    aToken({ id: "large/labels", labels }),
  ];
}

function sound(limits: Numbers, random: Random): Partial<Token> {
  const text = (most: number) => pick(texts, random).slice(0, most);
  const name = (most: number) => text(most) || "-";
  const kind = pick(random() < 0.1 ? rootKinds(limits) : Object.keys(limits.kinds), random);
  const lifetimes = { created: pick(instants, random), rotated: maybe(pick(instants, random), random) };
  const ends = { expires: maybe(pick(instants, random), random), last_used: maybe(pick(instants, random), random) };
  const state = pick(["active", "suspended", "deleted"] as const, random);
  const type = pick(["human", "service", "app", "workload"] as const, random);
  const id = name(1_024);
  const selection = pick(["all", "selected", "single"] as const, random);
  return {
    ...aToken(),
    ...{ account: name(512), kind, name: text(4_096), ...lifetimes, ...ends },
    ...{ owner: maybe(random() < 0.3 ? id : text(1_024), random), environment: maybe(text(128), random) },
    principal: maybe({ type, id, ...(random() < 0.7 ? { state } : {}) }, random),
    status: pick(["active", "disabled", "expired", "revoked", "pending"], random),
    grants: some(5, random, () => grant(random)),
    reach: maybe({ selection, count: Math.abs(pick(integers, random)) }, random),
    network: maybe(
      some(3, random, () => pick(["10.0.0.0/8", "::/0", "nowhere", "\u0000"], random)),
      random,
    ),
    labels: labels(random),
    facts: facts(kind, limits, random),
    ...(random() < 0.5 ? { workflow: workflow(random) } : {}),
    ...seldomTold(random),
  };
}

function rootKinds({ any }: Numbers): string[] {
  return any["root-key"]?.kinds as string[];
}

/** What most sources never tell. */
function seldomTold(random: Random): Partial<Token> {
  const scope = () => pick([...scopes, ...texts], random).slice(0, 2_048) || "-";
  const consumer = () => ({
    type: pick(["human", "workload", "ci"] as const, random),
    name: pick(keys, random) || "-",
  });
  const extra = some(2, random, scope);
  const usage = { access: pick(["read", "write", "admin"] as const, random), since: pick(instants, random) };
  return {
    ...(random() < 0.5 ? { reviewed: maybe(pick(instants, random), random) } : {}),
    ...(random() < 0.5 ? { usage } : {}),
    ...(random() < 0.5 ? { consumers: some(3, random, consumer) } : {}),
    ...(random() < 0.2 ? { collector: random() < 0.5 ? { extra } : { extra, least: some(3, random, scope) } } : {}),
  };
}

function grant(random: Random): NonNullable<Token["grants"]>[number] {
  const scope = pick([...scopes, ...texts], random).slice(0, 2_048) || "-";
  const access = pick(["read", "write", "admin", "unknown"] as const, random);
  return {
    family: pick(texts, random).slice(0, 128),
    scope,
    access,
    resource: pick(["*", "acme", "shop-prod", "\u0000"], random),
  };
}

function workflow(random: Random): NonNullable<Token["workflow"]> {
  return {
    permissions_from: pick(["job", "workflow", "caller", "default"], random),
    triggers: some(2, random, () => pick(texts, random).slice(0, 256)),
    ...(random() < 0.5 ? { shorthand: pick(["write-all", "read-all"] as const, random) } : {}),
    ...(random() < 0.5 ? { default: pick(["read", "write"] as const, random) } : {}),
  };
}

/** Read from JSON, where `__proto__` is a key like any other. */
function labels(random: Random): Record<string, string> {
  const members = some(4, random, () => [pick(keys, random), pick(texts, random)].map((text) => JSON.stringify(text)));
  return JSON.parse(`{${members.map((member) => member.join(": ")).join(", ")}}`) as Record<string, string>;
}

/** Facts on the limits in force for a kind, one second to either side of them, or nowhere near. */
function facts(kind: string, { any, kinds }: Numbers, random: Random): NonNullable<Token["facts"]> {
  const inForce = Object.values({ ...any, ...kinds[kind] });
  const limits = inForce.flatMap((settings) => Object.values(settings).filter((value) => typeof value === "number"));
  const length = () => (random() < 0.7 ? pick(limits, random) + pick([-1, 0, 1], random) : pick(integers, random));
  const names = ["age", "idle", "expires_in", "lifetime", "since_rotation", "since_review", "watched"];
  const lengths = names.filter(() => random() < 0.9);
  const count = () => pick([0, 1, 5, 6, 2 ** 31], random);
  const siblings = {
    active: count(),
    issued: some(8, random, length),
    ...(random() < 0.3 ? { overlap: length() } : {}),
  };
  const shared_with = { environments: some(3, random, () => pick(texts, random)), tokens: count() };
  return {
    ...Object.fromEntries(lengths.map((name) => [name, length()])),
    status: pick(["active", "disabled", "expired"] as const, random),
    breadth: pick(["narrow", "full"] as const, random),
    ...(random() < 0.9 ? { siblings } : {}),
    ...(random() < 0.5 ? { shared_with } : {}),
    ...scopeFacts(random),
    ...intentFacts(random, length),
  };
}

/** Facts from what people have written down. */
function intentFacts(random: Random, length: () => number): NonNullable<Token["facts"]> {
  const state = () => pick(["active", "suspended", "deleted"] as const, random);
  const words = () => some(3, random, () => pick(texts, random));
  const by = "tokens.yaml:3";
  const entry = {
    ...{ registered: random() < 0.8, by, owner: pick(texts, random) },
    ...(random() < 0.5 ? { undecided: ["owner" as const] } : {}),
    ...{ rivals: words(), beyond: words(), looser: words() },
    ...{ tokens: pick([0, 1, 7], random), review_overdue: length() },
  };
  return {
    ...(random() < 0.8 ? { register: entry } : {}),
    ...(random() < 0.8 ? { register_owner: { name: pick(texts, random), state: state(), by } } : {}),
    ...(random() < 0.8 ? { owner: { type: pick(["person", "team"] as const, random), state: state(), by } } : {}),
  };
}

/** Facts about scopes that the grants may or may not have. */
function scopeFacts(random: Random): NonNullable<Token["facts"]> {
  const held = () => some(3, random, () => pick(scopes, random));
  const lists = ["unknown_scopes", "escalating", "minting"].filter(() => random() < 0.5);
  const words = some(4, random, () => pick(capabilities, random));
  return {
    ...Object.fromEntries(lists.map((name) => [name, held()])),
    capabilities: Object.fromEntries(words.map((word) => [word, held()])),
    widened: Object.fromEntries(held().map((scope) => [scope, pick(["read", "write", "admin"] as const, random)])),
  };
}

/** Of all that is in it, one value in twelve is left out, and one in twelve is of another type than the schema says. */
function spoiled(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => spoiledMember("", item, random).map(([, kept]) => kept));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => spoiledMember(key, member, random)));
}

function spoiledMember(key: string, value: unknown, random: Random): [string, unknown][] {
  const chance = random();
  if (chance < 1 / 12) return [];
  return [[key, chance < 2 / 12 ? pick(misfits, random) : spoiled(value, random)]];
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function maybe<Item>(value: Item, random: Random): Item | null {
  return random() < 0.25 ? null : value;
}

function some<Item>(most: number, random: Random, make: () => Item): Item[] {
  return Array.from({ length: Math.floor(random() * (most + 1)) }, make);
}
