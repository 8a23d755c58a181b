import { describe, expect, it, onTestFinished } from "vitest";
import { gitlab } from "../../../src/collect/gitlab/index.ts";
import type { Check } from "../../../src/collect/provider.ts";
import { openNetwork } from "../../../src/net/network.ts";
import { fakeWorld } from "../../support/fake-world.ts";
import { startLoopback } from "../../support/loopback.ts";
import { offline } from "../../support/world.ts";
import { answered, gitlabEstate, type Options, refusal } from "./estate.ts";

async function check(options: Options): Promise<{ checks: Check[]; asked: string[] }> {
  const estate = gitlabEstate(options);
  const server = await startLoopback(async (received, response) => {
    const { status, headers, body } = await estate.respond(received);
    response.writeHead(status, headers).end(body);
  });
  onTestFinished(() => server.close());
  const { connect } = openNetwork(fakeWorld());
  const context = { ...offline, connect, root: "/", cwd: "/", env: { ...estate.env }, stdin: async function* () {} };
  const checks: Check[] = [];
  for await (const one of gitlab.check(estate.source(server.base), context)) checks.push(one);
  return { checks, asked: server.received.map(({ url }) => url.pathname.replace("/api/v4/", "")) };
}

const told = (checks: readonly Check[]) => checks.map(({ subject, outcome }) => `${subject}: ${outcome}`);

describe("before a run", () => {
  it.each([
    { what: "401", answer: refusal(401, "401 Unauthorized"), outcome: "failed" },
    { what: "503", answer: refusal(503, "down"), outcome: "failed" },
    { what: "404, as old releases do,", answer: refusal(404, "404 Not Found"), outcome: "unknown" },
  ])("a credential of which GitLab says $what is $outcome", async ({ answer, outcome }) => {
    const { checks } = await check({
      viewer: "owner",
      instead: (path) => (path.endsWith("/self") ? answer : undefined),
    });

    expect(checks[0]).toMatchObject({ subject: "credential", outcome, remedy: expect.stringMatching(/\S/) });
  });

  it("a credential that does not work is all that is looked at", async () => {
    const { asked } = await check({ viewer: "owner", instead: () => refusal(401, "401 Unauthorized") });

    expect(asked).toEqual(["personal_access_tokens/self"]);
  });

  it("an owner's credential is found to be right, without listing anything", async () => {
    const { checks, asked } = await check({ viewer: "owner", plan: "ultimate" });

    expect(told(checks)).toEqual([
      "credential: ok",
      "scope read_api: ok",
      "group acme: ok",
      "role in acme: ok",
      "people's tokens in acme: ok",
    ]);
    expect(asked).toEqual(["personal_access_tokens/self", "namespaces/acme", "groups/1/members/all/51"]);
  });

  it.each([
    { scopes: ["api"], told: ["scope read_api: ok", "scope api: extra"] },
    { scopes: ["read_user"], told: ["scope read_api: missing", "scope read_user: extra"] },
    { scopes: ["read_api", "write_repository"], told: ["scope read_api: ok", "scope write_repository: extra"] },
    { scopes: "api", told: ["scopes: unknown"] },
  ])("scopes $scopes are $told", async ({ scopes, told: expected }) => {
    const self = answered({ id: 1201, user_id: 51, scopes });
    const { checks } = await check({ viewer: "owner", instead: (path) => (path.endsWith("/self") ? self : undefined) });

    expect(told(checks).filter((line) => line.startsWith("scope"))).toEqual(expected);
  });

  it.each([
    { level: 40, hides: "group access tokens" },
    { level: 30, hides: "all tokens" },
  ])("the role $level hides $hides", async ({ level, hides }) => {
    const member = answered({ id: 51, access_level: level });
    const { checks } = await check({
      viewer: "owner",
      instead: (path) => (path.includes("/members/") ? member : undefined),
    });

    expect(checks).toContainEqual(
      expect.objectContaining({ subject: "role in acme", outcome: "missing", detail: expect.stringContaining(hides) }),
    );
  });

  it("a role that GitLab does not tell is unknown", async () => {
    const { checks } = await check({
      viewer: "owner",
      instead: (path) => (path.includes("/members/") ? refusal(404, "no") : undefined),
    });

    expect(told(checks)).toContain("role in acme: unknown");
  });

  it.each([
    { group: "nowhere", subject: "group nowhere: missing" },
    { group: "globex", subject: "group globex: missing" },
  ])("the group $group is not there for this credential", async ({ group, subject }) => {
    const { checks } = await check({ viewer: "owner", config: { group } });

    expect(told(checks)).toContain(subject);
  });

  it.each([
    { plan: undefined, group: "acme", outcome: "unknown" },
    { plan: "free", group: "acme", outcome: "missing" },
    { plan: "ultimate", group: "acme/platform", outcome: "missing" },
  ])("people's tokens under the plan $plan in $group are $outcome", async ({ plan, group, outcome }) => {
    const { checks } = await check({ viewer: "owner", ...(plan && { plan }), config: { group } });

    expect(told(checks)).toContain(`people's tokens in ${group}: ${outcome}`);
  });

  it.each([
    { viewer: "admin", outcome: "ok" },
    { viewer: "plain", outcome: "missing" },
  ] as const)("the instance is $outcome to the viewer $viewer", async ({ viewer, outcome }) => {
    const { checks } = await check({ viewer, config: { instance: true } });

    expect(told(checks)).toContain(`instance 127.0.0.1: ${outcome}`);
  });

  it("a plain user is told what will be read, and what is too much", async () => {
    expect(told((await check({ viewer: "plain" })).checks)).toEqual([
      "credential: ok",
      "scope read_api: ok",
      "scope api: extra",
      "projects: ok",
    ]);
  });
});
