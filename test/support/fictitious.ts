import { gap, listed } from "../../src/collect/gap.ts";
import type { Context, Provider } from "../../src/collect/provider.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Provided } from "../../src/model/flow.ts";
import { tokenId } from "../../src/model/identity.ts";
import type { Http, Read, Reply } from "../../src/net/http.ts";
import { inOrder } from "../../src/net/in-order.ts";
import { byLink, byNumber } from "../../src/net/paging.ts";
import type { Answered, Estate } from "./faults.ts";
import type { Received } from "./loopback.ts";

interface Key {
  id: number;
}

/** A provider that nobody sells: keys with a detail call each, and hooks. What may go wrong with a provider can go wrong with it. */
export const fictitious = {
  id: "fictitious",
  title: "a provider for tests",
  kinds: ["fictitious/key", "fictitious/hook"],
  rights: "none",
  fields: {},
  async *collect({ base_url }: { base_url: string }, { connect, env }: Context) {
    const secret = env.FICTITIOUS_TOKEN ?? "nothing-secret";
    const headers = { authorization: `Bearer ${secret}` };
    const http = connect({ source: "fictitious", base: base_url, headers, secrets: [secret], pace });
    yield* keys(http);
    yield* hooks(http);
  },
} as const satisfies Provider<{ base_url: string }>;

function pace({ headers, now }: { headers: Headers; now: number }): number | undefined {
  for (const prefix of ["x-ratelimit", "ratelimit"]) {
    if (headers.get(`${prefix}-remaining`) === "0") return Number(headers.get(`${prefix}-reset`)) * 1_000 - now;
  }
  return undefined;
}

async function* keys(http: Http): AsyncIterable<Provided> {
  const asked = { source: "fictitious", account: "acme", subject: "keys" };
  let items = 0;
  for await (const page of http.pages({ path: "keys", query: { per_page: 2 } }, byLink)) {
    if (page.outcome !== "read") return yield { coverage: gap(asked, page, items) };
    for await (const { key, detail } of inOrder(keysIn(page), 4, (key) => withDetail(http, key))) {
      items += 1;
      yield { token: tokenOf("key", key.id, detail) };
      if (detail.outcome !== "read") yield { coverage: gap({ ...asked, subject: `key ${key.id}` }, detail) };
    }
  }
  yield { coverage: listed(asked, items) };
}

async function withDetail(http: Http, key: Key): Promise<{ key: Key; detail: Reply }> {
  return { key, detail: await http.get({ path: `keys/${key.id}` }) };
}

async function* hooks(http: Http): AsyncIterable<Provided> {
  const asked = { source: "fictitious", account: "acme", subject: "hooks" };
  let items = 0;
  for await (const page of http.pages(
    { path: "hooks" },
    byNumber(({ body }) => keysIn({ body }).length === 0),
  )) {
    if (page.outcome !== "read") return yield { coverage: gap(asked, page, items) };
    for (const { id } of keysIn(page)) {
      items += 1;
      yield { token: tokenOf("hook", id, page) };
    }
  }
  yield { coverage: listed(asked, items) };
}

function keysIn({ body }: Pick<Read, "body">): Key[] {
  return Array.isArray(body) ? (body as Key[]) : [];
}

function tokenOf(kind: "key" | "hook", id: number, detail: Reply): Token {
  const reason = detail.outcome === "denied" || detail.outcome === "absent" ? ("denied" as const) : ("failed" as const);
  const isKnown = detail.outcome === "read";
  return {
    id: tokenId({ account: "acme", kind: `fictitious/${kind}`, native: String(id) }),
    provider: "fictitious",
    account: "acme",
    kind: `fictitious/${kind}`,
    name: `${kind} ${id}`,
    principal: { type: "service", id: "robot", state: "active" },
    status: "active",
    created: "2029-01-01T00:00:00Z",
    rotated: null,
    last_used: null,
    grants: [],
    network: null,
    ...(isKnown ? { expires: "2030-06-01T00:00:00Z" } : {}),
    unknown: {
      owner: "not-asked",
      reach: "not-exposed",
      environment: "not-exposed",
      ...(isKnown ? {} : { expires: reason }),
    },
  };
}

/** For `vi.mock` of the registry, so that the provider for tests is found like any other. */
export async function withFictitious(
  original: () => Promise<typeof import("../../src/collect/registry.ts")>,
): Promise<object> {
  const registry = await original();
  return { ...registry, loadProvider: (id: string) => (id === fictitious.id ? fictitious : registry.loadProvider(id)) };
}

const PAGES = 3;

/** Three pages of two keys, two pages of hooks. */
export function fictitiousEstate(): Estate {
  return {
    source: (base) => ({ use: "fictitious", base_url: base }),
    respond: ({ url }) => answerTo(url),
  };
}

function answerTo(url: Received["url"]): Answered {
  const page = Number(url.searchParams.get("page") ?? 1);
  const key = /^\/keys\/(\d+)$/.exec(url.pathname)?.[1];
  if (key) return answered({ id: Number(key), expires: "2030-06-01T00:00:00Z" });
  if (url.pathname === "/hooks") return answered(page > 2 ? [] : [{ id: page }]);
  if (url.pathname !== "/keys") return { ...answered({ message: "not found" }), status: 404 };
  const next = `<${url.origin}/keys?per_page=2&page=${page + 1}>; rel="next"`;
  return answered([{ id: page * 2 - 1 }, { id: page * 2 }], page < PAGES ? { link: next } : {});
}

function answered(body: unknown, headers: Record<string, string> = {}): Answered {
  return { status: 200, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
