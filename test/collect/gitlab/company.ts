/** A made-up company at a self-managed GitLab: what its database would hold. */

type Row = Record<string, unknown>;

/** Put where GitLab's answers hold values; nothing of them may come out anywhere. */
export const planted = {
  trigger: `glptt-${"f00dfeed".repeat(5)}`,
  short: "f00d",
  deploy: `gldt-${"PlantedDeploy1".repeat(2)}`,
  registration: `GR1348941${"PlantedRegistr".repeat(2)}`,
  runner: `glrt-${"PlantedRunner1".repeat(2)}`,
  access: `glpat-${"PlantedAccess1".repeat(2)}`,
  agent: `glagent-${"PlantedAgent1".repeat(4)}`,
  named: `glpat-${"Zq7".repeat(7)}`.slice(0, 26),
} as const;

export const credentials = {
  admin: `glpat-${"AdminAdminAdminAdmin"}`,
  owner: `glpat-${"OwnerOwnerOwnerOwner"}`,
  plain: `glpat-${"PlainPlainPlainPlain"}`,
} as const;

export type Viewer = keyof typeof credentials;

/** Names as somebody would write them who wants to break what shows them. */
const HOSTILE = {
  bidi: "nightly \u202Eyltsew",
  command: "\n::error::pwned\r\n##[error]x",
  markup: "</script><script>alert(1)</script>",
  formula: '=cmd|"/c calc"!A1',
  long: "n".repeat(10_000),
  broken: "half \uD83D",
};

export const groups: Row[] = [
  { id: 1, full_path: "acme", parent_id: null, runners_token: planted.registration },
  { id: 2, full_path: "acme/platform", parent_id: 1 },
  { id: 3, full_path: "acme/platform/infra", parent_id: 2 },
  { id: 4, full_path: "acme/data", parent_id: 1 },
  { id: 5, full_path: "acme/apps", parent_id: 1 },
  { id: 9, full_path: "globex", parent_id: null },
];

export const projects: Row[] = [
  { id: 101, path_with_namespace: "acme/web" },
  { id: 102, path_with_namespace: "acme/api" },
  { id: 103, path_with_namespace: "acme/platform/deploy" },
  { id: 104, path_with_namespace: "acme/platform/infra/terraform" },
  { id: 105, path_with_namespace: "acme/data/etl" },
  { id: 106, path_with_namespace: "acme/old", archived: true },
  { id: 107, path_with_namespace: "globex/site" },
].map((project) => ({ ...project, name: HOSTILE.markup, runners_token: planted.registration }));

export const users: Row[] = [
  { id: 1, username: "root", state: "active", bot: false },
  { id: 2, username: "alice", state: "active", bot: false },
  { id: 3, username: "bob", state: "blocked", bot: false },
  { id: 4, username: "carol", state: "frozen", bot: false },
  { id: 5, username: "project_9_bot_not", state: "active", bot: false },
  { id: 50, username: "project_101_bot_a1", state: "active", bot: true },
  { id: 51, username: "group_1_bot_b2", state: "active", bot: true },
  { id: 52, username: "deployer", name: HOSTILE.bidi, state: "active", bot: true, service_account: "acme" },
  { id: 53, username: "group_3_bot_c3", state: "active", bot: true },
  { id: 54, username: "project_104_bot_d4", state: "active", bot: true },
];

/** Rows of one table: `of` says what a bot's token is of. */
export const accessTokens: Row[] = [
  { id: 1001, user_id: 1, name: "tokenward", scopes: ["read_api", "admin_mode"] },
  { id: 1002, user_id: 2, name: "laptop", scopes: ["api"], last_used_at: "2029-12-30T10:20:00.123Z" },
  { id: 1003, user_id: 3, name: HOSTILE.bidi, scopes: ["read_user"], active: false, expires_at: "2029-06-01" },
  { id: 1004, user_id: 4, name: HOSTILE.command, scopes: ["api"], active: false, revoked: true },
  { id: 1005, user_id: 3, name: "support case", scopes: ["sudo"], impersonation: true },
  { id: 1006, user_id: 5, name: HOSTILE.formula, scopes: ["read_repository"] },
  { id: 1101, user_id: 50, of: "acme/web", name: HOSTILE.long, scopes: ["api", "brand_new"], access_level: 40 },
  {
    id: 1102,
    user_id: 50,
    of: "acme/web",
    name: "old",
    scopes: ["api"],
    access_level: 30,
    active: false,
    revoked: true,
  },
  {
    id: 1103,
    user_id: 54,
    of: "acme/platform/infra/terraform",
    name: `was ${planted.named}`,
    scopes: ["read_api"],
    access_level: 20,
  },
  { id: 1201, user_id: 51, of: "acme", name: "tokenward", scopes: ["read_api"], access_level: 50 },
  {
    id: 1202,
    user_id: 53,
    of: "acme/platform/infra",
    name: HOSTILE.broken,
    scopes: ["write_registry"],
    access_level: 30,
  },
  { id: 1301, user_id: 52, name: "deployments", scopes: ["write_repository"], expires_at: null },
].map((row) => ({
  created_at: "2029-03-01T08:00:00.456Z",
  active: true,
  revoked: false,
  last_used_at: null,
  expires_at: "2030-02-14",
  token: planted.access,
  ...row,
}));

export const deployTokens: Row[] = [
  { id: 2001, of: "acme/web", scopes: ["read_registry"], expires_at: null },
  { id: 2002, of: "acme", scopes: ["read_repository", "write_registry"], expires_at: "2030-05-01T00:00:00.000Z" },
  { id: 2003, of: "acme/platform/deploy", scopes: ["read_repository"], expires_at: null, revoked: true },
  { id: 2004, of: "acme/platform", scopes: ["read_repository"], expires_at: "2029-01-01T00:00:00.000Z", expired: true },
].map((row) => ({
  name: HOSTILE.markup,
  username: `gitlab+deploy-token-${row.id}`,
  revoked: false,
  expired: false,
  token: planted.deploy,
  ...row,
}));

const sha = (text: string) => `SHA256:${Buffer.from(text.padEnd(32, ".")).toString("base64").replace(/=+$/, "")}`;

/** `pushes` and `pulls`: the projects that a key opens. */
export const deployKeys: Row[] = [
  { id: 3001, title: "ci", pushes: ["acme/web"], pulls: ["acme/api"], fingerprint_sha256: sha("ci") },
  {
    id: 3002,
    title: HOSTILE.bidi,
    pushes: [],
    pulls: ["acme/platform/infra/terraform"],
    expires_at: "2030-01-31T00:00:00.000Z",
  },
  { id: 3003, title: "left over", pushes: [], pulls: [], expires_at: null },
].map((row) => ({ created_at: "2028-01-01T00:00:00.000Z", key: "ssh-ed25519 AAAA", ...row }));

export const triggers: Row[] = [
  { id: 4001, of: "acme/web", owner: { id: 2, username: "alice", state: "active" }, token: planted.trigger },
  { id: 4002, of: "acme/web", owner: null, token: planted.short },
  { id: 4004, of: "acme/web", owner: { id: 5, username: "project_9_bot_not", state: "active" }, token: planted.short },
  {
    id: 4003,
    of: "acme/data/etl",
    owner: { id: 3, username: "bob", state: "blocked" },
    token: planted.short,
    last_used: "2029-11-11T11:11:11Z",
  },
].map((row) => ({ description: HOSTILE.command, created_at: "2027-07-07T07:07:07.000Z", last_used: null, ...row }));

/** `serves`: the groups or projects that a runner works for. */
export const runners: Row[] = [
  { id: 5001, runner_type: "group_type", serves: ["acme"], paused: false },
  { id: 5002, runner_type: "group_type", serves: ["acme/platform"], paused: true },
  {
    id: 5003,
    runner_type: "project_type",
    serves: ["acme/web", "acme/api"],
    paused: false,
    created_at: "2029-01-01T00:00:00Z",
  },
  { id: 5004, runner_type: "instance_type", serves: [], paused: false },
].map((row) => ({ description: HOSTILE.markup, active: true, token: planted.runner, ...row }));

export const agents: Row[] = [{ id: 61, of: "acme/platform/deploy", name: HOSTILE.bidi }];

export const agentTokens: Row[] = [
  { id: 6001, agent_id: 61, last_used_at: "2029-12-31T23:00:00Z" },
  { id: 6002, agent_id: 61, last_used_at: null },
].map((row) => ({ name: "prod", status: "active", created_at: "2029-09-09T09:09:09Z", token: planted.agent, ...row }));

/** Projects that are open to every job on the instance. */
export const open = new Set(["acme/data/etl"]);

export const allowed = {
  projects: [101, 102],
  groups: [4],
} as const;
