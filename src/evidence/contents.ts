import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bundle } from "../judge/bundle.ts";
import { bytesOf } from "../judge/opa-wasm.ts";
import { sourcesIn } from "../judge/staging.ts";
import type { Result } from "../model/flow.ts";
import type { Terms } from "../model/terms.ts";
import { renderJson } from "../report/json.ts";
import { jsonArray } from "../report/json-array.ts";
import { places } from "./layout.ts";
import type { Pack } from "./pack.ts";

/** A file that a run goes by, as it was when the run began. */
export interface Input {
  /** What it is: `config`, `waivers`. */
  role: string;
  /** As the working directory sees it. */
  from: string;
  text: string;
  masked?: true;
}

/** The files that people wrote, one folder for each role. */
export async function addInputs(pack: Pack, inputs: readonly Input[]): Promise<void> {
  const taken = new Set<string>();
  for (const { role, from, text, masked } of inputs) {
    const path = freeName(`inputs/${role}`, from, taken);
    await pack.add(path, [text], { from, ...(masked ? { masked } : {}) });
  }
}

/** The policies as they ran, and as they were written; `mask` takes out of people's own what looks like a secret. */
export async function addPolicies(
  pack: Pack,
  bundle: Bundle,
  { shipped, own, mask }: { shipped: string; own: readonly string[]; mask: (text: string) => string },
): Promise<void> {
  await pack.add(places.module, [bytesOf(bundle.module)]);
  await pack.add(places.policies, [JSON.stringify(bundle.manifest)]);
  await pack.add(places.thresholds, [JSON.stringify(bundle.thresholds)]);
  const files = [...(await sourcesIn(shipped)), "capabilities.json", ...(await dataIn(shipped))];
  for (const file of files) await pack.add(`policies/shipped/${file}`, createReadStream(join(shipped, file)));
  for (const [index, folder] of own.entries()) {
    const taken = new Set<string>();
    for (const file of await sourcesIn(folder)) {
      const text = await textOf(join(folder, file));
      const masked = mask(text);
      const about = { from: file, ...(masked === text ? {} : ({ masked: true } as const)) };
      await pack.add(freeName(`policies/own-${index + 1}`, file, taken), [masked], about);
    }
  }
}

/** What the run came to, and what it was judged by. */
export async function addResult(pack: Pack, result: Result, terms: Terms, effective: unknown): Promise<void> {
  await pack.add(places.terms, [document(terms)]);
  await pack.add(places.config, [document(effective)]);
  await pack.add(places.coverage, coverageOf(result));
  await pack.add(places.report, renderJson(result));
}

/** What was asked and what became of it, an event a line. */
export async function* coverageOf({ head }: Pick<Result, "head">): AsyncIterable<string> {
  yield* jsonArray(head.coverage, "");
  yield "\n";
}

function document(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

async function dataIn(shipped: string): Promise<string[]> {
  const found = ["data", "data/scopes"].map(async (folder) => {
    const entries = await readdir(join(shipped, folder), { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() ? [`${folder}/${entry.name}`] : []));
  });
  return (await Promise.all(found)).flat().sort();
}

async function textOf(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** The name that a file has at home, of letters that mean nothing anywhere, and never twice. */
function freeName(folder: string, from: string, taken: Set<string>): string {
  const last = (from.split("/").at(-1) ?? "").slice(-128);
  const plain = last.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^[.-]/, "_") || "_";
  for (let number = 1; ; number += 1) {
    const path = `${folder}/${number === 1 ? plain : `${number}-${plain}`}`;
    // On some file systems two names that differ in case only are one.
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}
