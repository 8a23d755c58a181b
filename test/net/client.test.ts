import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openClients } from "../../src/net/client.ts";
import type { World } from "../../src/net/exchange.ts";
import type { Connection, Http, Reply } from "../../src/net/http.ts";
import { byLink, byNumber } from "../../src/net/paging.ts";
import { fakeWorld } from "../support/fake-world.ts";
import { type Handler, json, loopback } from "../support/loopback.ts";

const SECRET = ["made", "up", "credential", "0123456789"].join("-");

/** A client of a server that answers as told. */
async function client(handler: Handler, connection: Partial<Connection> = {}, given: Partial<World> = {}) {
  const server = await loopback(handler);
  const world = fakeWorld(given);
  const headers = { authorization: `Bearer ${SECRET}` };
  const http = openClients(world)({ source: "acme", base: server.base, headers, secrets: [SECRET], ...connection });
  return { http, server, world };
}

/** Answers with each of these in turn, then with the last for ever. */
function inTurn(...handlers: Handler[]): Handler {
  let next = 0;
  return (received, response) => handlers[Math.min(next++, handlers.length - 1)]?.(received, response);
}

const fine: Handler = (_, response) => json(response, { fine: true });
const status =
  (code: number, headers: Record<string, string> = {}, body: unknown = {}): Handler =>
  (_, response) =>
    json(response, body, code, headers);
const raw =
  (text: string | Buffer, headers: Record<string, string> = {}): Handler =>
  (_, response) => {
    response.writeHead(200, headers).end(text);
  };

const get = (http: Http) => http.get({ path: "things" });

describe("what is refused for good", () => {
  it.each([
    { code: 401, outcome: "denied" },
    { code: 403, outcome: "denied" },
    { code: 404, outcome: "absent" },
    { code: 410, outcome: "absent" },
    { code: 400, outcome: "failed" },
    { code: 422, outcome: "failed" },
    { code: 501, outcome: "failed" },
    { code: 304, outcome: "failed" },
  ])("$code is $outcome, asked once", async ({ code, outcome }) => {
    const { http, server } = await client(
      status(code, { "retry-after": "1", "x-request-id": "r-1" }, { message: "no\n way" }),
    );

    const reply = await get(http);

    expect(reply).toMatchObject({ outcome, status: code });
    expect(reply).toHaveProperty("detail", expect.stringContaining(`GET /things answered ${code}`));
    expect(server.received).toHaveLength(1);
  });

  it("tells what the provider says, and by which id it finds the request", async () => {
    const { http } = await client(
      status(403, { "x-github-request-id": "AB:CD" }, { message: "Resource\nnot accessible" }),
    );

    expect(await get(http)).toMatchObject({
      detail: "GET /things answered 403: Resource not accessible (request AB:CD)",
      remedy: "give the credential the right to read this",
    });
  });

  it.each([
    ["a web page", raw("<!DOCTYPE html><html>Sign in</html>"), /web page.*login page/],
    ["a web page by its type", raw("Sign in", { "content-type": "text/html; charset=utf-8" }), /web page/],
    ["too many bytes", raw(`"${"x".repeat(2_000)}"`), /larger than 1000 bytes/],
    [
      "a head that redirects away",
      status(302, { location: "https://elsewhere.example.com/things" }),
      /another host, "https:\/\/elsewhere/,
    ],
    ["a head that redirects to another port", status(302, { location: "http://127.0.0.1:1/things" }), /another host/],
    ["a redirect in a circle", status(301, { location: "/things" }), /redirected more than 5 times/],
    ["a redirect to nowhere", status(302, { location: "http://[" }), /no address/],
  ])("%s", async (_, handler, detail) => {
    const { http, server } = await client(handler, {}, { limits: { bytes: 1_000 } });

    expect(await get(http)).toMatchObject({ outcome: "failed", detail: expect.stringMatching(detail) });
    expect(server.received.length).toBeLessThanOrEqual(6);
  });

  it.each([
    ["another host", { path: "https://elsewhere.example.com/x" }, /another host/],
    ["another host without its scheme", { path: "//elsewhere.example.com/.." }, /out of its folder/],
    ["a folder above", { path: "orgs/%2e%2E/x" }, /out of its folder/],
    ["a script", { path: "javascript:alert(1)" }, /another host/],
    ["nothing that is an address", { path: "https://[" }, /no address/],
  ])("is not sent to %s", async (_, request, detail) => {
    const { http, server } = await client(fine);

    expect(await http.get(request)).toMatchObject({ outcome: "failed", detail: expect.stringMatching(detail) });
    expect(server.received).toEqual([]);
  });

  it("is not sent if it is more than reading, because that is a bug", async () => {
    const { http, server } = await client(fine);

    await expect(http.graphql({ path: "graphql" }, "mutation { a }", {})).rejects.toThrow(/not known to only read/);
    await expect(http.post({ path: "" }, "Action=DeleteUser")).rejects.toThrow(/not known to only read/);
    expect(server.received).toEqual([]);
  });

  it.each([
    ["http://git.example.com", /in the open/],
    ["http://127.evil.example.com", /in the open/],
    ["http://localhost.example.com", /in the open/],
    ["ftp://git.example.com", /only https/],
    ["git.example.com", /no absolute URL/],
    ["https://user:word@git.example.com", /credential/],
    ["https://git.example.com/?a=b", /query/],
  ])("a base of %s", async (base, message) => {
    expect(() => openClients(fakeWorld())({ source: "acme", base, secrets: [] })).toThrow(message);
  });
});

describe("what passes", () => {
  const resets: Handler = (_, response) => {
    response.destroy();
  };
  const breaksOff: Handler = (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write('{"fine":');
    setImmediate(() => response.destroy());
  };
  const hangs: Handler = () => undefined;
  const drips: Handler = (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(timer));
  };

  it.each([
    ["429", status(429)],
    ["408", status(408)],
    ["500", status(500)],
    ["502", status(502)],
    ["503", status(503)],
    ["504", status(504)],
    ["a reset", resets],
    ["a body that breaks off", breaksOff],
    ["JSON that is cut off", raw('{"fine": tr')],
    ["an empty body", raw("")],
    ["broken UTF-8", raw(Buffer.from([0x22, 0xff, 0x22]))],
    ["broken gzip", raw(Buffer.from("no gzip"), { "content-encoding": "gzip" })],
    ["silence", hangs],
    ["a slow drip", drips],
  ])("%s once is asked again, for ever is failed", async (_, handler) => {
    const limits = { limits: { idle: 40, total: 80 } };
    const once = await client(inTurn(handler, fine), {}, limits);
    const always = await client(handler, {}, limits);

    expect(await get(once.http)).toMatchObject({ outcome: "read", body: { fine: true } });
    expect(await get(always.http)).toMatchObject({
      outcome: "failed",
      detail: expect.stringMatching(/^GET \/things /),
    });
    expect(once.http.tally()).toMatchObject({ requests: 2, retries: 1 });
    expect(always.http.tally()).toMatchObject({ requests: 5, retries: 4 });
    expect(always.world.slept).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it("is what the provider's own rule says it is", async () => {
    const spent = status(403, { "x-budget": "0" });
    const isThrottled: Connection["isThrottled"] = ({ headers }) => headers.get("x-budget") === "0";
    const pace: Connection["pace"] = ({ headers }) => (headers.get("x-budget") === "0" ? 7_000 : undefined);
    const { http, world } = await client(inTurn(spent, fine), { isThrottled, pace });

    expect(await get(http)).toMatchObject({ outcome: "read" });
    expect(world.slept).toEqual([7_000]);
    expect(http.tally()).toEqual({ requests: 2, retries: 1, waited: 7_000 });
  });
});

it("fails where a provider's own rule calls even a good answer a refusal for now", async () => {
  const { http } = await client(fine, { isThrottled: ({ text }) => text.includes("fine") });

  expect(await get(http)).toMatchObject({
    outcome: "failed",
    status: 200,
    detail: expect.stringContaining("not ready"),
  });
  expect(http.tally()).toMatchObject({ requests: 5 });
});

describe("a pause that is asked for", () => {
  const at = (seconds: number) => new Date(Date.parse("2030-01-01T00:00:00Z") + seconds * 1_000).toUTCString();

  it.each([
    [{ "retry-after": "30" }, [30_000]],
    [{ "retry-after": at(30), date: at(0) }, [30_000]],
    // The server's clock is three hours ahead: the pause is no longer for that.
    [{ "retry-after": at(10_830), date: at(10_800) }, [30_000]],
    [{ "retry-after": "soon" }, [500]],
    [{ "retry-after": "0" }, [500]],
    [{ "retry-after": at(-30), date: at(0) }, [500]],
  ])("%j is kept", async (headers, slept) => {
    const { http, world } = await client(inTurn(status(429, headers), fine));

    expect(await get(http)).toMatchObject({ outcome: "read" });
    expect(world.slept).toEqual(slept);
  });

  it("is failed with its end where it is too long, and nobody is asked before", async () => {
    const { http, server, world } = await client(status(429, { "retry-after": "3600" }));

    const first = await get(http);
    const second = await get(http);

    expect(first).toMatchObject({
      outcome: "failed",
      status: 429,
      remedy: expect.stringContaining("2030-01-01T01:00:00Z"),
    });
    expect(second).toMatchObject({ outcome: "failed", detail: expect.stringContaining("until 2030-01-01T01:00:00Z") });
    expect(server.received).toHaveLength(1);
    expect(world.slept).toEqual([]);
  });

  it("holds the requests after it, which wait together and are counted once", async () => {
    const pace: Connection["pace"] = ({ headers }) => Number(headers.get("x-wait")) || undefined;
    const { http } = await client(inTurn(status(200, { "x-wait": "5000" }), fine), { pace });

    await get(http);
    await Promise.all([get(http), get(http), get(http)]);

    expect(http.tally()).toEqual({ requests: 4, retries: 0, waited: 5_000 });
  });

  it("is told while it lasts, with its end", async () => {
    let wake: () => void = () => undefined;
    const sleeping = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let now = Date.parse("2030-01-01T00:00:00Z");
    const given = { sleep: () => sleeping, now: () => now };
    const { http, server } = await client(inTurn(status(429, { "retry-after": "30" }), fine), {}, given);
    const before = http.tally();

    const reading = get(http);
    while (http.tally().until === undefined) await nextTurn();
    const during = http.tally();
    now += 30_000;
    wake();

    expect(before).not.toHaveProperty("until");
    expect(during).toMatchObject({ until: Date.parse("2030-01-01T00:00:30Z") });
    expect(await reading).toMatchObject({ outcome: "read" });
    expect(http.tally()).not.toHaveProperty("until");
    expect(server.received).toHaveLength(2);
  });

  it("is not kept again and again where no good answer follows", async () => {
    const { http } = await client(status(429, { "retry-after": "60" }));

    const replies: Reply[] = [];
    for (let index = 0; index < 20; index += 1) replies.push(await get(http));

    expect(replies.every(({ outcome }) => outcome === "failed")).toBe(true);
    expect(http.tally().waited).toBeLessThanOrEqual(15 * 60_000);
  });
});

it("spends no more tries on a connection than its budget, and gets some back for good answers", async () => {
  let isWell = false;
  const { http } = await client((_, response) => (isWell ? json(response, {}) : json(response, {}, 500)));

  for (let index = 0; index < 30; index += 1) await get(http);
  expect(http.tally().retries).toBe(50);

  isWell = true;
  for (let index = 0; index < 5; index += 1) await get(http);
  isWell = false;
  await get(http);
  expect(http.tally().retries).toBe(51);
});

it("has no more requests under way at a host than allowed", async () => {
  let [inside, most] = [0, 0];
  const slow: Handler = async (_, response) => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    json(response, {});
  };
  const { http } = await client(slow, { concurrency: 2 });

  await Promise.all(Array.from({ length: 12 }, () => get(http)));

  expect(most).toBeLessThanOrEqual(2);
});

it.each([0, 3_600_000])("ends what waits and what is under way when the run is stopped", async (pause) => {
  const stop = new AbortController();
  const sleep: World["sleep"] = (_, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener("abort", () => resolve());
      setImmediate(() => stop.abort());
    });
  const hangs: Handler = (_, response) => {
    if (pause) json(response, {}, 429, { "retry-after": "10" });
    else setImmediate(() => stop.abort());
  };
  const { http } = await client(hangs, {}, { signal: stop.signal, sleep });

  const replies = await Promise.all(Array.from({ length: 9 }, () => get(http)));

  expect(replies).toMatchObject(
    replies.map(() => ({ outcome: "failed", detail: expect.stringContaining("the run was stopped") })),
  );
});

describe("secrets", () => {
  const forms = [
    SECRET,
    encodeURIComponent(`${SECRET}&/`).slice(0, -6),
    Buffer.from(SECRET).toString("base64"),
    Buffer.from(`user:${SECRET}`).toString("base64url"),
  ];

  it.each(forms)("are in no detail, as %s", async (form) => {
    const { http } = await client(status(403, { "x-request-id": form }, { message: `token ${form} may not` }));

    const reply = await http.get({ path: "things", query: { q: form, private_token: "short", page_token: "visible" } });

    expect(JSON.stringify(reply)).not.toContain(form.slice(4, -4));
    expect(JSON.stringify(reply)).not.toContain("short");
    expect(reply).toHaveProperty("detail", expect.stringContaining("page_token=visible"));
  });

  it("that are issued on the way are masked too", async () => {
    const issued = ["issued", "on", "the", "way"].join("-");
    const { http, server } = await client(status(401, {}, { message: issued }), {
      authorize: async () => ({ Authorization: `token ${issued}` }),
    });

    expect(await get(http)).toMatchObject({ detail: "GET /things answered 401: ***" });
    expect(server.received[0]?.headers.authorization).toBe(`token ${issued}`);
  });
});

it("secrets that are added to the list later are masked too", async () => {
  const secrets: string[] = [];
  const { http } = await client(status(403, {}, { message: `no ${SECRET}` }), { secrets, headers: {} });

  secrets.push(SECRET);

  expect(await get(http)).toMatchObject({ detail: "GET /things answered 403: no ***" });
});

describe("reading", () => {
  it("says who asks, sends what it was told, and gives the document", async () => {
    const { http, server } = await client(status(200, { "x-total": "1" }, [{ id: 1 }]), {
      headers: { "X-Version": "1" },
    });

    const reply = await http.get({
      path: "/things",
      query: { a: "b c", none: undefined, n: 1 },
      headers: { "x-version": "2" },
    });

    expect(reply).toMatchObject({
      outcome: "read",
      status: 200,
      body: [{ id: 1 }],
      url: `${server.base}/things?a=b+c&n=1`,
    });
    expect(server.received[0]).toMatchObject({
      path: "/things?a=b+c&n=1",
      headers: { "user-agent": "tokenward/0.0.0", "x-version": "2", accept: "application/json" },
    });
  });

  it("keeps the path of the base", async () => {
    const { http, server } = await client(fine);
    const below = openClients(fakeWorld())({ source: "acme", base: `${server.base}/api/v3`, secrets: [] });

    await get(http);
    await get(below);

    expect(server.received.map(({ path }) => path)).toEqual(["/things", "/api/v3/things"]);
  });

  it("follows within the host", async () => {
    const { http } = await client(({ path }, response) =>
      path === "/things" ? json(response, {}, 301, { location: "/other" }) : json(response, { path }),
    );

    expect(await get(http)).toMatchObject({ outcome: "read", body: { path: "/other" } });
  });

  it("gives the text of what reads by POST, and asks a query", async () => {
    const { http, server } = await client(({ body }, response) =>
      body.startsWith("Action") ? void response.end("<ListUsersResponse/>") : json(response, { data: {} }),
    );

    expect(await http.post({ path: "" }, "Action=ListUsers")).toMatchObject({ body: "<ListUsersResponse/>" });
    expect(await http.graphql({ path: "graphql" }, "{ a }", { b: 1 })).toMatchObject({ body: { data: {} } });
    expect(server.received[1]?.body).toBe('{"query":"{ a }","variables":{"b":1}}');
    expect(server.writes).toEqual([]);
  });
});

describe("pages", () => {
  const numbered: Handler = ({ url }, response) => {
    const page = Number(url.searchParams.get("page") ?? 1);
    const link = page < 3 ? { link: `<${url.origin}/things?page=${page + 1}>; rel="next"` } : {};
    json(response, [page], 200, link as Record<string, string>);
  };
  const all = async (pages: AsyncIterable<Reply>) => {
    const replies: Reply[] = [];
    for await (const reply of pages) replies.push(reply);
    return replies;
  };

  it("are read to the last", async () => {
    const { http } = await client(numbered);

    expect(await all(http.pages({ path: "things" }, byLink))).toMatchObject([
      { body: [1] },
      { body: [2] },
      { body: [3] },
    ]);
  });

  it.each([
    ["https://elsewhere.example.com/things?page=2", /another host/],
    ["/things", /read before/],
    ["http://[", /no address/],
  ])("that lead to %s end as failed", async (next, detail) => {
    const { http, server } = await client(status(200, { link: `<${next}>; rel=next` }, []));

    const replies = await all(http.pages({ path: "things" }, byLink));

    expect(replies).toMatchObject([{ outcome: "read" }, { outcome: "failed", detail: expect.stringMatching(detail) }]);
    expect(server.received).toHaveLength(1);
  });

  it("without an end end as failed", async () => {
    const { http } = await client(fine, {}, { limits: { pages: 3 } });

    const replies = await all(
      http.pages(
        { path: "things" },
        byNumber(() => false),
      ),
    );

    expect(replies).toHaveLength(4);
    expect(replies[3]).toMatchObject({ outcome: "failed", detail: expect.stringContaining("too many") });
  });
});
