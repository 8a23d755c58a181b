import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Bundle } from "../judge/bundle.ts";
import { foreignModule } from "../judge/foreign.ts";
import type { Manifest } from "../model/bundle.ts";
import type { EvidenceManifest, Thresholds } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import type { Result } from "../model/flow.ts";
import { isMapping } from "../model/mapping.ts";
import { dangerIn } from "../model/report.ts";
import type { Terms } from "../model/terms.ts";
import { faultsIn, isValid } from "../model/validate.ts";
import { renderJson } from "../report/json.ts";
import { type Means, reviewBy } from "../review.ts";
import { type Difference, fieldDifference, firstDifference } from "./compare.ts";
import { coverageOf } from "./contents.ts";
import { bounded, plainBytes } from "./files.ts";
import { places } from "./layout.ts";
import { recorded } from "./recorded.ts";

/** What judging again has shown. */
export interface Rejudged {
  head: Result["head"];
  difference?: Difference;
}

/** No part of a pack that is held in memory is larger. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Judges the inventory of a pack by the policies and the terms in it, as of its instant. All of it is somebody else's: the
 * policies run only in threads that are watched, and whatever goes wrong is the pack's fault.
 */
export async function rejudge(
  folder: string,
  manifest: EvidenceManifest,
  means: Pick<Means, "scratch" | "jobs">,
): Promise<Rejudged> {
  try {
    const read = reader(folder, manifest);
    const bundle = await bundleIn(folder, read);
    const terms = await termsIn(read);
    const inventory = recorded(join(folder, places.inventory));
    const result = await reviewBy(terms, inventory, { ...means, bundle: { ...bundle, digest: terms.run.bundle } });
    const difference = await differenceIn(folder, manifest, result);
    return { head: result.head, ...(difference ? { difference } : {}) };
  } catch (cause) {
    if (cause instanceof TokenwardError && cause.code === "SPOOL_FAILED") throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TokenwardError("EVIDENCE_REFUSED", { folder, reason }, { cause });
  }
}

async function differenceIn(
  folder: string,
  manifest: EvidenceManifest,
  result: Result,
): Promise<Difference | undefined> {
  const { tool, as_of, bundle, gate, summary } = result.head;
  const { tool: by, as_of: at, bundle: digest, outcome } = manifest;
  return (
    (await firstDifference(plainBytes(join(folder, places.report)), renderJson(result))) ??
    named(places.coverage, await firstDifference(plainBytes(join(folder, places.coverage)), coverageOf(result))) ??
    named(
      "manifest.json",
      fieldDifference(
        { tool: by, as_of: at, bundle: digest, outcome },
        { tool, as_of, bundle, outcome: { gate, summary } },
      ),
    )
  );
}

function named(file: string, difference: Difference | undefined): Difference | undefined {
  return difference && { ...difference, where: `${file}: ${difference.where}` };
}

type Read = (path: string) => Promise<Buffer>;

/** Reads a file once more, and sees that it still is what was examined. */
function reader(folder: string, { files }: EvidenceManifest): Read {
  const sums = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  return async (path) => {
    const bytes = await bounded(join(folder, path), LARGEST);
    if (createHash("sha256").update(bytes).digest("hex") !== sums.get(path)) throw new Error(`${path} is not in it`);
    return bytes;
  };
}

async function bundleIn(folder: string, read: Read): Promise<Omit<Bundle, "digest">> {
  const policies = await documentIn(read, places.policies);
  const thresholds = await documentIn(read, places.thresholds);
  if (!isManifest(policies)) throw new Error(`${places.policies} does not describe policies`);
  if (!isValid("thresholds", thresholds)) throw invalid("thresholds", places.thresholds, thresholds);
  const module = foreignModule(await read(places.module));
  const tables = join(folder, places.tables);
  return { module, manifest: policies, thresholds: thresholds as Thresholds, own: [], isForeign: true, tables };
}

function isManifest(value: unknown): value is Manifest {
  if (!isMapping(value) || !Array.isArray(value.policies) || !Array.isArray(value.reads)) return false;
  return (
    value.policies.every((policy) => isValid("policy", policy)) &&
    value.reads.every((field) => typeof field === "string")
  );
}

async function termsIn(read: Read): Promise<Terms> {
  const terms = await documentIn(read, places.terms);
  if (isValid("terms", terms)) return terms;
  throw invalid("terms", places.terms, terms);
}

async function documentIn(read: Read, path: string): Promise<unknown> {
  const value = parsedJson((await read(path)).toString("utf8"));
  const danger = dangerIn(value);
  if (value === undefined || danger) throw new Error(`${path}: ${danger ?? "it is not JSON"}`);
  return value;
}

function invalid(name: "terms" | "thresholds", path: string, value: unknown): Error {
  const [fault] = faultsIn(name, value);
  return new Error(`${path}${fault?.path ?? ""} ${fault?.message ?? "is something else"}`);
}
