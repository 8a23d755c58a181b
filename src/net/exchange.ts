import type { Keeping } from "./keeping.ts";

/** One request as it goes over the wire. */
export interface Outgoing {
  method: "GET" | "POST";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** What is handed over, where something is: only to an address that the command declared. */
  upload?: Upload;
  /** What a good answer holds: one JSON document, text that only the asker can read, or nothing that is looked at. */
  expects: "json" | "text" | "nothing";
}

export interface Upload {
  bytes: Uint8Array;
  /** Whether it does no harm to send it again after a try of which nobody knows whether it arrived. */
  isRepeatable: boolean;
}

/** Whatever came back, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The document of a good answer where JSON is expected, else its text. */
  body?: unknown;
}

/** No answer, or one that nobody can use. */
export interface Trouble {
  /** The end of a sentence that begins with the request. */
  trouble: string;
  remedy: string;
  /** Whether the next try may fare better. */
  mayPass: boolean;
  /** Nothing of the request left this machine. */
  isUnsent?: boolean;
  answer?: Pick<Answer, "status" | "headers">;
}

/** One layer of the client: hands the request to the one below, or answers it. */
export type Send = (outgoing: Outgoing) => Promise<Answer | Trouble>;

/** What the client may use of the world. */
export interface World {
  /** tokenward's own, for `User-Agent`. */
  version: string;
  /** Where proxies are named. */
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Ends early when the signal aborts; never rejects. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Ends every request, also those that wait. */
  signal?: AbortSignal;
  /** The folder that exchanges are kept in, if any. */
  keeping?: Keeping;
  limits?: Partial<Limits>;
}

/** All times in milliseconds. */
export interface Limits {
  /** Tries for one request. */
  tries: number;
  /** For all waiting before the tries of one request. */
  wait: number;
  /** Tries beyond the first that a connection may make in a row of trouble; good answers give them back. */
  retries: number;
  /** Until a connection stands. */
  connect: number;
  /** Until the head of the answer has come, and between two pieces of its body. */
  idle: number;
  /** For one try, from its start to the last byte. */
  total: number;
  /** Of one answer, unpacked. */
  bytes: number;
  /** Of one list. */
  pages: number;
  redirects: number;
}

export const LIMITS: Limits = {
  tries: 5,
  wait: 15 * 60_000,
  retries: 50,
  connect: 10_000,
  idle: 60_000,
  total: 180_000,
  bytes: 32 << 20,
  pages: 10_000,
  redirects: 5,
};

export function isTrouble(outcome: Answer | Trouble): outcome is Trouble {
  return "trouble" in outcome;
}

export function isGood({ status }: Pick<Answer, "status">): boolean {
  return status >= 200 && status < 300;
}
