import { describe, expect, it } from "vitest";
import { agentToken, jobToken, runnerToken, triggerToken } from "../../../src/collect/gitlab/normalise-ci.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";

const place = { account: "acme", resource: "acme/web", api: "GET /x", observed: "2030-01-01T00:00:00Z" };

function sound(token: Token | undefined): Token {
  if (!token) throw new Error("no token was made");
  expect(unaccounted(token)).toEqual([]);
  expect(faultsIn("token", token)).toEqual([]);
  return token;
}

it.each([
  ["trigger token", triggerToken({ id: "ten" }, place)],
  ["runner", runnerToken({}, place)],
  ["agent token", agentToken({ id: null }, place, { id: "6", name: "k8s", last_used: { value: null } })],
])("a %s without a number is no token", (_, token) => {
  expect(token).toBeUndefined();
});

describe("a trigger token", () => {
  const record = { id: 10, description: "nightly", created_at: "2027-07-07T07:07:07.000Z", last_used: null };
  const made = (changes: object) => sound(triggerToken({ ...record, ...changes }, place));

  it.each([
    { owner: undefined, reason: "not-exposed" },
    { owner: "alice", reason: "failed" },
    { owner: { username: "alice" }, reason: "failed" },
  ])("of $owner has its principal unknown: $reason", ({ owner, reason }) => {
    expect(made({ owner }).unknown).toMatchObject({ principal: reason });
  });

  it("of nobody belongs to nobody", () => {
    expect(made({ owner: null })).toMatchObject({ principal: null, owner: null });
  });

  it("acts as its owner", () => {
    expect(made({ owner: { id: 2, username: "bob", state: "blocked" } })).toMatchObject({
      principal: { type: "human", id: "2", name: "bob", state: "suspended" },
      owner: "bob",
    });
  });

  it("does not keep its value", () => {
    const token = `glptt-${"ab12".repeat(10)}`;

    expect(JSON.stringify(made({ token, owner: null }))).not.toContain("ab12");
  });

  it("does not know its end in releases that do not tell, and never its rights", () => {
    expect(made({ owner: null }).unknown).toMatchObject({ expires: "not-exposed", grants: "not-exposed" });
    expect(made({ owner: null, expires_at: null }).expires).toBeNull();
  });
});

describe("a runner's token", () => {
  const made = (record: object) => sound(runnerToken({ id: 8, ...record }, place));

  it.each([
    { record: {}, reason: "not-exposed" },
    { record: { paused: "no" }, reason: "failed" },
    { record: { paused: null }, reason: "not-exposed" },
    { record: { active: 1 }, reason: "failed" },
  ])("of a runner with $record has its status unknown: $reason", ({ record, reason }) => {
    expect(made(record).unknown).toMatchObject({ status: reason });
  });

  it.each([
    { record: { paused: true, active: true }, status: "disabled" },
    { record: { paused: false }, status: "active" },
    { record: { active: false }, status: "disabled" },
  ])("of a runner with $record is $status", ({ record, status }) => {
    expect(made(record).status).toBe(status);
  });

  it.each([
    { runner_type: undefined, told: { unknown: { reach: "not-exposed" } } },
    { runner_type: "satellite", told: { unknown: { reach: "failed" } } },
    { runner_type: "group_type", told: { reach: { selection: "selected" } } },
    { runner_type: "project_type", told: { reach: { selection: "selected" } } },
    { runner_type: "instance_type", told: { reach: { selection: "all" } } },
  ])("of the type $runner_type has the reach $told", ({ runner_type, told }) => {
    expect(made({ runner_type })).toMatchObject(told);
  });

  it("takes the runner's contact for no use of the token, and its age and end where a release tells them", () => {
    const token = made({
      contacted_at: "2029-12-31T00:00:00Z",
      token_expires_at: "2030-06-01T10:00:00Z",
      created_at: "2029-01-01T00:00:00Z",
    });

    expect(token.unknown).toMatchObject({ last_used: "not-exposed" });
    expect(token).toMatchObject({ created: "2029-01-01T00:00:00Z", expires: "2030-06-01T10:00:00Z" });
  });

  it.each([
    { record: { description: "linux" }, name: "linux" },
    { record: { name: "gitlab-runner" }, name: "gitlab-runner" },
    { record: {}, name: "runner 8" },
  ])("of a runner with $record is called $name", ({ record, name }) => {
    expect(made(record).name).toBe(name);
  });
});

describe("a cluster agent's token", () => {
  const agent = { id: "6", name: "k8s", last_used: { unknown: "failed" } } as const;
  const made = (record: object) => sound(agentToken({ id: 1, ...record }, place, agent));

  it.each([
    { status: "sleeping", reason: "failed" },
    { status: undefined, reason: "not-exposed" },
  ])("in the state $status has its status unknown: $reason", ({ status, reason }) => {
    expect(made({ status }).unknown).toMatchObject({ status: reason });
  });

  it("keeps what could be read where its details could not", () => {
    expect(made({ status: "active", name: "prod" })).toMatchObject({
      name: "prod",
      principal: { type: "workload", id: "agent-6" },
      expires: null,
      unknown: { last_used: "failed" },
    });
  });
});

describe("the job token of a project", () => {
  const made = (record: Record<string, unknown>, allowed?: Parameters<typeof jobToken>[2]["allowed"]) =>
    sound(jobToken(record, place, { id: "7", ...(allowed && { allowed }) }));

  it.each([
    { record: {}, reason: "not-exposed" },
    { record: { inbound_enabled: "yes" }, reason: "failed" },
    { record: { inbound_enabled: null }, reason: "failed" },
  ])("with $record has its grants unknown: $reason", ({ record, reason }) => {
    expect(made(record).unknown).toMatchObject({ grants: reason });
  });

  it.each([
    { inbound_enabled: false, access: "write" },
    { inbound_enabled: true, access: "read" },
  ])("that lets in by a list: $inbound_enabled, may $access", ({ inbound_enabled, access }) => {
    expect(made({ inbound_enabled }).grants).toEqual([
      { family: "job-token", scope: `inbound_enabled:${inbound_enabled}`, access, resource: "acme/web" },
    ]);
  });

  it("says whose jobs are let in, or that this could not be read", () => {
    expect(made({ inbound_enabled: true }, { value: ["project a/x", "group b"] }).consumers).toEqual([
      { type: "ci", name: "project a/x" },
      { type: "ci", name: "group b" },
    ]);
    expect(made({ inbound_enabled: true }, { unknown: "denied" }).unknown).toMatchObject({ consumers: "denied" });
    expect(made({ inbound_enabled: false })).not.toHaveProperty("consumers");
  });
});
