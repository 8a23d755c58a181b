import { describe, expect, it } from "vitest";
import { gitlab } from "../../../src/collect/gitlab/index.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { credentials, planted } from "./company.ts";
import { gitlabEstate, type Options } from "./estate.ts";
import { readEstate, type Told } from "./reading.ts";

const viewers = ["admin", "owner", "plain"] as const;
const read = (options: Options) => readEstate(gitlabEstate(options));
const wholes = new Map<string, Promise<Told>>();

/** All that a viewer sees, read once for the tests that only look. */
function whole(viewer: Options["viewer"]): Promise<Told> {
  const told = wholes.get(viewer) ?? read({ viewer, people: "shown" });
  wholes.set(viewer, told);
  return told;
}

function idsOf(tokens: readonly Token[], kind: string): string[] {
  const ofKind = tokens.filter((token) => token.kind === `gitlab/${kind}`);
  return ofKind.map(({ id }) => id.replace(/^gitlab\//, "").replace(`${kind}/`, "")).sort();
}

describe.each(viewers)("to the viewer %s, GitLab", (viewer) => {
  it("is asked by reading alone, and for no values where there is a listing without them", async () => {
    const { asked, writes } = await whole(viewer);

    expect(writes).toEqual([]);
    expect(asked.filter((path) => /variables|^groups\/[^/]+$/.test(path))).toEqual([]);
  });

  it("shows no secret that comes out", async () => {
    const { tokens, coverage } = await whole(viewer);
    const text = JSON.stringify([tokens, coverage]);

    expect(tokens.length).toBeGreaterThan(3);
    for (const secret of [...Object.values(planted), ...Object.values(credentials)]) expect(text).not.toContain(secret);
  });

  it("gives tokens of declared kinds, with declared fields alone", async () => {
    const { tokens } = await whole(viewer);
    const contradicted = tokens.flatMap(({ id, kind, unknown }) =>
      Object.entries(gitlab.fields[kind] ?? { kind: "undeclared" }).flatMap(([field, told]) => {
        const reason = Object.entries(unknown).find(([name]) => name === field)?.[1];
        const isRight = told === "varies" || (told === "known" ? reason === undefined : reason === told);
        return isRight ? [] : [`${id} ${field}: ${reason}`];
      }),
    );

    expect(contradicted).toEqual([]);
  });

  it("gives each token once, the credential's own among them, in the same order each time", async () => {
    const [one, other] = [await whole(viewer), await read({ viewer, people: "shown" })];
    const ids = one.tokens.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(other.tokens).toEqual(one.tokens);
    expect(one.tokens.filter(({ collector }) => collector)).toHaveLength(1);
  });

  it("gives the same tokens whatever fits on a page", async () => {
    const large = await read({ viewer, people: "shown", perPage: 100 });
    const inOrder = ({ tokens }: Told) => [...tokens].sort((one, other) => (one.id < other.id ? -1 : 1));

    expect(inOrder(large)).toEqual(inOrder(await whole(viewer)));
  });
});

describe("the owner of a group", () => {
  it("sees what is in the group and below it, and nothing of others", async () => {
    const { tokens } = await whole("owner");
    const accounts = new Set(tokens.map(({ account }) => account));

    expect(accounts).toEqual(new Set(["127.0.0.1/acme", "127.0.0.1"]));
    expect(idsOf(tokens, "project-access-token")).toEqual([
      "127.0.0.1/acme/1101",
      "127.0.0.1/acme/1102",
      "127.0.0.1/acme/1103",
    ]);
    expect(idsOf(tokens, "group-access-token")).toEqual(["127.0.0.1/acme/1201", "127.0.0.1/acme/1202"]);
    expect(idsOf(tokens, "service-account-token")).toEqual(["127.0.0.1/1301"]);
    expect(idsOf(tokens, "deploy-token")).toEqual([2001, 2002, 2003, 2004].map((id) => `127.0.0.1/acme/${id}`));
    expect(idsOf(tokens, "deploy-key")).toEqual(
      ["101/3001", "102/3001", "104/3002"].map((id) => `127.0.0.1/acme/${id}`),
    );
    expect(idsOf(tokens, "trigger-token")).toEqual([4001, 4002, 4003, 4004].map((id) => `127.0.0.1/acme/${id}`));
    expect(idsOf(tokens, "cluster-agent-token")).toEqual([6001, 6002].map((id) => `127.0.0.1/acme/${id}`));
    expect(idsOf(tokens, "ci-job-token")).toEqual([101, 102, 103, 104, 105].map((id) => `127.0.0.1/acme/${id}`));
  });

  it("sees each runner once, wherever it serves", async () => {
    const { tokens } = await whole("owner");

    expect(idsOf(tokens, "runner-authentication-token")).toEqual([5001, 5002, 5003].map((id) => `127.0.0.1/${id}`));
  });

  it("sees a service account's tokens once, where people's are shown with them", async () => {
    const { tokens } = await whole("owner");

    expect(idsOf(tokens, "personal-access-token")).toEqual(
      [1001, 1002, 1003, 1004, 1006].map((id) => `127.0.0.1/${id}`),
    );
  });

  it.each([
    { people: "denied", plan: undefined, outcome: "denied", why: "403" },
    { people: "missing", plan: undefined, outcome: "not-exposed", why: "no listing" },
    { people: "shown", plan: "premium", outcome: "not-exposed", why: "plan is premium" },
  ] as const)("is told that people's tokens are missing: $outcome, as $why", async ({ people, plan, outcome, why }) => {
    const { tokens, coverage } = await read({ viewer: "owner", people, ...(plan && { plan }) });

    expect(idsOf(tokens, "personal-access-token")).toEqual([]);
    expect(coverage).toContainEqual(
      expect.objectContaining({
        subject: "personal access tokens of people of the group acme",
        outcome,
        detail: expect.stringContaining(why),
      }),
    );
  });

  it("of a subgroup is told what only a top-level group shows", async () => {
    const { tokens, coverage } = await read({ viewer: "owner", config: { group: "acme/platform" } });

    expect(tokens.map(({ account }) => account)).toContain("127.0.0.1/acme");
    expect(
      coverage.filter(({ account, outcome }) => account && outcome === "not-exposed").map(({ subject }) => subject),
    ).toEqual([
      "service account tokens of the group acme/platform",
      "personal access tokens of people of the group acme/platform",
    ]);
  });

  it("may name groups by number, several, and one inside another: each is read once", async () => {
    const all = await whole("owner");
    const named = await read({ viewer: "owner", people: "shown", config: { group: [3, "acme/platform", 1, "acme"] } });

    expect(named.tokens).toEqual(all.tokens);
  });

  it("is told of archived projects, or reads them", async () => {
    const [without, also] = [await whole("owner"), await read({ viewer: "owner", config: { archived: true } })];

    expect(without.coverage).toContainEqual(
      expect.objectContaining({ subject: "archived projects", outcome: "not-asked" }),
    );
    expect(idsOf(also.tokens, "ci-job-token")).toContain("127.0.0.1/acme/106");
    expect(also.coverage.map(({ subject }) => subject)).not.toContain("archived projects");
  });

  it("reads the lists of who is let in only where not everybody is", async () => {
    const { tokens, asked } = await whole("owner");
    const jobTokens = tokens.filter(({ kind }) => kind === "gitlab/ci-job-token");
    const letIn = Object.fromEntries(jobTokens.map(({ name, consumers }) => [name, consumers?.map((one) => one.name)]));

    expect(letIn["CI job token to acme/web"]).toEqual(["project acme/web", "project acme/api", "group acme/data"]);
    expect(letIn["CI job token to acme/data/etl"]).toBeUndefined();
    expect(asked).not.toContain("projects/105/job_token_scope/allowlist");
  });
});

describe("an administrator", () => {
  it("sees everybody's tokens by what they are", async () => {
    const { tokens } = await whole("admin");

    expect(idsOf(tokens, "personal-access-token")).toEqual(
      [1001, 1002, 1003, 1004, 1006].map((id) => `127.0.0.1/${id}`),
    );
    expect(idsOf(tokens, "impersonation-token")).toEqual(["127.0.0.1/1005"]);
    expect(idsOf(tokens, "service-account-token")).toEqual(["127.0.0.1/1301"]);
    expect(idsOf(tokens, "runner-authentication-token")).toHaveLength(4);
    expect(idsOf(tokens, "ci-job-token")).toContain("127.0.0.1/globex/107");
  });

  it("sees the state of people, for one listing of users", async () => {
    const { tokens, asked } = await read({ viewer: "admin", perPage: 100 });
    const bobs = tokens.filter(({ principal }) => principal?.name === "bob");

    expect(bobs.map(({ principal }) => principal?.state)).toEqual(["suspended", "suspended", "suspended"]);
    expect(asked.filter((path) => path === "users")).toHaveLength(1);
  });

  it("is told when GitLab showed no more than to anybody else", async () => {
    const { coverage } = await read({ viewer: "plain", config: { instance: true } });

    expect(coverage).toContainEqual(
      expect.objectContaining({
        subject: "personal access tokens of everybody on the instance 127.0.0.1",
        outcome: "denied",
      }),
    );
    expect(coverage.filter(({ outcome }) => outcome === "denied").map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        "deploy tokens of the instance 127.0.0.1",
        "deploy keys of the instance 127.0.0.1",
        "runners of the instance 127.0.0.1",
        "users of the instance 127.0.0.1",
      ]),
    );
  });
});

describe("a plain user", () => {
  it("sees the own tokens and the projects where the role is enough", async () => {
    const { tokens, asked } = await whole("plain");

    expect(idsOf(tokens, "personal-access-token")).toEqual(["127.0.0.1/1002"]);
    expect(idsOf(tokens, "ci-job-token")).toEqual(["127.0.0.1/acme/101"]);
    expect(asked.filter((path) => path.startsWith("projects/102"))).toEqual([]);
  });

  it("is told how many projects show nothing, and that groups were not asked for", async () => {
    const { coverage } = await whole("plain");

    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "denied", detail: "1 project shows no tokens to this user" }),
    );
    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "not-asked", subject: "groups of the presented credential" }),
    );
  });

  it("collects with more rights than that takes", async () => {
    const { tokens } = await whole("plain");

    expect(tokens.find(({ collector }) => collector)?.collector).toEqual({
      extra: ["api"],
      least: ["read_api", "access_level:40"],
    });
  });
});
