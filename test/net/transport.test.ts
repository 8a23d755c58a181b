import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openClients } from "../../src/net/client.ts";
import type { World } from "../../src/net/exchange.ts";
import type { Http } from "../../src/net/http.ts";
import { selfSigned } from "../support/certificate.ts";
import { repository } from "../support/command.ts";
import { fakeWorld } from "../support/fake-world.ts";
import { loopback } from "../support/loopback.ts";
import { scratchFolder } from "../support/scratch.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function open(base: string, given: Partial<World> = {}): Http {
  return openClients(fakeWorld(given))({ source: "acme", base, secrets: [] });
}

/** A proxy that lets nobody through, and what it was asked for. */
async function proxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(403).end();
  }).on("connect", ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, asked };
}

describe("a proxy", () => {
  it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])("from %s is asked, and its refusal is told", async (name) => {
    const { url, asked } = await proxy();
    const http = open("https://git.example.com", { env: { [name]: url } });

    expect(await http.get({ path: "x" })).toMatchObject({
      outcome: "failed",
      detail: "GET /x was refused by the proxy",
    });
    expect(asked).toEqual(["CONNECT git.example.com:443"]);
  });

  it("in small letters comes first", async () => {
    const { url, asked } = await proxy();

    await open("https://git.example.com", { env: { https_proxy: url, HTTPS_PROXY: "http://127.0.0.1:1" } }).get({
      path: "x",
    });

    expect(asked).toHaveLength(1);
  });

  it("is not asked for hosts that NO_PROXY names", async () => {
    const { url, asked } = await proxy();
    const http = open("https://git.invalid", { env: { HTTPS_PROXY: url, NO_PROXY: "other.example.com,.invalid" } });

    expect(await http.get({ path: "x" })).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("no address"),
    });
    expect(asked).toEqual([]);
  });

  it("is not asked for what must not leave the machine", async () => {
    const { url, asked } = await proxy();
    const server = await loopback((_, response) => void response.end("{}"));

    expect(await open(server.base, { env: { HTTP_PROXY: url, HTTPS_PROXY: url } }).get({ path: "x" })).toMatchObject({
      outcome: "read",
    });
    expect(asked).toEqual([]);
  });

  it("is not taken from this process, only from what the run was given", async () => {
    const { url, asked } = await proxy();
    vi.stubEnv("HTTPS_PROXY", url);

    await open("https://git.invalid").get({ path: "x" });

    expect(asked).toEqual([]);
  });

  it("that is no URL stops the source, without its password", async () => {
    const word = ["pass", "word"].join("-");
    const http = open("https://git.example.com", { env: { HTTPS_PROXY: `http://user:${word}@[` } });

    const reply = http.get({ path: "x" });

    await expect(reply).rejects.toMatchObject({ code: "PROXY_INVALID" });
    await expect(reply).rejects.not.toThrow(word);
  });
});

describe("a certificate", () => {
  const answering = (own: { key: string; cert: string }) =>
    createHttps(own, (_, response) => void response.end('{"fine":true}'));

  it("that nobody vouches for is refused, whatever the environment says", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const port = await listening(answering(selfSigned()));

    expect(await open(`https://127.0.0.1:${port}`).get({ path: "x" })).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("certificate is not trusted"),
      remedy: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  });

  it("of an own authority is taken from NODE_EXTRA_CA_CERTS", async () => {
    const own = selfSigned();
    const port = await listening(answering(own));
    const file = join(await scratchFolder(), "own.pem");
    await writeFile(file, own.cert);
    // Node reads the variable once, when it starts.
    const script = `
      const { openClients } = await import("./src/net/client.ts");
      const world = { version: "0", env: {}, now: Date.now, random: Math.random, sleep: async () => {} };
      const http = openClients(world)({ source: "acme", base: "https://127.0.0.1:${port}", secrets: [] });
      process.stdout.write(JSON.stringify(await http.get({ path: "x" })));`;
    const env = { PATH: process.env.PATH ?? "", NODE_EXTRA_CA_CERTS: file };
    const args = ["--import", "tsx", "--input-type=module", "--eval", script];

    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repository, env });

    expect(JSON.parse(stdout)).toMatchObject({ outcome: "read", body: { fine: true } });
  });
});

describe("an answer", () => {
  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("packed with %s is counted unpacked", async (encoding, pack) => {
    const server = await loopback(({ path }, response) => {
      const text = path === "/small" ? '{"fine":true}' : `"${"x".repeat(100_000)}"`;
      response.writeHead(200, { "content-encoding": encoding }).end(pack(text));
    });
    const http = open(server.base, { limits: { bytes: 50_000 } });

    expect(await http.get({ path: "small" })).toMatchObject({ outcome: "read", body: { fine: true } });
    expect(await http.get({ path: "large" })).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("larger than 50000 bytes"),
    });
  });

  it("that is cut off while packed is asked for again", async () => {
    let count = 0;
    const whole = gzipSync(JSON.stringify({ text: "x".repeat(10_000) }));
    const server = await loopback((_, response) => {
      count += 1;
      response
        .writeHead(200, { "content-encoding": "gzip" })
        .end(count === 1 ? whole.subarray(0, whole.length - 9) : whole);
    });

    expect(await open(server.base).get({ path: "x" })).toMatchObject({ outcome: "read" });
    expect(count).toBe(2);
  });

  it("does not come where nobody listens", async () => {
    const server = await loopback(() => undefined);
    await server.close();

    expect(await open(server.base).get({ path: "x" })).toMatchObject({
      outcome: "failed",
      detail: "GET /x had no answer: connection refused",
    });
  });
});
