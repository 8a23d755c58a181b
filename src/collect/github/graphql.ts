import { isMapping } from "../../model/mapping.ts";
import type { Refused, Reply } from "../../net/http.ts";
import type { Estate } from "./estate.ts";
import { failure } from "./listing.ts";

/** One page of a GraphQL connection. */
interface Connected {
  nodes: readonly unknown[];
  /** Where the next page begins; undefined: this was the last. */
  cursor: string | undefined;
}

/** The data of a query, or the refusal that its errors mean: GraphQL answers 200 to both. */
export async function ask(
  { http, hosts }: Pick<Estate, "http" | "hosts">,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<{ data: Readonly<Record<string, unknown>> } | { refused: Refused }> {
  const reply = await http.graphql({ path: hosts.graphql }, document, variables);
  if (reply.outcome !== "read") return { refused: reply };
  const { body } = reply;
  const errors = isMapping(body) && Array.isArray(body.errors) ? body.errors.filter(isMapping) : [];
  if (errors.length > 0) return { refused: refusalIn(errors, reply) };
  const data = isMapping(body) ? body.data : undefined;
  return isMapping(data) ? { data } : { refused: refusal("failed", "holds no data", reply) };
}

/** Every page that `pageIn` finds in what a query answers, to the last one or to a refusal; the query takes a cursor as `after`. */
export async function* pagesOf<Page extends { cursor: string | undefined }>(
  about: Pick<Estate, "http" | "hosts">,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  { what, pageIn }: { what: string; pageIn: (data: Readonly<Record<string, unknown>>) => Page | undefined },
): AsyncIterable<{ page: Page } | { refused: Refused }> {
  const seen = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const answer = await ask(about, document, { ...variables, after });
    if ("refused" in answer) return yield answer;
    const page = pageIn(answer.data);
    if (!page) return yield { refused: failure(`POST graphql: ${what} is not as documented`) };
    yield { page };
    if (page.cursor === undefined) return;
    if (seen.has(page.cursor)) return yield { refused: failure(`POST graphql: ${what} repeats itself`) };
    seen.add(page.cursor);
    after = page.cursor;
  }
}

/** All organisations and enterprises are asked about at one address: the answer has to name the right one. */
export function isNamed(told: unknown, name: string): boolean {
  return typeof told === "string" && told.toLowerCase() === name.toLowerCase();
}

/** The nodes of a connection and the way to more of them. */
export function connected(value: unknown): Connected | undefined {
  if (!isMapping(value) || !Array.isArray(value.nodes) || !isMapping(value.pageInfo)) return undefined;
  const { hasNextPage: hasMore, endCursor: cursor } = value.pageInfo;
  if (typeof hasMore !== "boolean" || (hasMore && typeof cursor !== "string")) return undefined;
  return { nodes: value.nodes, cursor: hasMore && typeof cursor === "string" ? cursor : undefined };
}

const DENIED = new Set(["FORBIDDEN", "INSUFFICIENT_SCOPES"]);

/** The first error decides; its words are left where they are, they may quote what was asked. */
function refusalIn(errors: readonly Readonly<Record<string, unknown>>[], reply: Reply): Refused {
  const { type, extensions } = errors[0] ?? {};
  const code = isMapping(extensions) ? extensions.code : undefined;
  if (code === "undefinedField") return refusal("absent", "is not in this server's schema", reply);
  if (type === "NOT_FOUND") return refusal("absent", "was not found", reply);
  const isDenied = typeof type === "string" && DENIED.has(type);
  return isDenied ? refusal("denied", "was refused", reply) : refusal("failed", "ended with an error", reply);
}

function refusal(outcome: Refused["outcome"], what: string, { headers }: Reply): Refused {
  const detail = `POST graphql: what was asked for ${what}`;
  return {
    outcome,
    ...(headers && { headers }),
    detail,
    remedy: "run again; if it stays, look at GitHub's status page",
  };
}
