import { getSystemErrorMap } from "node:util";
import type { Limits, Trouble } from "./exchange.ts";

/** Why one try brought no whole answer. */
export type Cause = "overtime" | "oversize" | "encoding" | "stopped";

/** A try that this side ended. */
export class Ended extends Error {
  readonly why: Cause;

  constructor(why: Cause) {
    super(why);
    this.why = why;
  }
}

/** What an error of the transport means; an error that is none is thrown on. */
export function troubleOf(error: unknown, limits: Pick<Limits, "connect" | "idle" | "total" | "bytes">): Trouble {
  if (error instanceof Ended) return ended(error.why, limits);
  const { code, message } = innermost(error);
  if (code === undefined) throw error;
  const told = TOLD[code]?.(limits);
  if (told) return { remedy: TRY_LATER, mayPass: true, ...told };
  if (code === "UND_ERR_ABORTED" && /proxy/i.test(message)) return { ...BY_PROXY, mayPass: false };
  if (CERTIFICATE.test(code)) return untrusted(code);
  if (/^(?:HPE_|Z_|ERR__?ERROR_FORMAT|ERR_PADDING|ERR_BROTLI|UND_ERR_(?:SOCKET|RES))/.test(code)) return broken();
  const words = [...getSystemErrorMap().values()].find(([name]) => name === code)?.[1];
  if (words === undefined) throw error;
  const isUnsent = code === "ECONNREFUSED";
  return { trouble: `had no answer: ${words}`, remedy: LOOK_AT_NETWORK, mayPass: true, isUnsent };
}

const TRY_LATER = "run it again later; look at the provider's status page if it stays";
const LOOK_AT_NETWORK = "look at the network, at HTTPS_PROXY and NO_PROXY, and at the address that is asked";
const BY_PROXY = { trouble: "was refused by the proxy", remedy: "correct HTTPS_PROXY, or name the host in NO_PROXY" };

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;

type Told = Pick<Trouble, "trouble"> & Partial<Trouble>;
const noName: Told = {
  trouble: "was not sent: its host has no address",
  remedy: LOOK_AT_NETWORK,
  mayPass: false,
  isUnsent: true,
};

const TOLD: Readonly<Record<string, (limits: Pick<Limits, "connect" | "idle">) => Told>> = {
  ENOTFOUND: () => noName,
  EAI_AGAIN: () => ({ ...noName, mayPass: true }),
  UND_ERR_CONNECT_TIMEOUT: ({ connect }) => ({
    trouble: `had no connection within ${seconds(connect)}`,
    remedy: LOOK_AT_NETWORK,
    isUnsent: true,
  }),
  UND_ERR_HEADERS_TIMEOUT: ({ idle }) => ({ trouble: `had no answer within ${seconds(idle)}` }),
  UND_ERR_BODY_TIMEOUT: ({ idle }) => ({ trouble: `had an answer that stood still for ${seconds(idle)}` }),
  UND_ERR_HEADERS_OVERFLOW: () => ({ trouble: "had an answer with a head too large to read", mayPass: false }),
};

/** Names of OpenSSL and of Node for a certificate that nobody vouches for, or that is for somebody else. */
const CERTIFICATE = /CERT|SIGNATURE|UNABLE_TO_|SELF_SIGNED|^ERR_(?:TLS|SSL)|^EPROTO$/;

function untrusted(code: string): Trouble {
  const cause = code.toLowerCase().replaceAll("_", " ");
  return {
    trouble: `was not sent: the server's certificate is not trusted (${cause})`,
    remedy: "let NODE_EXTRA_CA_CERTS name a file with the certificate of your own authority; it is always checked",
    mayPass: false,
  };
}

function broken(): Trouble {
  return { trouble: "had an answer that broke off or was garbled", remedy: TRY_LATER, mayPass: true };
}

function ended(why: Cause, { total, bytes }: Pick<Limits, "total" | "bytes">): Trouble {
  if (why === "overtime") {
    return { trouble: `had an answer that took longer than ${seconds(total)}`, remedy: TRY_LATER, mayPass: true };
  }
  if (why === "oversize") {
    const remedy = "ask for less: name fewer groups, organizations or accounts in the source";
    return { trouble: `had an answer larger than ${bytes} bytes`, remedy, mayPass: false };
  }
  if (why === "encoding") return { trouble: "had an answer that is no UTF-8 text", remedy: TRY_LATER, mayPass: true };
  return { trouble: "was ended: the run was stopped", remedy: "run it again and let it end", mayPass: false };
}

function innermost(error: unknown): { code?: string; message: string } {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (inner instanceof AggregateError && inner.errors.length > 0) inner = inner.errors[0];
  if (!(inner instanceof Error)) return { message: String(inner) };
  return { message: inner.message, ...("code" in inner && typeof inner.code === "string" ? { code: inner.code } : {}) };
}
