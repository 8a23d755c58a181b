import type { World } from "./exchange.ts";
import type { Connection, Http, Tally } from "./http.ts";

/** The way to the network for one run. */
export interface Network {
  /** `place`: which source of the run it is for; what is kept for one is never told to another. */
  connect(connection: Connection, place?: number): Http;
  /** What the connections of each source have done so far, together. */
  tallies(): ReadonlyMap<string, Tally>;
}

/** Opens nothing yet: the client is loaded when the first request is made. */
export function openNetwork(world: World): Network {
  const opened: { source: string; http: Http }[] = [];
  let clients: Promise<Network["connect"]> | undefined;
  const load = () => {
    clients ??= import("./client.ts").then(({ openClients }) => openClients(world));
    return clients;
  };
  return {
    connect(connection, place) {
      const http = lazily(async () => (await load())(connection, place));
      opened.push({ source: connection.source, http });
      return http;
    },
    tallies() {
      const sums = new Map<string, Tally>();
      for (const { source, http } of opened) sums.set(source, sum(sums.get(source) ?? NOTHING, http.tally()));
      return sums;
    },
  };
}

const NOTHING: Tally = { requests: 0, retries: 0, waited: 0 };

function sum(one: Tally, other: Tally): Tally {
  return {
    requests: one.requests + other.requests,
    retries: one.retries + other.retries,
    waited: one.waited + other.waited,
  };
}

function lazily(open: () => Promise<Http>): Http {
  let opened: Promise<Http> | undefined;
  let http: Http | undefined;
  const ready = () => {
    opened ??= open().then((client) => {
      http = client;
      return client;
    });
    return opened;
  };
  return {
    get: async (request) => (await ready()).get(request),
    async *pages(request, next) {
      yield* (await ready()).pages(request, next);
    },
    graphql: async (request, document, variables) => (await ready()).graphql(request, document, variables),
    post: async (request, body) => (await ready()).post(request, body),
    tally: () => http?.tally() ?? NOTHING,
  };
}
