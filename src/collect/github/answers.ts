import type { Token } from "../../model/documents.gen.ts";
import { normaliseDeployKey } from "./deploy-keys.ts";
import type { Estate } from "./estate.ts";
import type { FamilyId } from "./families.ts";
import { segment } from "./hosts.ts";
import { failure, PAGE, readAll } from "./listing.ts";
import { normaliseSecret, type Store } from "./normalise-secret.ts";
import { STORES } from "./organization-secrets.ts";
import { numberId, type Row } from "./record.ts";
import { faultOf } from "./refusals.ts";
import type { Answer, Repository } from "./repository.ts";
import { normaliseDefault, refusedIn } from "./workflow-defaults.ts";

/** All questions about one repository, one after the other: others are under way beside it. */
export async function repositoryAnswers(
  estate: Estate,
  repository: Repository,
  asked: readonly FamilyId[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const family of asked) answers.push(...(await answersOf(estate, repository, family)));
  return answers;
}

async function answersOf(estate: Estate, repository: Repository, family: FamilyId): Promise<Answer[]> {
  if (family === "workflow-defaults") return [await defaultOf(estate, repository)];
  if (family === "environment-secrets") return environmentsOf(estate, repository);
  if (family === "deploy-keys")
    return [
      await listOf(estate, { family, path: `${repository.path}/keys`, of: repository.name }, (row) =>
        normaliseDeployKey(row, repository, estate),
      ),
    ];
  const store = STORES.find(({ id }) => id === family);
  return store ? [await secretsOf(estate, repository, store)] : [];
}

async function defaultOf(estate: Estate, { id, name, path: base }: Repository): Promise<Answer> {
  const path = `${base}/actions/permissions/workflow`;
  const reply = await estate.http.get({ path });
  const token = normaliseDefault(reply, estate, {
    native: `default/${id}`,
    name,
    principal: id,
    path,
    api: "GET /repos/{owner}/{repo}/actions/permissions/workflow",
    page: `${name}/settings/actions`,
    selection: "single",
  });
  return { family: "workflow-defaults", tokens: token ? [token] : [], of: name, ...refusedIn(reply, token, path) };
}

function secretsOf(estate: Estate, { id, name, path }: Repository, store: (typeof STORES)[number]): Promise<Answer> {
  const place: Store = {
    kind: store.kind,
    prefix: `${id}/`,
    place: name,
    api: `GET /repos/{owner}/{repo}/${store.part}/secrets`,
    page: `${name}/settings/secrets/${store.part}`,
    reach: { value: { selection: "single", count: 1 } },
  };
  const listing = { family: store.id, path: `${path}/${store.part}/secrets`, member: "secrets", of: name };
  return listOf(estate, listing, (row) => normaliseSecret(row, place, estate));
}

/** The environments first, then the secrets of each. */
async function environmentsOf(estate: Estate, repository: Repository): Promise<Answer[]> {
  const family = "environment-secrets";
  const path = `${repository.path}/environments`;
  const request = { path, query: { per_page: PAGE } };
  const { records, ending } = await readAll(estate.http, { request, member: "environments" });
  const refused = faultOf(ending, path);
  const answers: Answer[] = refused ? [{ family, tokens: [], refused, of: repository.name }] : [];
  for (const row of records) answers.push(await environmentOf(estate, repository, row));
  return answers;
}

/** The longest name of an environment that a record may hold. */
const LONGEST = 128;

async function environmentOf(estate: Estate, { id, name, path: base }: Repository, row: Row): Promise<Answer> {
  const family = "environment-secrets";
  const environment = typeof row.name === "string" ? row.name : "";
  const [number, part] = [numberId(row.id), segment(environment)];
  if (number === undefined || part === undefined) {
    const refused = failure(
      `GET ${base}/environments answered an environment without an id or with a name that no path can hold`,
    );
    return { family, tokens: [], refused, of: name };
  }
  const place: Store = {
    kind: "github/environment-secret",
    prefix: `${id}/${number}/`,
    place: `${environment.slice(0, LONGEST)} in ${name}`,
    api: "GET /repos/{owner}/{repo}/environments/{environment_name}/secrets",
    page: `${name}/settings/environments/${number}/edit`,
    reach: { value: { selection: "single", count: 1 } },
    environment: environment.slice(0, LONGEST).toWellFormed(),
  };
  const listing = {
    family,
    path: `${base}/environments/${part}/secrets`,
    member: "secrets",
    of: `${name} ${environment}`,
  } as const;
  return listOf(estate, listing, (row) => normaliseSecret(row, place, estate));
}

/** One list of one repository; what was read before it was refused is kept. */
async function listOf(
  { http }: Estate,
  { family, path, member, of }: { family: FamilyId; path: string; member?: string; of: string },
  normalise: (row: Row) => Token | undefined,
): Promise<Answer> {
  const request = { path, query: { per_page: PAGE } };
  const { records, ending } = await readAll(http, { request, ...(member !== undefined && { member }) });
  const tokens: Token[] = [];
  for (const row of records) {
    const token = normalise(row);
    if (token) tokens.push(token);
    else ending.strange += 1;
  }
  return { family, tokens, of, refused: faultOf(ending, path) };
}
