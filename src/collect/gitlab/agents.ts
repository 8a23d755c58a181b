import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import type { Told } from "../../model/told.ts";
import { reasonOf } from "../gap.ts";
import { misshapen, pages, type Reading, readWhole } from "./list.ts";
import { agentToken } from "./normalise-ci.ts";
import { ofProject, type Reader } from "./reader.ts";
import { placeOf, type Session, type Unit } from "./session.ts";
import { idOf, instantOf, textOf, type Wire } from "./wire.ts";

/** The tokens of a project's agents for Kubernetes: a listing of agents, one of each agent's tokens, and the details of each token. */
export async function agents({ session }: Reader, project: Unit): Promise<Reading[]> {
  const listing = ofProject("cluster agents", project);
  const found: Reading[] = [];
  const tokens: Reading[] = [];
  for await (const page of pages(session.http, { path: `projects/${project.id}/cluster_agents` })) {
    if ("refused" in page) {
      found.push({ listing, tokens: [], pages: 0, broken: 0, refused: page.refused });
      continue;
    }
    const known = page.records.map(agentOf);
    found.push({ listing, tokens: [], pages: 0, broken: known.filter((agent) => !agent).length });
    for (const agent of known) if (agent) tokens.push(...(await tokensOf(session, project, agent)));
  }
  return [...found, ...tokens];
}

interface Agent {
  id: string;
  name: string;
}

function agentOf(record: unknown): Agent | undefined {
  const id = isMapping(record) ? idOf(record.id) : undefined;
  if (id === undefined || !isMapping(record)) return undefined;
  return { id, name: textOf(record.name, 255) ?? id };
}

async function tokensOf(session: Session, project: Unit, agent: Agent): Promise<Reading[]> {
  const path = `projects/${project.id}/cluster_agents/${agent.id}/tokens`;
  const place = placeOf(session, project, { api: `GET /${path}/:token_id`, page: "ci_cd" });
  const { url: _, ...placed } = place;
  const listing = ofProject("cluster agent tokens", project);
  const records: Wire[] = [];
  const reading = await readWhole(session.http, listing, { path }, (record) => {
    if (idOf(record.id) === undefined) return undefined;
    records.push(record);
    return [];
  });
  const readings = [reading];
  for (const record of records) {
    const { last_used, gap } = await lastUseOf(session, `${path}/${idOf(record.id)}`);
    const token: Token | undefined = agentToken(record, placed, { ...agent, last_used });
    if (token) reading.tokens.push(token);
    if (gap) readings.push({ ...gap, listing: ofProject("details of cluster agent tokens", project) });
  }
  return readings;
}

type Gap = Omit<Reading, "listing">;

async function lastUseOf({ http }: Session, path: string): Promise<{ last_used: Told<string | null>; gap?: Gap }> {
  const reply = await http.get({ path });
  if (reply.outcome === "read" && isMapping(reply.body)) {
    return { last_used: instantOf("last_used", reply.body.last_used_at) };
  }
  const refused = reply.outcome === "read" ? misshapen({ path }, "one token") : reply;
  return { last_used: { unknown: reasonOf(refused) }, gap: { tokens: [], pages: 0, broken: 0, refused } };
}
