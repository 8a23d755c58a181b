import { isMapping } from "../../model/mapping.ts";
import type { Told } from "../../model/told.ts";
import { reasonOf } from "../gap.ts";
import { nothingOf, pages, type Reading, readRecord } from "./list.ts";
import { jobToken } from "./normalise-ci.ts";
import { ofProject, type Reader } from "./reader.ts";
import { placeOf, type Session, type Unit } from "./session.ts";
import { pathOf } from "./units.ts";
import { idOf } from "./wire.ts";

/** Whether and for whom a project is open to the tokens of other projects' jobs. Where all are let in, there are no lists to read. */
export async function jobTokens({ session }: Reader, project: Unit): Promise<Reading[]> {
  const path = `projects/${project.id}/job_token_scope`;
  const listing = ofProject("job token settings", project);
  const answer = await readRecord(session.http, { path }, "the settings of the job token");
  if ("refused" in answer) return [{ ...nothingOf(listing), ...answer }];
  const { inbound_enabled } = answer.record;
  const place = placeOf(session, project, { api: `GET /${path}`, page: "ci_cd" });
  const { allowed, gaps } =
    inbound_enabled === true ? await allowedBy(session, project, path) : { allowed: undefined, gaps: [] };
  const token = jobToken({ inbound_enabled }, place, { id: project.id, ...(allowed && { allowed }) });
  return [{ ...nothingOf(listing), tokens: [token], pages: 1 }, ...gaps];
}

async function allowedBy(
  session: Session,
  project: Unit,
  path: string,
): Promise<{ allowed: Told<string[]>; gaps: Reading[] }> {
  const names: string[] = [];
  for (const [what, list] of LISTS) {
    for await (const page of pages(session.http, { path: `${path}/${list}` })) {
      if ("records" in page) names.push(...page.records.map((record) => nameOf(record, what)));
      else {
        const listing = ofProject(`allow-lists of ${what}s for job tokens`, project);
        const allowed = { unknown: reasonOf(page.refused) };
        return { allowed, gaps: [{ ...nothingOf(listing), refused: page.refused }] };
      }
    }
  }
  return { allowed: { value: names }, gaps: [] };
}

const LISTS = [
  ["project", "allowlist"],
  ["group", "groups_allowlist"],
] as const;

function nameOf(record: unknown, what: string): string {
  if (!isMapping(record)) return `${what} ?`;
  return `${what} ${pathOf(record.path_with_namespace ?? record.full_path) ?? idOf(record.id) ?? "?"}`;
}
