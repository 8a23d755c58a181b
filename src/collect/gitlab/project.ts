import { agents } from "./agents.ts";
import type { Family } from "./families.ts";
import { jobTokens } from "./job-tokens.ts";
import { type Reading, readWhole } from "./list.ts";
import { accessToken } from "./normalise.ts";
import { runnerToken, triggerToken } from "./normalise-ci.ts";
import { deployKey, deployToken } from "./normalise-deploy.ts";
import { ofProject, type Reader } from "./reader.ts";
import { ofHost, placeOf, type Unit } from "./session.ts";

/** All listings of a project. */
export const ownFamilies: readonly Family[] = [
  accessTokens,
  deployTokens,
  deployKeys,
  triggers,
  runners,
  jobTokens,
  agents,
];

/** Those that a whole instance does not answer at once. */
export const onlyProjectFamilies: readonly Family[] = [accessTokens, triggers, jobTokens, agents];

async function accessTokens({ session, own }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/access_tokens`;
  const place = {
    ...placeOf(session, project, { api: `GET /${path}`, page: "access_tokens" }),
    own: own.mark,
    kind: "project",
    reach: "single",
    user: { unknown: "not-asked" },
  } as const;
  const listing = ofProject("project access tokens", project);
  return [await readWhole(session.http, listing, { path }, (record) => accessToken(record, place))];
}

async function deployTokens({ session }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/deploy_tokens`;
  const place = placeOf(session, project, { api: `GET /${path}`, page: "repository" });
  const reach = { value: { selection: "single" } } as const;
  const listing = ofProject("deploy tokens", project);
  return [await readWhole(session.http, listing, { path }, (record) => deployToken(record, place, reach))];
}

async function deployKeys({ session }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/deploy_keys`;
  const place = placeOf(session, project, { api: `GET /${path}`, page: "repository" });
  const normalise = (record: Readonly<Record<string, unknown>>) =>
    deployKey(record, place, { id: project.id, can_push: record.can_push });
  return [await readWhole(session.http, ofProject("deploy keys", project), { path }, normalise)];
}

async function triggers({ session }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/triggers`;
  const place = placeOf(session, project, { api: `GET /${path}`, page: "ci_cd" });
  const listing = ofProject("trigger tokens", project);
  return [await readWhole(session.http, listing, { path }, (record) => triggerToken(record, place))];
}

/** The project's own runners: those of groups and of the instance are listed there. */
async function runners({ session }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/runners`;
  const request = { path, query: { type: "project_type" } };
  const place = ofHost(session, `GET /${path}`);
  const listing = ofProject("project runners", project);
  return [await readWhole(session.http, listing, request, (record) => runnerToken(record, place))];
}
