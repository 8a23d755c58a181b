import type { Connection, Http, NextPage, Read, Refused, Reply, Request } from "./http.ts";

/** The first, plain client: one try for each request. */
export function openClient(connection: Connection): Http {
  const tally = { requests: 0, retries: 0, waited: 0 };

  async function text(request: Request, init: { method: string; body?: string } = { method: "GET" }) {
    const url = urlOf(connection.base, request);
    const headers = { ...connection.headers, ...(await connection.authorize?.()), ...request.headers };
    tally.requests += 1;
    const response = await fetch(url, { ...init, headers, redirect: "error" });
    return { url: url.href, response, text: await response.text() };
  }

  async function json(request: Request, init?: { method: string; body?: string }): Promise<Reply> {
    const { url, response, text: body } = await text(request, init);
    return response.ok
      ? { outcome: "read", status: response.status, headers: response.headers, body: JSON.parse(body) as unknown, url }
      : refusal(request, response);
  }

  return {
    get: (request) => json(request),
    async *pages(request, next) {
      yield* pagesOf(json, request, next);
    },
    graphql: (request, query, variables) =>
      json(request, { method: "POST", body: JSON.stringify({ query, variables }) }),
    async post(request, body) {
      const { url, response, text: answer } = await text(request, { method: "POST", body });
      return response.ok
        ? { outcome: "read", status: response.status, headers: response.headers, body: answer, url }
        : refusal(request, response);
    },
    tally: () => ({ ...tally }),
  };
}

async function* pagesOf(get: Http["get"], request: Request, next: NextPage): AsyncIterable<Reply> {
  let asked: Request | undefined = request;
  while (asked) {
    const reply: Reply = await get(asked);
    yield reply;
    if (reply.outcome !== "read") return;
    asked = next(reply as Read, asked);
  }
}

function urlOf(base: string, { path, query = {} }: Request): URL {
  const url = new URL(path.replace(/^\//, ""), base.endsWith("/") ? base : `${base}/`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function refusal({ path }: Request, { status, headers }: Response): Refused {
  const outcome = status === 401 || status === 403 ? "denied" : status === 404 || status === 410 ? "absent" : "failed";
  return {
    outcome,
    status,
    headers,
    detail: `GET ${path} answered ${status}`,
    remedy: "give the credential the right",
  };
}
