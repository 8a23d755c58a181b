import type { Told } from "../../model/told.ts";
import type { Refused } from "../../net/http.ts";
import { reasonOf } from "../gap.ts";
import { nothingOf, type Reading, readRecord, readThings, readWhole } from "./list.ts";
import { agentToken } from "./normalise-ci.ts";
import { ofProject, type Reader } from "./reader.ts";
import { placeOf, type Session, type Unit } from "./session.ts";
import { idOf, instantOf, textOf, type Wire } from "./wire.ts";

/** The tokens of a project's agents for Kubernetes: a listing of agents, one of each agent's tokens, and the details of each token. */
export async function agents({ session }: Reader, project: Unit): Promise<Reading[]> {
  const listing = ofProject("cluster agents", project);
  const found: Reading[] = [];
  const tokens: Reading[] = [];
  const request = { path: `projects/${project.id}/cluster_agents` };
  for await (const one of readThings(session.http, listing, request, agentOf)) {
    if ("thing" in one) tokens.push(...(await tokensOf(session, project, one.thing)));
    else found.push(one.reading);
  }
  return [...found, ...tokens];
}

interface Agent {
  id: string;
  name: string;
}

function agentOf(record: Wire): Agent | undefined {
  const id = idOf(record.id);
  return id === undefined ? undefined : { id, name: textOf(record.name, 255) ?? id };
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
    const details = await readRecord(session.http, { path: `${path}/${idOf(record.id)}` }, "one token");
    const token = agentToken(record, placed, { ...agent, last_used: lastUseIn(details) });
    if (token) reading.tokens.push(token);
    if ("refused" in details) {
      readings.push({ ...nothingOf(ofProject("details of cluster agent tokens", project)), refused: details.refused });
    }
  }
  return readings;
}

function lastUseIn(details: { record: Wire } | { refused: Refused }): Told<string | null> {
  return "refused" in details
    ? { unknown: reasonOf(details.refused) }
    : instantOf("last_used", details.record.last_used_at);
}
