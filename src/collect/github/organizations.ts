import { isMapping } from "../../model/mapping.ts";
import type { Refused } from "../../net/http.ts";
import type { Estate } from "./estate.ts";
import { ask, connected } from "./graphql.ts";
import { failure } from "./listing.ts";

const QUERY = `query($slug: String!, $after: String) {
  enterprise(slug: $slug) {
    slug
    organizations(first: 100, after: $after) {
      nodes { login }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** As GitHub names organisations; managed users have an underscore. */
const LOGIN = /^[A-Za-z0-9_-]{1,100}$/;

/** The logins of an enterprise's organisations, page by page; ends with a refusal where one comes. */
export async function* organizationsOf(
  slug: string,
  about: Pick<Estate, "http" | "hosts">,
): AsyncIterable<string | { refused: Refused }> {
  let after: string | undefined;
  for (;;) {
    const answer = await ask(about, QUERY, { slug, after: after ?? null });
    const page = "refused" in answer ? answer : pageOf(answer.data.enterprise, slug);
    if ("refused" in page) return yield page;
    yield* page.logins;
    if (page.cursor === undefined) return;
    if (page.cursor === after)
      return yield { refused: failure("POST graphql: the list of organisations repeats itself") };
    after = page.cursor;
  }
}

function pageOf(
  enterprise: unknown,
  slug: string,
): { logins: string[]; cursor: string | undefined } | { refused: Refused } {
  const isRight = isMapping(enterprise) && String(enterprise.slug).toLowerCase() === slug.toLowerCase();
  const page = isRight ? connected(enterprise.organizations) : undefined;
  const logins = page?.nodes.map((node) => (isMapping(node) && typeof node.login === "string" ? node.login : ""));
  if (!page || !logins?.every((login) => LOGIN.test(login)))
    return { refused: failure("POST graphql: the list of organisations is not as documented") };
  return { logins, cursor: page.cursor };
}
