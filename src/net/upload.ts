import { openAsking, share } from "./client.ts";
import type { Outgoing, Upload, World } from "./exchange.ts";
import type { Connection, Reply, Request } from "./http.ts";

/** Hands over what the command was told to, and reads what became of it. Only the command opens one. */
export interface Uploader {
  /** One JSON document. */
  get(request: Request): Promise<Reply>;
  /** Sent only to an address that was declared; no redirect is followed. */
  send(request: Request, upload: Upload, expects: Outgoing["expects"]): Promise<Reply>;
  /** Takes the secrets of the connection out of a text that came from it. */
  mask(text: string): string;
}

/** `declared`: the absolute addresses, with their query, that something may be sent to. */
export function openUploader(world: World, connection: Connection, declared: readonly string[]): Uploader {
  const { ask, masking } = openAsking(connection, { ...share(world), place: 0 }, declared);
  return {
    get: (request) => ask(request, { method: "GET", expects: "json" }),
    send: (request, upload, expects) => ask(request, { method: "POST", upload, expects }),
    mask: masking.text,
  };
}
