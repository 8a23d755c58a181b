/** Seeded inventories of any size: the same seed and count give the same bytes. */

import { pick, seeded } from "./random.ts";

const PROFILES = [
  {
    kind: "github/fine-grained-pat",
    scopes: [
      ["app", "contents:read", "read"],
      ["app", "issues:write", "write"],
    ],
  },
  {
    kind: "github/classic-pat",
    scopes: [
      ["classic", "repo", "admin"],
      ["classic", "workflow", "write"],
    ],
  },
  { kind: "gitlab/personal-access-token", scopes: [["personal", "read_api", "read"]] },
  { kind: "gitlab/project-access-token", scopes: [["personal", "api", "write"]] },
  {
    kind: "aws/access-key",
    scopes: [
      ["action", "s3:GetObject", "read"],
      ["action", "ec2:*", "write"],
    ],
  },
  { kind: "gcp/service-account-key", scopes: [["role", "roles/viewer", "read"]] },
  { kind: "npm/granular-token", scopes: [["package", "read-write", "write"]] },
  { kind: "okta/api-token", scopes: [["admin-role", "SUPER_ADMIN", "admin"]] },
] as const;

const AS_OF = Date.UTC(2030, 0, 1) / 1000;
const DAY = 86_400;

/** Token records as an inventory holds them, one at a time. */
export function* tokens(count: number, seed = 1): Iterable<Record<string, unknown>> {
  const random = seeded(seed);
  for (let index = 0; index < count; index += 1) yield token(index, random);
}

/** The same records as NDJSON, in pieces of about 64 KiB. */
export function ndjson(count: number, seed = 1): Iterable<string> {
  return inPieces(tokens(count, seed));
}

/** As many lines, of which every tenth is the same and no policy finds anything in the others. */
export function quietNdjson(count: number, seed = 1): Iterable<string> {
  return inPieces(mostlyBlameless(count, seed));
}

function* mostlyBlameless(count: number, seed: number): Iterable<Record<string, unknown>> {
  let index = 0;
  for (const record of tokens(count, seed)) {
    yield index % 10 === 0 ? record : blameless(record, index);
    index += 1;
  }
}

/** Nobody else has its principal: policies see who has several tokens. */
function blameless(record: Record<string, unknown>, index: number): Record<string, unknown> {
  const principal = { type: "service", id: `service-${index}`, state: "active" };
  return { ...record, ...BLAMELESS, id: `gcp/account-0/service-account-key/${index}`, principal };
}

const BLAMELESS = {
  provider: "gcp",
  account: "account-0",
  kind: "gcp/service-account-key",
  owner: "team-0",
  status: "active",
  created: instant(AS_OF - 20 * DAY),
  expires: instant(AS_OF + 45 * DAY),
  last_used: instant(AS_OF - DAY),
  grants: [{ family: "role", scope: "roles/viewer", access: "read", resource: "acme/shop" }],
  reach: { selection: "single" },
  unknown: {},
} as const;

function* inPieces(records: Iterable<Record<string, unknown>>): Iterable<string> {
  let piece = "";
  for (const record of records) {
    piece += `${JSON.stringify(record)}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function token(index: number, random: () => number): Record<string, unknown> {
  const profile = pick(PROFILES, random);
  const [provider, kind] = profile.kind.split("/");
  const account = `account-${Math.floor(random() * 50)}`;
  const created = AS_OF - Math.floor(random() * 400 * DAY);
  const isUnknown = random() < 0.1;
  return {
    id: `${provider}/${account}/${kind}/${index.toString(16).padStart(12, "0")}`,
    provider,
    account,
    kind: profile.kind,
    name: `token ${index}`,
    principal: {
      type: random() < 0.5 ? "human" : "service",
      id: `user-${Math.floor(random() * 5_000)}`,
      state: "active",
    },
    owner: random() < 0.85 ? `team-${Math.floor(random() * 40)}` : null,
    status: random() < 0.95 ? "active" : "disabled",
    created: instant(created),
    rotated: null,
    expires: random() < 0.8 ? instant(created + Math.floor((30 + random() * 400) * DAY)) : null,
    ...(isUnknown
      ? {}
      : { last_used: random() < 0.9 ? instant(created + Math.floor(random() * (AS_OF - created))) : null }),
    grants: profile.scopes.map(([family, scope, access]) => ({ family, scope, access, resource: "acme/shop" })),
    reach: { selection: pick(["single", "selected", "all"], random) },
    network: null,
    environment: random() < 0.5 ? "production" : "development",
    unknown: isUnknown ? { last_used: "not-exposed" } : {},
  };
}

function instant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
