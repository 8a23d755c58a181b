import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, onTestFinished } from "vitest";
import { isReading } from "../../src/net/guard.ts";

/** A request as it reached a server in a test, with its whole body. */
export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Loopback {
  base: string;
  port: number;
  /** Everything that was asked, in order. */
  received: Received[];
  /** What was asked that is more than reading; tests want it empty. */
  writes: string[];
  close(): Promise<void>;
}

export type Handler = (received: Received, response: ServerResponse) => void | Promise<void>;

/** Starts a server that only this machine sees, at a free port unless one is named; it is stopped by who started it. */
export async function startLoopback(handler: Handler, at = 0): Promise<Loopback> {
  const received: Received[] = [];
  const writes: string[] = [];
  const server = createServer(async (incoming, response) => {
    const one = await receivedFrom(incoming);
    received.push(one);
    const target = one.headers["x-amz-target"];
    if (!isReading(one.method, one.url, one.body, String(target ?? ""))) writes.push(`${one.method} ${one.path}`);
    await handler(one, response);
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    received,
    writes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same for one test. */
export async function loopback(handler: Handler): Promise<Loopback> {
  const server = await startLoopback(handler);
  onTestFinished(() => server.close());
  return server;
}

/** The same for the tests of a file that run beside each other, where nobody can say which one has ended: stopped after the last. */
export function loopbacks(): typeof loopback {
  const started: Loopback[] = [];
  afterAll(() => Promise.all(started.map((server) => server.close())));
  return async (handler) => {
    const server = await startLoopback(handler);
    started.push(server);
    return server;
  };
}

/** Answers with a JSON document. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function receivedFrom(incoming: IncomingMessage): Promise<Received> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
  const { method = "", url: path = "", headers } = incoming;
  const url = new URL(path, `http://${headers.host}`);
  return { method, path, url, headers, body: Buffer.concat(pieces).toString("utf8") };
}
