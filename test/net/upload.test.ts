import { describe, expect, it } from "vitest";
import { openClients } from "../../src/net/client.ts";
import type { World } from "../../src/net/exchange.ts";
import type { Connection } from "../../src/net/http.ts";
import { openUploader } from "../../src/net/upload.ts";
import { fakeWorld } from "../support/fake-world.ts";
import { type Handler, json, loopback } from "../support/loopback.ts";

const SECRET = ["made", "up", "credential", "0123456789"].join("-");
const bytes = Buffer.from("a report");

async function uploader(handler: Handler, connection: Partial<Connection> = {}, given: Partial<World> = {}) {
  const server = await loopback(handler);
  const world = fakeWorld(given);
  const headers = { authorization: `Bearer ${SECRET}` };
  const to = { source: "acme", base: server.base, headers, secrets: [SECRET], ...connection };
  const uploads = openUploader(world, to, [`${server.base}/reports`]);
  const send = (isRepeatable: boolean, path = "reports") =>
    uploads.send({ path, headers: { "content-type": "text/plain" } }, { bytes, isRepeatable }, "json");
  return { uploads, send, server, world };
}

const inTurn = (...handlers: Handler[]): Handler => {
  let next = 0;
  return (received, response) => handlers[Math.min(next++, handlers.length - 1)]?.(received, response);
};
const fine: Handler = (_, response) => json(response, { fine: true }, 202);
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    json(response, { message: `no ${SECRET}` }, code, headers);
const cut: Handler = (_, response) => {
  response.destroy();
};
const garbled: Handler = (_, response) => {
  response.writeHead(202).end("{");
};

describe("an upload", () => {
  it("arrives as it is, once, with the credential", async () => {
    const { send, server } = await uploader(fine);

    expect(await send(false)).toMatchObject({ outcome: "read", status: 202, body: { fine: true } });
    expect(server.received).toMatchObject([
      { method: "POST", path: "/reports", body: "a report", headers: { authorization: `Bearer ${SECRET}` } },
    ]);
  });

  it("goes nowhere but where the command declared", async () => {
    const { send, server } = await uploader(fine);

    await expect(send(false, "elsewhere")).rejects.toThrow(/did not declare it/);
    await expect(send(false, "reports?also=this")).rejects.toThrow(/did not declare it/);
    expect(server.received).toEqual([]);
  });

  it.each([301, 302, 307, 308])("follows no redirect, not even to the same host (%i)", async (code) => {
    const { send, server } = await uploader(status(code, { location: "/reports" }));

    expect(await send(true)).toMatchObject({ outcome: "failed", detail: expect.stringContaining("was redirected") });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    { what: "a cut connection", handler: cut },
    { what: "an answer that cannot be read", handler: garbled },
  ])("is not sent again after $what, because it may have arrived", async ({ handler }) => {
    const { send, server } = await uploader(inTurn(handler, fine));

    expect(await send(false)).toMatchObject({ outcome: "failed" });
    expect(server.received).toHaveLength(1);
  });

  it("is sent again after a cut connection where that does no harm", async () => {
    const { send, server } = await uploader(inTurn(cut, cut, fine));

    expect(await send(true)).toMatchObject({ outcome: "read" });
    expect(server.received).toHaveLength(3);
  });

  it("is sent again where it surely did not arrive", async () => {
    const { uploads, world } = await uploader(fine, { base: "http://127.0.0.1:1" });
    const other = openUploader(world, { source: "acme", base: "http://127.0.0.1:1", secrets: [] }, [
      "http://127.0.0.1:1/reports",
    ]);

    const reply = await other.send({ path: "reports" }, { bytes, isRepeatable: false }, "json");

    expect(reply).toMatchObject({ outcome: "failed", detail: expect.stringContaining("connection refused") });
    expect(world.slept).toHaveLength(4);
    expect(uploads.mask(`Bearer ${SECRET}`)).not.toContain(SECRET);
  });

  it.each([
    { code: 500, wait: 500 },
    { code: 503, wait: 500 },
    { code: 429, headers: { "retry-after": "7" }, wait: 7_000 },
  ])("is sent again after $code, when the server wants it", async ({ code, headers = {}, wait }) => {
    const { send, server, world } = await uploader(inTurn(status(code, headers), fine));

    expect(await send(false)).toMatchObject({ outcome: "read" });
    expect(server.received.map(({ body }) => body)).toEqual(["a report", "a report"]);
    expect(world.slept).toEqual([wait]);
  });

  it("tells what the server says without the credential", async () => {
    const { send } = await uploader(status(403));

    const reply = await send(false);

    expect(reply).toMatchObject({ outcome: "denied", detail: "POST /reports answered 403: no ***" });
  });
});

describe("who collects", () => {
  it("has no means to hand anything over", async () => {
    const server = await loopback(fine);
    const http = openClients(fakeWorld())({ source: "acme", base: server.base, secrets: [] });

    expect(Object.keys(http).sort()).toEqual(["get", "graphql", "pages", "post", "tally"]);
    for (const path of ["reports", "repos/acme/shop/code-scanning/sarifs"]) {
      await expect(http.post({ path }, "{}")).rejects.toThrow(/not known to only read/);
    }
    expect(server.received).toEqual([]);
  });
});
