import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import type { Answer, Outgoing } from "./exchange.ts";
import type { Connection } from "./http.ts";
import type { Keeping } from "./keeping.ts";
import { type Masking, maskNamed } from "./masking.ts";
import { writePrivate } from "./private-file.ts";
import { keptHeaders, redacted } from "./redact.ts";

/** The kept exchanges of one connection. */
export interface Shelf {
  find(outgoing: Outgoing): Promise<Answer | undefined>;
  keep(outgoing: Outgoing, answer: Answer): Promise<void>;
}

interface Exchange {
  schema_version: 1;
  request: { method: string; url: string; body_sha256?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}

export function openShelf(
  { folder, mode }: Keeping,
  { source, base, asker = "" }: Pick<Connection, "source" | "base" | "asker">,
  { place, masking }: { place: number; masking: Masking },
): Shelf {
  // What one source was told is nothing that another may hear, even of the same provider.
  const own = join(folder, `${source}-${digest(place, source, base, asker)}`);
  const fileOf = (outgoing: Outgoing) => {
    const name = digest(outgoing.method, masking.known(outgoing.url.href), bodyDigest(outgoing, masking) ?? "");
    return join(own, name.slice(0, 2), `${name}.json`);
  };
  return {
    async find(outgoing) {
      const file = fileOf(outgoing);
      const text = await readFile(file, "utf8").catch(() => undefined);
      if (text === undefined) return undefined;
      const exchange = exchangeIn(text);
      if (exchange) return answerOf(exchange);
      if (mode !== "replay") return undefined;
      throw new TokenwardError("KEEP_UNREADABLE", { file, reason: "it is no whole exchange" });
    },
    async keep(outgoing, answer) {
      const { method, url } = outgoing;
      const body = bodyDigest(outgoing, masking);
      const exchange: Exchange = {
        schema_version: 1,
        request: { method, url: masking.url(url), ...(body === undefined ? {} : { body_sha256: body }) },
        response: {
          status: answer.status,
          headers: keptHeaders(answer.headers, masking),
          body: redacted(answer.text, masking),
        },
      };
      await writePrivate(fileOf(outgoing), `${JSON.stringify(exchange, null, 2)}\n`, folder);
    },
  };
}

/** Of the body without its secrets, or it would be a secret's hash. */
function bodyDigest({ body }: Outgoing, masking: Masking): string | undefined {
  if (body === undefined) return undefined;
  const isForm = /^Action=|&Action=/.test(body);
  return hash("sha256", masking.known(isForm ? maskNamed(new URLSearchParams(body)).toString() : body));
}

function digest(...parts: readonly (string | number)[]): string {
  return hash("sha256", JSON.stringify(parts)).slice(0, 32);
}

function answerOf({ response: { status, headers, body } }: Exchange): Answer {
  return { status, headers: new Headers(headers), text: body };
}

function exchangeIn(text: string): Exchange | undefined {
  const { request, response } = Object(parsedJson(text)) as Partial<Exchange>;
  if (!request || typeof response?.status !== "number" || typeof response.body !== "string") return undefined;
  return { schema_version: 1, request, response: { ...response, headers: { ...response.headers } } };
}
