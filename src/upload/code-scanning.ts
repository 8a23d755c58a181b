import { formatDuration } from "../model/duration.ts";
import { TokenwardError } from "../model/errors.ts";
import { isMapping } from "../model/mapping.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import type { Refused, Reply } from "../net/http.ts";
import type { Uploader } from "../net/upload.ts";
import type { Place } from "./place.ts";
import { isUnsure, unsure } from "./refusal.ts";
import type { Held, Part } from "./sarif-parts.ts";

export interface Patience {
  now: () => number;
  /** Ends early when the signal aborts. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  signal?: AbortSignal;
  /** Milliseconds for all of it. */
  timeout: number;
}

/** Where code scanning takes files, below the base of the API. */
export function sarifsPath({ repository }: Place): string {
  return `repos/${repository}/code-scanning/sarifs`;
}

/** The categories that the newest analyses of a ref are in, by tool: one page, which is more than one upload makes. */
export async function heldFor(
  tools: Iterable<string>,
  place: Place,
  { uploader, what }: { uploader: Uploader; what: string },
): Promise<Held> {
  const held = new Map<string, Map<string, boolean>>();
  for (const tool of new Set(tools)) {
    const path = `repos/${place.repository}/code-scanning/analyses`;
    const reply = await uploader.get({ path, query: { ref: place.ref, tool_name: tool, per_page: 100 } });
    // A ref without any analysis is absent; so is a repository that is not there, which the upload will tell.
    if (reply.outcome === "absent") continue;
    if (reply.outcome !== "read") throw refusal(what, reply);
    held.set(tool, categoriesIn(reply.body, tool));
  }
  return held;
}

/** Hands one part over and gives the id that it is processed under. */
export async function handOver(part: Part, place: Place, { uploader, what }: { uploader: Uploader; what: string }) {
  const { ref, commit: commit_sha } = place;
  const sarif = part.bytes.toString("base64");
  const tool = part.tool === undefined ? {} : { tool_name: part.tool };
  const bytes = Buffer.from(JSON.stringify({ commit_sha, ref, sarif, ...tool }));
  const request = { path: sarifsPath(place), headers: { "content-type": "application/json" } };
  const reply = await uploader.send(request, { bytes, isRepeatable: false }, "json");
  if (reply.outcome !== "read") throw refusal(what, reply);
  const id = isMapping(reply.body) ? reply.body.id : undefined;
  if (typeof id === "string" && /^[\w-]{1,100}$/.test(id)) return id;
  const detail = `the server answered ${reply.status} without an id to ask for`;
  throw new TokenwardError("UPLOAD_UNSURE", { what, detail, remedy: AGAIN });
}

/** Waits until GitHub has processed what it took. */
export async function processed(
  id: string,
  place: Place,
  { uploader, patience, what, until }: { uploader: Uploader; patience: Patience; what: string; until: number },
): Promise<void> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 1.5)) {
    const reply = await uploader.get({ path: `${sarifsPath(place)}/${id}` });
    // For a moment after the upload its id may not be known everywhere.
    if (reply.outcome !== "absent" && isDone(reply, { what, mask: uploader.mask })) return;
    if (patience.signal?.aborted) throw unsure(what, STOPPED);
    if (patience.now() + wait > until) {
      const waited = formatDuration(Math.round(patience.timeout / 1_000));
      throw new TokenwardError("UPLOAD_PENDING", { what, id, waited });
    }
    await patience.sleep(wait, patience.signal);
  }
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
const AGAIN = "run it again: what is uploaded twice for a commit counts once";
const STOPPED = { detail: "the run was stopped while GitHub processed it", remedy: AGAIN };

function isDone(reply: Reply, { what, mask }: { what: string; mask: Uploader["mask"] }): boolean {
  if (reply.outcome !== "read") throw unsure(what, reply);
  const { processing_status: status, errors } = isMapping(reply.body) ? reply.body : {};
  if (status === "failed") throw new TokenwardError("UPLOAD_REJECTED", { what, faults: faultsIn(errors, mask) });
  return status === "complete";
}

const MOST_FAULTS = 20;
const LONGEST_FAULT = 500;

/** GitHub's own sentences, each on a line, with nothing in them that a terminal obeys. */
function faultsIn(errors: unknown, mask: Uploader["mask"]): string {
  const all = Array.isArray(errors) ? errors.filter((one) => typeof one === "string") : [];
  if (all.length === 0) return "  it did not say why";
  const told = all.slice(0, MOST_FAULTS).map((one) => `  ${visible(mask(one).slice(0, LONGEST_FAULT))}`);
  const left = all.length - told.length;
  return [...told, ...(left > 0 ? [`  and ${number(left, "more error")}`] : [])].join("\n");
}

function categoriesIn(analyses: unknown, tool: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const one of Array.isArray(analyses) ? analyses : []) {
    if (!isMapping(one) || typeof one.category !== "string") continue;
    if (isMapping(one.tool) && one.tool.name !== tool) continue;
    // Newest first.
    if (!found.has(one.category)) found.set(one.category, one.results_count !== 0);
  }
  return found;
}

const REMEDIES: Readonly<Record<number, string>> = {
  400: "correct the file, or --ref and --commit: GitHub could not read what it was sent",
  401: "renew the credential: GitHub does not accept it",
  403: "switch code scanning on for the repository, and give the credential the right to write its alerts (`security-events: write`); the jobs of pull requests from forks never have it",
  404: "correct the repository's name, push the commit, or give the credential the right to see the repository",
  413: "upload fewer results, such as those of one source",
  422: "correct --ref and --commit, and push the commit: GitHub has to know both",
};

function refusal(what: string, reply: Refused): TokenwardError {
  const { status = 0, detail } = reply;
  if (isUnsure(reply)) return unsure(what, { ...reply, ...(status ? { remedy: AGAIN } : {}) });
  const remedy = REMEDIES[status] ?? "look at what GitHub says, or what stands between here and it";
  return new TokenwardError("UPLOAD_REFUSED", { what, detail, remedy });
}
