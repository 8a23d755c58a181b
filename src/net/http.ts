/** Where the requests of one source go, and how its provider wants to be asked. */
export interface Connection {
  /** The provider's id, as coverage and errors name it. */
  source: string;
  /** Absolute `https:` URL (`http:` on loopback only) that paths are relative to; its path is kept. No redirect leaves its host. */
  base: string;
  /** Sent with each request, beside `User-Agent`. */
  headers?: Readonly<Record<string, string>>;
  /** Tells apart those who ask the same of the same base, as one account of many: part of what kept answers are found by. */
  asker?: string;
  /** Headers that may have to be made anew, as an installation token of an hour; asked before each request, so it keeps what still holds. */
  authorize?: () => Promise<Readonly<Record<string, string>>>;
  /** Secrets in use: masked in every detail, raw, URL-encoded and in base64. The list may grow. */
  secrets: readonly string[];
  /** Milliseconds to wait before the next request, from the provider's own headers; undefined: none are asked for. `Retry-After` is read anyway. */
  pace?: (reply: { status: number; headers: Headers; now: number }) => number | undefined;
  /** Whether this reply is a refusal for now, to be asked again, where the status alone does not tell (GitHub's 403 for a spent budget). */
  isThrottled?: (reply: { status: number; headers: Headers; text: string }) => boolean;
  /** Requests under way at a time. Default: 4. */
  concurrency?: number;
}

export interface Request {
  /** Relative to the connection's base; parts that come from outside are already encoded. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
}

/** What a request came to, after all retries. Absent is 404 or 410: only the provider knows whether that means nothing or not allowed. */
export type Reply<Body = unknown> = Read<Body> | Refused;

export interface Read<Body = unknown> {
  outcome: "read";
  status: number;
  headers: Headers;
  body: Body;
  /** The absolute URL that was asked, without secrets. */
  url: string;
}

export interface Refused {
  outcome: "denied" | "absent" | "failed";
  /** Absent where no answer came at all. */
  status?: number;
  headers?: Headers;
  /** What was answered, at most the first 4,096 characters: some providers name the cause only there. */
  text?: string;
  /** A sentence with method, path and cause; holds no secret. */
  detail: string;
  /** What a person can do about it. */
  remedy: string;
}

/** Where the next page is, seen from one that was read; undefined: this was the last. */
export type NextPage = (page: Read, asked: Request) => Request | undefined;

/** Reads, and nothing else: paced, retried, bounded in time and size, kept and replayed by who opened it. */
export interface Http {
  /** One JSON document. */
  get(request: Request): Promise<Reply>;
  /**
   * Every page of a list, in order. Ends after the last page, or with one reply that is not `read`, also where a page
   * leads back to one that was read before.
   */
  pages(request: Request, next: NextPage): AsyncIterable<Reply>;
  /** A GraphQL query; a document with a mutation or subscription is refused before it is sent. */
  graphql(request: Request, document: string, variables: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** For protocols that read by POST (AWS): sent only if `isReading` of the guard knows the body as a read. The body comes back as text. */
  post(request: Request, body: string): Promise<Reply<string>>;
  /** What the connection has done so far. */
  tally(): Tally;
}

export interface Tally {
  requests: number;
  retries: number;
  /** Milliseconds spent waiting for a rate limit. */
  waited: number;
  /** Where somebody waits for one at this moment: until when, in milliseconds since 1970. */
  until?: number;
}
