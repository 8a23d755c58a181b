import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { places } from "../evidence/layout.ts";
import type { Pack } from "../evidence/pack.ts";
import type { Signer } from "../evidence/signature.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Result } from "../model/flow.ts";
import { reasonOf } from "../model/system-error.ts";
import type { Means } from "../review.ts";
import { type Configured, foldersOf } from "./configured.ts";
import { maskFor, readInputs } from "./inputs.ts";
import { headerFor } from "./inventory-header.ts";

export interface EvidenceOptions {
  evidence?: string;
  evidenceKey?: string;
}

/** Whether to keep all that a run goes by. */
export function withEvidence(command: Command): Command {
  return withEvidenceKey(
    command.option(
      "--evidence <folder>",
      "keep all that is needed to judge again in this new folder; `tokenward verify` does",
    ),
  );
}

export function withEvidenceKey(command: Command): Command {
  return command.option("--evidence-key <file>", "sign the evidence with this private Ed25519 key (PEM)");
}

/** A review as wished for: with a folder for evidence, of an inventory that is written there first. */
export async function reviewed(run: Configured, means: Means, options: EvidenceOptions): Promise<Result> {
  const { evidence: folder, evidenceKey } = options;
  if (folder === undefined) {
    if (evidenceKey !== undefined) throw new TokenwardError("EVIDENCE_KEY_IDLE", { path: evidenceKey });
    const { review } = await import("../review.ts");
    return review(run.config, means);
  }
  const signer = evidenceKey === undefined ? undefined : await signerFrom(evidenceKey);
  const { openPack } = await import("../evidence/pack.ts");
  const pack = await openPack(resolve(folder));
  try {
    return await keeping(pack, run, { means, signer });
  } finally {
    // Once it is in its place there is nothing left to drop.
    await pack.drop();
  }
}

async function keeping(
  pack: Pack,
  { config, bundle, rules }: Configured,
  { means, signer }: { means: Means; signer: Signer | undefined },
): Promise<Result> {
  const { collect } = await import("../collect/index.ts");
  const { effective } = await import("../config/effective.ts");
  const { addInputs, addPolicies, addResult } = await import("../evidence/contents.ts");
  const { recorded } = await import("../evidence/recorded.ts");
  const { writeInventory } = await import("../model/inventory.ts");
  const { reviewBy, termsOf } = await import("../review.ts");
  const mask = maskFor(config, means.env);
  await addInputs(pack, await readInputs(config, means, mask));
  await addPolicies(pack, bundle, { shipped: SHIPPED, own: foldersOf(config), mask });
  const items = collect(config.sources.value, means);
  const inventory = await pack.add(places.inventory, writeInventory(headerFor(config, means.asOf), items));
  const terms = termsOf(config, means);
  const result = await reviewBy(terms, recorded(inventory), means);
  await addResult(pack, result, terms, effective(config, rules, bundle));
  const { tool, as_of, bundle: digest, gate, summary } = result.head;
  await pack.close({ tool, node: process.version, as_of, bundle: digest, outcome: { gate, summary } }, signer);
  return result;
}

const SHIPPED = fileURLToPath(new URL("../../policies", import.meta.url));

async function signerFrom(path: string): Promise<Signer> {
  const { signerOf } = await import("../evidence/signature.ts");
  return signerOf(await keyText(path, "private Ed25519"), path);
}

/** The text of a file that should hold a key. */
export async function keyText(path: string, wanted: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new TokenwardError("EVIDENCE_KEY", { path, wanted, reason: reasonOf(cause) }, { cause });
  });
}
