import type { Collected } from "../../model/flow.ts";
import type { Provider } from "../provider.ts";
import { checkAccess } from "./check.ts";
import { type GitlabConfig, ID } from "./config.ts";
import { fields, grant, hidden, RIGHTS } from "./facts.ts";
import { readGroups } from "./group.ts";
import { readInstance } from "./instance.ts";
import { KINDS } from "./kinds.ts";
import { readMembership } from "./membership.ts";
import { ownToken, readOwn } from "./own.ts";
import type { Reader } from "./reader.ts";
import { openSession } from "./session.ts";

export type { GitlabConfig } from "./config.ts";

/** The tokens of GitLab: of groups, of a whole instance, or of the projects of one user. */
export const gitlab = {
  id: ID,
  title: "GitLab.com and self-managed GitLab",
  kinds: Object.values(KINDS),
  rights: RIGHTS,
  grant,
  hidden,
  fields,

  async *collect(config, context) {
    const session = await openSession(config, context);
    const own = await readOwn(session);
    yield* own.gaps.map((coverage) => ({ coverage }));
    let isSeen = false;
    for await (const item of read({ session, own }, config)) {
      if ("token" in item && item.token.collector) isSeen = true;
      yield item;
    }
    const unseen = isSeen ? undefined : ownToken(own, session);
    if (unseen) yield unseen;
    if (!config.archived) yield archivedNotAsked(session.host);
  },

  async *check(config, context) {
    yield* checkAccess(await openSession(config, context));
  },
} as const satisfies Provider<GitlabConfig>;

function read(reader: Reader, { instance, group }: GitlabConfig): AsyncIterable<Collected> {
  if (instance) return readInstance(reader);
  return group === undefined ? readMembership(reader) : readGroups(reader, [group].flat());
}

function archivedNotAsked(host: string): Collected {
  return {
    coverage: {
      source: ID,
      account: host,
      subject: "archived projects",
      outcome: "not-asked",
      items: 0,
      detail: "archived projects are left out, and their tokens still work",
      remedy: "set archived: true",
    },
  };
}
