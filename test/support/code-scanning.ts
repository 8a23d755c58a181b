import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { Log, Result, Run } from "sarif";
import { type Handler, json, type Received } from "./loopback.ts";

/** Code scanning of one repository, as GitHub documents and enforces it; nothing outside of this machine is asked. */
export interface CodeScanning {
  handler: Handler;
  /** Every file that was taken and processed, in order. */
  taken: { ref: string; commit: string; log: Log }[];
  /** Open alerts of a ref: by rule and fingerprint, in which categories they stand. */
  alerts: Map<string, Set<string>>;
  /** Alerts that were in no category any more, if only for a moment. */
  closed: string[];
}

export interface Behaviour {
  token: string;
  repository?: string;
  commits?: readonly string[];
  /** Switched off: what GitHub says then. */
  disabled?: string;
  /** So many times an upload is still pending when it is asked for. */
  pending?: number;
  /** What processing ends with, whatever was uploaded. */
  faults?: readonly string[];
}

const LARGEST = 10_000_000;
const STORED = 5_000;
const LIMITS = { runs: 20, results: 25_000, rules: 25_000, extensions: 100, tags: 20, locations: 1_000 };

interface Answer {
  status: number;
  body: unknown;
}

interface Job {
  asked: number;
  faults: readonly string[];
}

export function codeScanning(behaviour: Behaviour): CodeScanning {
  const { token, repository = "acme/shop", disabled, pending = 0, commits = ["c".repeat(40)] } = behaviour;
  const jobs = new Map<string, Job>();
  const analyses: { ref: string; tool: { name: string }; category: string; results_count: number }[] = [];
  const handler: Handler = (received, response) => {
    const { status, body } = answer(received);
    json(response, body, status);
  };
  const state: CodeScanning = { handler, taken: [], alerts: new Map(), closed: [] };
  const base = `/api/v3/repos/${repository}/code-scanning`;

  function answer(received: Received): Answer {
    const { pathname } = received.url;
    if (received.headers.authorization !== `Bearer ${token}`) return refusal(401, "Bad credentials");
    if (!pathname.startsWith(base)) return refusal(404, "Not Found");
    if (disabled !== undefined) return refusal(403, disabled);
    if (pathname === `${base}/analyses`) return listed(received);
    if (pathname === `${base}/sarifs` && received.method === "POST") return upload(received);
    return asked(pathname.slice(`${base}/sarifs/`.length));
  }

  function asked(id: string): Answer {
    const job = jobs.get(id);
    if (!job) return refusal(404, "Not Found");
    job.asked += 1;
    if (job.asked <= pending) return { status: 200, body: { processing_status: "pending" } };
    if (job.faults.length > 0) return { status: 200, body: { processing_status: "failed", errors: job.faults } };
    return { status: 200, body: { processing_status: "complete", analyses_url: `${base}/analyses`, errors: null } };
  }

  function listed({ url }: Received): Answer {
    const [ref, tool] = ["ref", "tool_name"].map((name) => url.searchParams.get(name));
    const found = analyses.filter((one) => one.ref === ref && one.tool.name === tool).toReversed();
    if (found.length === 0) return refusal(404, "no analysis found");
    return { status: 200, body: found.slice(0, Number(url.searchParams.get("per_page") ?? 30)) };
  }

  function upload({ body }: Received): Answer {
    const { commit_sha: commit = "", ref = "", sarif } = JSON.parse(body) as Record<string, string | undefined>;
    const misplaced = placeFault(ref, commit, commits);
    if (misplaced !== undefined) return refusal(422, misplaced);
    const log = unpacked(sarif);
    if (typeof log === "string") return refusal(log.includes("too large") ? 413 : 400, log);
    const id = randomUUID();
    const faults = behaviour.faults ?? ingestionFaults(log);
    jobs.set(id, { asked: 0, faults });
    if (faults.length === 0) process(log, ref, commit);
    return { status: 202, body: { id, url: `${base}/sarifs/${id}` } };
  }

  function process(log: Log, ref: string, commit: string): void {
    state.taken.push({ ref, commit, log });
    for (const run of log.runs) {
      const category = categoryOf(run);
      const name = run.tool.driver.name;
      analyses.push({ ref, tool: { name }, category, results_count: run.results?.length ?? 0 });
      replace(
        `${ref} ${name} ${category}`,
        (run.results ?? []).slice(0, STORED).map((one) => `${ref} ${name} ${keyOf(one)}`),
      );
    }
  }

  function replace(place: string, keys: readonly string[]): void {
    const now = new Set(keys);
    for (const key of now) state.alerts.set(key, (state.alerts.get(key) ?? new Set()).add(place));
    for (const [key, places] of state.alerts) {
      if (now.has(key) || !places.delete(place) || places.size > 0) continue;
      state.alerts.delete(key);
      state.closed.push(key);
    }
  }

  return state;
}

function refusal(status: number, message: string): Answer {
  return { status, body: { message } };
}

function placeFault(ref: string, commit: string, commits: readonly string[]): string | undefined {
  if (!/^[0-9a-f]{40}$/.test(commit)) return "commit_sha must be 40 hexadecimal digits";
  if (!/^refs\/(?:heads|tags|pull)\/./.test(ref)) return "ref must be a fully formatted Git reference";
  return commits.includes(commit) ? undefined : `Commit not found: ${commit}`;
}

/** The document, or why there is none. */
function unpacked(sarif = ""): Log | string {
  const bytes = Buffer.from(sarif, "base64");
  if (sarif === "" || bytes.toString("base64") !== sarif) return "sarif is not base64";
  if (bytes.length > LARGEST) return "the SARIF file is too large";
  try {
    return JSON.parse(gunzipSync(bytes).toString("utf8")) as Log;
  } catch {
    return "sarif is not gzip, or holds no JSON";
  }
}

function categoryOf({ automationDetails }: Run): string {
  return (automationDetails?.id ?? "").replace(/\/?[^/]*$/, "");
}

function keyOf({ ruleId, partialFingerprints }: Result): string {
  return `${ruleId} ${partialFingerprints?.primaryLocationLineHash}`;
}

/** Why GitHub rejects a whole file after it was taken. */
function ingestionFaults({ version, runs = [] }: Partial<Log>): string[] {
  const twins = new Set(runs.map((run) => `${run.tool.driver.name} ${categoryOf(run)}`)).size < runs.length;
  return [
    ...(version === "2.1.0" ? [] : ["the SARIF version is not supported"]),
    ...(runs.length > LIMITS.runs
      ? [`rejecting SARIF, as there are more runs per file than allowed (${runs.length} > ${LIMITS.runs})`]
      : []),
    ...(twins ? ["rejecting SARIF, as multiple runs have the same tool and category"] : []),
    ...runs.flatMap(runFaults),
  ];
}

function runFaults({ results, tool }: Run): string[] {
  const { rules = [] } = tool.driver;
  if (!results) return ["results are missing"];
  return [
    ...(results.length > LIMITS.results
      ? [`rejecting SARIF, as there are more results per run than allowed (${results.length} > ${LIMITS.results})`]
      : []),
    ...(rules.length > LIMITS.rules ? ["rejecting SARIF, as there are more rules per run than allowed"] : []),
    ...((tool.extensions?.length ?? 0) > LIMITS.extensions ? ["more tool extensions per run than allowed"] : []),
    ...rules.flatMap(({ id, properties }) => {
      const severity: unknown = properties?.["security-severity"];
      const isNumber = severity === undefined || (typeof severity === "string" && Number.isFinite(Number(severity)));
      return [
        ...(isNumber ? [] : [`rule ${id}: invalid security severity value, is not a number: ${severity}`]),
        ...((properties?.tags?.length ?? 0) > LIMITS.tags ? [`rule ${id}: more tags per rule than allowed`] : []),
      ];
    }),
    ...results.flatMap(resultFaults),
  ];
}

function resultFaults({ locations = [], message }: Result): string[] {
  const [first] = locations;
  const uri = first?.physicalLocation?.artifactLocation?.uri;
  if (!message?.text) return ["expected a message"];
  if (!first) return ["expected at least one location"];
  if (locations.length > LIMITS.locations) return ["more locations per result than allowed"];
  if (!first.physicalLocation) return ["expected a physical location"];
  if (!uri) return ["expected artifact location"];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1];
  if (scheme) return [`SARIF URI scheme "${scheme}" did not match the checkout URI scheme "file"`];
  if (/[ "<>\\^`{|}]|%(?![0-9A-Fa-f]{2})/.test(uri)) return ["an invalid URI was provided as a SARIF location"];
  return [];
}
