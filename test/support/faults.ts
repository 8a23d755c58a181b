import type { ServerResponse } from "node:http";

import { type Loopback, type Received, startLoopback } from "./loopback.ts";

/** What a provider would answer. */
export interface Answered {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** A source as a configuration has it. */
export type Asked = { use: string } & Readonly<Record<string, unknown>>;

/** A made-up company at a provider: answers requests, and says which source reads it. */
export interface Estate {
  respond(received: Received): Answered | Promise<Answered>;
  /** The source of a configuration that reads it at this address. */
  source(base: string): Asked;
  env?: Readonly<Record<string, string>>;
  close?(): Promise<void>;
}

/** An estate that runs as a server of its own: what names its address is told to name the other one. */
export function estateAt(server: {
  base: string;
  source: Asked;
  env?: Readonly<Record<string, string>>;
  close?: () => Promise<void>;
}): Estate {
  const { base, source, env = {}, close = async () => undefined } = server;
  return {
    env,
    close,
    source: (other) => moved(source, base, other) as Asked,
    async respond({ method, path, headers, body, url }) {
      const sent = Object.entries(headers).flatMap(([name, value]) => (HOP.has(name) ? [] : [[name, String(value)]]));
      const init = { method, headers: Object.fromEntries(sent), redirect: "manual" as const };
      const response = await fetch(base + path, body === "" ? init : { ...init, body });
      const there = (text: string) => text.replaceAll(base, url.origin);
      const kept = [...response.headers].flatMap(([name, value]) => (HOP.has(name) ? [] : [[name, there(value)]]));
      return { status: response.status, headers: Object.fromEntries(kept), body: there(await response.text()) };
    },
  };
}

/** About one connection, or about how bytes are packed on it. */
const HOP = new Set([
  "host",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-encoding",
  "accept-encoding",
  "date",
]);

function moved(value: unknown, from: string, to: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to));
}

/** Something that goes wrong with one answer. */
export interface Fault {
  name: string;
  /** Passes when asked again; everything else may also be told as a gap. */
  passes?: boolean;
  /** Changes nothing that is read, once or always. */
  isHarmless?: boolean;
  /** Where it takes no token away, it may be told as something that is not there. */
  mayMeanNothing?: boolean;
  /** At most so many requests are tried with it, because each takes long. */
  tried?: number;
  /** Shorter bounds, for what would keep a test waiting. */
  limits?: { idle: number; total: number };
  send(right: Answered, response: ServerResponse, around: Around): void;
}

interface Around {
  now: number;
  /** The last right answer to another request for the same path. */
  before: Answered | undefined;
}

function refusing(
  status: number,
  name = String(status),
  headers: (now: number) => Record<string, string> = () => ({}),
): Omit<Fault, "passes"> {
  return {
    name,
    send: (_, response, { now }) => {
      const type = { "content-type": "application/json", ...headers(now) };
      response.writeHead(status, type).end(JSON.stringify({ message: `made up ${status}` }));
    },
  };
}

const inHalfAMinute = (now: number) => String(Math.ceil(now / 1_000) + 30);
const HOURS = 3_600_000;

export const faults: readonly Fault[] = [
  ...[401, 403].map((status) => refusing(status)),
  ...[404, 410].map((status) => ({ ...refusing(status), mayMeanNothing: true })),
  ...[500, 502, 503, 504].map((status) => ({ ...refusing(status), passes: true })),
  refusing(501),
  { ...refusing(429), passes: true },
  { ...refusing(429, "429 with seconds", () => ({ "retry-after": "30" })), passes: true },
  {
    ...refusing(429, "429 with a date", (now) => ({ "retry-after": new Date(now + 30_000).toUTCString() })),
    passes: true,
  },
  {
    ...refusing(429, "429 as GitHub says it", (now) => ({
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": inHalfAMinute(now),
    })),
    passes: true,
  },
  refusing(403, "403 as GitHub says it", (now) => ({
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": inHalfAMinute(now),
  })),
  {
    ...refusing(429, "429 as GitLab says it", (now) => ({
      "ratelimit-remaining": "0",
      "ratelimit-reset": inHalfAMinute(now),
    })),
    passes: true,
  },
  refusing(429, "429 for a day", () => ({ "retry-after": "86400" })),
  { name: "reset before the answer", passes: true, send: (_, response) => void response.destroy() },
  {
    name: "reset in the middle of the body",
    passes: true,
    send({ status, headers, body }, response) {
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) + 1 });
      response.write(body, () => response.destroy());
    },
  },
  {
    name: "JSON cut off",
    passes: true,
    send({ status, headers, body }, response) {
      response.writeHead(status, headers).end(isJson(body) ? body.slice(0, -1) : "");
    },
  },
  {
    name: "a web page with status 200",
    send: (_, response) =>
      void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>"),
  },
  {
    name: "a slow drip",
    tried: 12,
    passes: true,
    limits: { idle: 60, total: 60 },
    send: (_, response) => drip(response),
  },
  {
    name: "a redirect to another host",
    send: (_, response) => void response.writeHead(302, { location: "https://elsewhere.example.com/" }).end(),
  },
  {
    name: "a field of 10 MB that nobody asked for",
    tried: 6,
    isHarmless: true,
    send: ({ status, headers, body }, response) => void response.writeHead(status, headers).end(padded(body)),
  },
  {
    name: "the page before once more",
    send({ status, headers, body }, response, { before }) {
      response.writeHead(before?.status ?? status, before?.headers ?? headers).end(before?.body ?? body);
    },
  },
  ...[-5, 5].map((hours) => ({
    name: `a clock that is ${hours} hours off`,
    isHarmless: true,
    send({ status, headers, body }: Answered, response: ServerResponse, { now }: Around) {
      response.writeHead(status, { ...headers, date: new Date(now + hours * HOURS).toUTCString() }).end(body);
    },
  })),
];

/** One fault at one request: only there, or at that question for ever. */
export interface Injection {
  fault: Fault;
  /** Counted from 1, in the order in which requests come in. */
  at: number;
  isForEver: boolean;
}

export interface Faulty extends Loopback {
  /** How often the fault was sent. */
  hits(): number;
}

export interface Disturbance {
  injection?: Injection | undefined;
  /** Called before each answer, with its number. */
  beforeAnswer?: ((count: number) => void) | undefined;
  port?: number | undefined;
}

/** A server that answers as the estate does, but for one fault. */
export async function startFaulty(
  estate: Estate,
  now: () => number,
  { injection, beforeAnswer, port }: Disturbance = {},
): Promise<Faulty> {
  const earlier = new Map<string, Answered>();
  let [count, hits] = [0, 0];
  let cursed: string | undefined;
  const server = await startLoopback(async (received, response) => {
    const question = `${received.method} ${received.path} ${received.body}`;
    count += 1;
    beforeAnswer?.(count);
    if (injection && count === injection.at) cursed = question;
    const isHit = injection !== undefined && (count === injection.at || (injection.isForEver && question === cursed));
    const right = await estate.respond(received);
    response.setHeader("date", new Date(now()).toUTCString());
    if (isHit) {
      hits += 1;
      injection.fault.send(right, response, { now: now(), before: earlier.get(received.url.pathname) });
      return;
    }
    earlier.set(received.url.pathname, right);
    response.writeHead(right.status, right.headers).end(right.body);
  }, port);
  return { ...server, hits: () => hits };
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
}

function isJson(body: string): boolean {
  return /^\s*[[{]/.test(body);
}

const PADDING = "x".repeat(10 << 20);

function padded(body: string): string {
  if (!isJson(body)) return body;
  const value: unknown = JSON.parse(body);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === "object" && first !== null && !Array.isArray(first))
    Object.assign(first, { tokenward_padding: PADDING });
  return JSON.stringify(value);
}
