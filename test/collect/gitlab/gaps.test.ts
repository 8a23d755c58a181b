import { describe, expect, it } from "vitest";
import { answered, gitlabEstate, type Options, refusal } from "./estate.ts";
import { readEstate } from "./reading.ts";

const read = (options: Options) => readEstate(gitlabEstate(options));
const wholes = new Map<string, Set<string | undefined>>();
const nativeOf = ({ id }: { id: string }) => id.split("/").at(-1);

/** The native ids of all that a viewer sees where nothing goes wrong. */
async function wholeOf(viewer: Options["viewer"]): Promise<Set<string | undefined>> {
  const whole =
    wholes.get(viewer) ?? new Set((await read({ viewer, people: "shown", perPage: 100 })).tokens.map(nativeOf));
  wholes.set(viewer, whole);
  return whole;
}

/** Each listing of each viewer once: `path` is what is answered differently. */
const listings = [
  { viewer: "owner", path: "namespaces/acme", also: "groups/acme", subject: "group acme" },
  { viewer: "owner", path: "groups/1/descendant_groups", subject: "subgroups of the group acme" },
  { viewer: "owner", path: "groups/2/access_tokens", subject: "group access tokens of the group acme/platform" },
  { viewer: "owner", path: "groups/2/deploy_tokens", subject: "group deploy tokens of the group acme/platform" },
  { viewer: "owner", path: "groups/2/runners", subject: "group runners of the group acme/platform" },
  { viewer: "owner", path: "groups/1/service_accounts", subject: "service accounts of the group acme" },
  {
    viewer: "owner",
    path: "groups/1/service_accounts/52/personal_access_tokens",
    subject: "service account tokens of the group acme",
  },
  { viewer: "owner", path: "groups/1/projects", subject: "projects of the group acme" },
  { viewer: "owner", path: "projects/101/access_tokens", subject: "project access tokens of the project acme/web" },
  { viewer: "owner", path: "projects/101/deploy_tokens", subject: "deploy tokens of the project acme/web" },
  { viewer: "owner", path: "projects/101/deploy_keys", subject: "deploy keys of the project acme/web" },
  { viewer: "owner", path: "projects/101/triggers", subject: "trigger tokens of the project acme/web" },
  { viewer: "owner", path: "projects/101/runners", subject: "project runners of the project acme/web" },
  { viewer: "owner", path: "projects/101/job_token_scope", subject: "job token settings of the project acme/web" },
  {
    viewer: "owner",
    path: "projects/101/job_token_scope/allowlist",
    subject: "allow-lists of projects for job tokens of the project acme/web",
  },
  {
    viewer: "owner",
    path: "projects/101/job_token_scope/groups_allowlist",
    subject: "allow-lists of groups for job tokens of the project acme/web",
  },
  {
    viewer: "owner",
    path: "projects/103/cluster_agents",
    subject: "cluster agents of the project acme/platform/deploy",
  },
  {
    viewer: "owner",
    path: "projects/103/cluster_agents/61/tokens",
    subject: "cluster agent tokens of the project acme/platform/deploy",
  },
  {
    viewer: "owner",
    path: "projects/103/cluster_agents/61/tokens/6001",
    subject: "details of cluster agent tokens of the project acme/platform/deploy",
  },
  { viewer: "owner", path: "personal_access_tokens/self", subject: "the presented credential" },
  { viewer: "owner", path: "user", subject: "the user of the presented credential" },
  { viewer: "admin", path: "deploy_tokens", subject: "deploy tokens of the instance 127.0.0.1" },
  { viewer: "admin", path: "deploy_keys", subject: "deploy keys of the instance 127.0.0.1" },
  { viewer: "admin", path: "runners/all", subject: "runners of the instance 127.0.0.1" },
  { viewer: "admin", path: "users", subject: "users of the instance 127.0.0.1" },
  { viewer: "admin", path: "users/3/impersonation_tokens", subject: "impersonation tokens of the user bob" },
  { viewer: "admin", path: "personal_access_tokens", subject: "personal access tokens of the instance 127.0.0.1" },
  { viewer: "admin", path: "groups", subject: "groups of the instance 127.0.0.1" },
  { viewer: "admin", path: "projects", subject: "projects of the instance 127.0.0.1" },
  { viewer: "plain", path: "personal_access_tokens", subject: "personal access tokens of the credential presented" },
  { viewer: "plain", path: "projects", subject: "projects of the credential presented" },
] as const;

const answers = [
  { what: "401", answer: refusal(401, "401 Unauthorized"), outcome: "denied" },
  { what: "403", answer: refusal(403, "403 Forbidden"), outcome: "denied" },
  { what: "404", answer: refusal(404, "404 Not Found"), outcome: "denied" },
  { what: "503", answer: refusal(503, "down"), outcome: "failed" },
  {
    what: "429 in plain text",
    answer: { status: 429, headers: { "content-type": "text/plain" }, body: "Retry later\n" },
    outcome: "failed",
  },
  {
    what: "a web page",
    answer: { status: 200, headers: { "content-type": "text/html" }, body: "<html>sign in</html>" },
    outcome: "failed",
  },
  { what: "text where records are expected", answer: answered("nothing here"), outcome: "failed" },
  { what: "null", answer: answered(null), outcome: "failed" },
];

const cases = listings.flatMap((listing, index) => {
  const { what, answer, outcome } = answers[index % answers.length] ?? answers[0] ?? expect.fail();
  return [
    { ...listing, what, answer, outcome },
    { ...listing, what: "403", answer: refusal(403, "403 Forbidden"), outcome: "denied" },
  ];
});

describe("where GitLab answers", () => {
  it.each(cases)(
    "$path with $what, that is told as $outcome, and the rest is read",
    async ({ viewer, path, subject, answer, outcome, ...more }) => {
      const also = "also" in more ? more.also : undefined;
      const known = await wholeOf(viewer);
      const told = await read({
        viewer,
        people: "shown",
        perPage: 100,
        instead: (asked) => (asked === path || asked === also ? answer : undefined),
      });
      const gap = told.coverage.find((line) => line.subject === subject && line.outcome === outcome);

      expect(gap).toMatchObject({ detail: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) });
      expect(told.tokens.filter((token) => !known.has(nativeOf(token)))).toEqual([]);
      if (subject !== "group acme") expect(told.tokens.length).toBeGreaterThan(0);
    },
  );

  it("names the right that is missing", async () => {
    const { coverage } = await read({
      viewer: "owner",
      instead: (path) => (path === "projects/101/triggers" ? refusal(403, "no") : undefined),
    });

    expect(coverage.find(({ outcome }) => outcome === "denied")).toMatchObject({
      remedy: "give the credential the role Maintainer and the scope read_api in the project acme/web",
    });
  });

  it("no details, the token stays and says that its use is unknown", async () => {
    const path = "projects/103/cluster_agents/61/tokens/6001";
    const { tokens } = await read({
      viewer: "owner",
      instead: (asked) => (asked === path ? refusal(403, "no") : undefined),
    });

    expect(tokens.find(({ id }) => id.endsWith("cluster-agent-token/6001"))?.unknown).toMatchObject({
      last_used: "denied",
    });
  });

  it("with nobody's users, tokens are left out whose kind nobody can tell, and are counted", async () => {
    const { tokens, coverage } = await read({
      viewer: "admin",
      perPage: 100,
      instead: (path) => (path === "users" ? refusal(403, "no") : undefined),
    });
    const kinds = ["gitlab/personal-access-token", "gitlab/impersonation-token", "gitlab/service-account-token"];

    expect(tokens.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)).toEqual(["tokenward"]);
    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "failed", detail: expect.stringContaining("11 of them are left out") }),
    );
  });

  it("records without identity, they are counted as failed and the others are read", async () => {
    const broken = [null, 7, { id: "x" }, { id: 1, name: "sound", scopes: [] }];
    const { tokens, coverage } = await read({
      viewer: "owner",
      instead: (path) => (path === "projects/101/deploy_tokens" ? answered(broken) : undefined),
    });

    expect(tokens.map(({ name }) => name)).toContain("sound");
    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "failed", detail: expect.stringContaining("3 records have no id") }),
    );
  });

  it("the same page for ever, that is told and the run ends", async () => {
    const page = answered([{ id: 1, name: "again", scopes: [] }], { "x-next-page": "2" });
    const { coverage } = await read({
      viewer: "owner",
      instead: (path) => (path === "projects/101/deploy_tokens" ? page : undefined),
    });

    expect(coverage).toContainEqual(
      expect.objectContaining({ subject: "deploy tokens of the project acme/web", outcome: "failed" }),
    );
  });

  it("nothing at all, many gaps of one kind are counted", async () => {
    const more = Array.from({ length: 120 }, (_, index) => ({
      id: 1_000 + index,
      path_with_namespace: `acme/x${index}`,
    }));
    const { coverage } = await read({
      viewer: "owner",
      more,
      perPage: 100,
      instead: (path) => (/triggers$/.test(path) ? refusal(403, "no") : undefined),
    });
    const gaps = coverage.filter(({ subject }) => subject.startsWith("trigger tokens"));

    expect(gaps).toHaveLength(101);
    expect(gaps.at(-1)).toMatchObject({ outcome: "failed", detail: "25 more of these listings could not be read" });
  });

  it("with another user's namespace, that is not taken for a group", async () => {
    const { coverage } = await read({
      viewer: "owner",
      instead: (path) =>
        path === "namespaces/acme" ? answered({ id: 1, kind: "user", full_path: "acme" }) : undefined,
    });

    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "failed", detail: "acme is a user, not a group" }),
    );
  });

  it.each(["../../evil", "a b", "::error::", "x".repeat(2_000), 7, null])(
    "a project with the path %j, it is named by its number",
    async (path) => {
      const { tokens } = await read({
        viewer: "owner",
        instead: (asked) =>
          asked === "groups/1/projects" ? answered([{ id: 101, path_with_namespace: path }]) : undefined,
      });

      expect(tokens.find(({ id }) => id.endsWith("ci-job-token/101"))).toMatchObject({
        account: "127.0.0.1/acme",
        name: "CI job token to 101",
      });
    },
  );
});
