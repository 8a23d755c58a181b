import type { Connection, Http } from "./http.ts";

/** The way to the network for one run; its client is loaded when the first request is made. */
export function openNetwork(): { connect: (connection: Connection) => Http } {
  return { connect: (connection) => lazily(async () => (await import("./client.ts")).openClient(connection)) };
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
    tally: () => http?.tally() ?? { requests: 0, retries: 0, waited: 0 },
  };
}
