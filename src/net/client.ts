import { addressOf, baseOf } from "./address.ts";
import { openBudget } from "./again.ts";
import { dispatchers } from "./dispatcher.ts";
import { LIMITS, type Outgoing, type Send, type World } from "./exchange.ts";
import { requireDeclared, requireReading } from "./guard.ts";
import type { Connection, Http, Reply, Request, Tally } from "./http.ts";
import { keeping } from "./kept.ts";
import { type Masking, openMasking, secretsIn } from "./masking.ts";
import { replyOf, unsent } from "./outcome.ts";
import { pagesOf } from "./pages.ts";
import { type Lane, openGate, openLane } from "./pause.ts";
import { reading } from "./read.ts";
import { following } from "./redirect.ts";
import { retrying } from "./retry.ts";
import { sender } from "./send.ts";
import { openShelf } from "./shelf.ts";

/** Opens connections that only read. */
export function openClients(world: World): (connection: Connection, place?: number) => Http {
  const shared = share(world);
  return (connection, place = 0) => openClient(connection, { ...shared, place });
}

/** What the connections of one run share. */
export function share(world: World): Omit<Shared, "place"> {
  const limits = { ...LIMITS, ...world.limits };
  const lanes = new Map<string, Lane>();
  const laneTo = ({ host }: URL) => {
    const lane = lanes.get(host) ?? openLane();
    lanes.set(host, lane);
    return lane;
  };
  const transport = following(sender(dispatchers(world, limits), limits, world), limits);
  return { world, limits, laneTo, transport };
}

interface Shared {
  world: World;
  limits: typeof LIMITS;
  laneTo: (url: URL) => Lane;
  transport: Send;
  /** Which source of the run it is for. */
  place: number;
}

function openClient(connection: Connection, shared: Shared): Http {
  const { base, masking, ask, tally } = openAsking(connection, shared);
  const get = (request: Request) => ask(request, { method: "GET", expects: "json" });
  const placeOf = (request: Request) => {
    const url = addressOf(base, request);
    return "fault" in url ? request.path : url.href;
  };
  const refuse = ({ path }: Request, fault: string) => unsent("GET", path, fault, masking);
  return {
    get,
    pages: (request, next) => pagesOf(request, next, { get, placeOf, refuse, limits: shared.limits }),
    graphql(request, query, variables) {
      const headers = { "content-type": "application/json", ...request.headers };
      const body = JSON.stringify({ query, variables });
      return ask({ ...request, headers }, { method: "POST", body, expects: "json" });
    },
    // Where text is expected, text is what the reply holds.
    post: (request, body) => ask(request, { method: "POST", body, expects: "text" }) as Promise<Reply<string>>,
    tally,
  };
}

type How = Pick<Outgoing, "method" | "body" | "upload" | "expects">;

/** One connection with all its layers. `declared`: where it may hand something over; reading needs no such leave. */
export function openAsking(
  connection: Connection,
  { world, limits, laneTo, transport, place }: Shared,
  declared: readonly string[] = [],
) {
  const base = baseOf(connection.source, connection.base);
  const masking = openMasking([...connection.secrets, ...secretsIn(connection.headers ?? {})]);
  const counts = { requests: 0, retries: 0 };
  const gate = openGate(world, limits);
  const asking = retrying(reading(transport), {
    connection,
    world,
    limits,
    gate,
    lane: laneTo(base),
    budget: openBudget(limits),
    prepare: (outgoing) => authorised(outgoing, connection, masking),
    tally: counts,
  });
  const { keeping: kept } = world;
  const send = kept
    ? keeping(asking, openShelf(kept, connection, { place, masking }), kept.mode, connection.isThrottled)
    : asking;

  async function ask(request: Request, how: How): Promise<Reply> {
    const url = addressOf(base, request);
    if ("fault" in url) return unsent(how.method, request.path, url.fault, masking);
    const headers = lowerCased({ accept: "application/json", ...connection.headers, ...request.headers });
    if (how.upload) requireDeclared(how.method, url, declared);
    else requireReading(how.method, url, how.body, headers["x-amz-target"]);
    for (const secret of [...connection.secrets, ...secretsIn(request.headers ?? {})]) masking.add(secret);
    const outgoing = { ...how, url, headers };
    return replyOf(outgoing, await send(outgoing), masking);
  }

  return { base, masking, ask, tally: (): Tally => ({ ...counts, waited: gate.waited() }) };
}

async function authorised(outgoing: Outgoing, { authorize }: Connection, masking: Masking): Promise<Outgoing> {
  if (!authorize) return outgoing;
  const headers = await authorize();
  for (const secret of secretsIn(headers)) masking.add(secret);
  return { ...outgoing, headers: { ...outgoing.headers, ...lowerCased(headers) } };
}

/** Or one header could stand twice, in two spellings. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
