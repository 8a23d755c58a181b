import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type Dispatcher, request } from "undici";
import type { Answer, Limits, Outgoing, Send, Trouble, World } from "./exchange.ts";
import { Ended, troubleOf } from "./trouble.ts";

/** Sends one request and reads the answer to its end, within bounds; follows nothing. */
export function sender(dispatcher: (url: URL) => Dispatcher, limits: Limits, { signal, version }: World): Send {
  return async (outgoing) => {
    const stop = new AbortController();
    const end = () => stop.abort(new Ended("stopped"));
    const timer = setTimeout(() => stop.abort(new Ended("overtime")), limits.total);
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted) end();
    try {
      return await exchanged(outgoing, { dispatcher, limits, version, signal: stop.signal });
    } catch (error) {
      return troubleOf(stop.signal.aborted ? stop.signal.reason : error, limits);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    }
  };
}

interface How {
  dispatcher: (url: URL) => Dispatcher;
  limits: Limits;
  version: string;
  signal: AbortSignal;
}

async function exchanged({ method, url, headers, body, upload }: Outgoing, how: How): Promise<Answer | Trouble> {
  const { dispatcher, limits, version, signal } = how;
  const answer = await request(url, {
    method,
    headers: { "accept-encoding": "gzip, br", ...headers, "user-agent": `tokenward/${version}` },
    body: upload?.bytes ?? body ?? null,
    dispatcher: dispatcher(url),
    headersTimeout: limits.idle,
    bodyTimeout: limits.idle,
    signal,
  });
  const received = headersOf(answer.headers);
  const bytes = await bytesOf(unpacked(answer.body, received.get("content-encoding")), limits.bytes);
  return { status: answer.statusCode, headers: received, text: textOf(bytes) };
}

function headersOf(received: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}

const UNPACKING = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

function unpacked(body: Readable, encoding: string | null): Readable {
  const name = encoding?.trim().toLowerCase() ?? "";
  const unpack = Object.hasOwn(UNPACKING, name) ? UNPACKING[name as keyof typeof UNPACKING] : undefined;
  // A fault of either ends both, and is thrown to the reader.
  return unpack ? pipeline(body, unpack(), () => undefined) : body;
}

async function bytesOf(body: Readable, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > limit) throw new Ended("oversize");
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Ended("encoding");
  }
}
