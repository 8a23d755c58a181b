import { isMapping } from "../../model/mapping.ts";
import type { Refused } from "../../net/http.ts";
import type { Estate } from "./estate.ts";
import { connected, isNamed, pagesOf } from "./graphql.ts";

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
  const list = {
    what: "the list of organisations",
    pageIn: ({ enterprise }: Readonly<Record<string, unknown>>) => pageOf(enterprise, slug),
  };
  for await (const one of pagesOf(about, QUERY, { slug }, list)) {
    if ("refused" in one) yield one;
    else yield* one.page.logins;
  }
}

function pageOf(enterprise: unknown, slug: string): { logins: string[]; cursor: string | undefined } | undefined {
  if (!isMapping(enterprise) || !isNamed(enterprise.slug, slug)) return undefined;
  const page = connected(enterprise.organizations);
  const logins = page?.nodes.map((node) => (isMapping(node) && typeof node.login === "string" ? node.login : ""));
  return page && logins?.every((login) => LOGIN.test(login)) ? { logins, cursor: page.cursor } : undefined;
}
