import type { Connection, Http } from "../../net/http.ts";
import { RefusedByAws, UnreadableAnswer } from "./refusal.ts";

/** What the SDK wants to have sent: built and signed. */
export interface Signed {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query: Readonly<Record<string, unknown>>;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
}

/** Lets the SDK send through our one client, with a connection for each endpoint; what it signed is sent as it is. */
export function handlerOver(connect: (base: string) => Http) {
  const connections = new Map<string, Http>();
  const httpTo = (base: string): Http => {
    const http = connections.get(base) ?? connect(base);
    connections.set(base, http);
    return http;
  };
  return {
    async handle({ protocol, hostname, port, path, headers, body }: Signed) {
      const http = httpTo(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}/`);
      const sent = textOf(body);
      const reply = await http.post({ path, headers: own(headers) }, sent);
      if (reply.outcome !== "read") throw new RefusedByAws(reply);
      requireAnswer(sent, reply.body);
      const response = {
        statusCode: reply.status,
        headers: Object.fromEntries(reply.headers),
        body: new TextEncoder().encode(reply.body),
      };
      return { response };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

/** IAM throttles by account, and says so with status 400; a report that is not there yet and a job that is under way are asked for again as well. */
export const throttling: Pick<Connection, "isThrottled" | "concurrency"> = {
  isThrottled: ({ status, text }) =>
    status < 300 ? !WHOLE.test(text) || UNDER_WAY.test(text) : THROTTLED.test(text) || UNDER_WAY.test(text),
  concurrency: 4,
};

const CODE = '(?:<Code>|"(?:__type|code)"\\s*:\\s*"(?:[^"]*#)?)';
const THROTTLED = new RegExp(
  `${CODE}(?:Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|PriorRequestNotComplete|SlowDown)\\b`,
);
/** What ends elsewhere was cut off on its way, or is no answer of AWS. */
const WHOLE = /(?:<\/\w+Response>|\})\s*$/;
const UNDER_WAY = /<Code>Report(?:InProgress|NotPresent|Expired)<\/Code>|<JobStatus>IN_PROGRESS<\/JobStatus>/;

/** The SDK would read the answer to another question as an empty one. */
function requireAnswer(sent: string, answer: string): void {
  const action = new URLSearchParams(sent).get("Action");
  if (action === null || answer.includes(`<${action}Response`)) return;
  throw new UnreadableAnswer(`it is no answer to ${action}`);
}

/** The transport counts and names for itself. */
const TRANSPORT = new Set(["host", "content-length", "user-agent", "connection"]);

function own(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !TRANSPORT.has(name.toLowerCase())));
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  throw new Error("the AWS SDK wants to send what is neither text nor bytes");
}
