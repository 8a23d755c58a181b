import { createReadStream } from "node:fs";
import { join } from "node:path";
import { isAccepted } from "../model/baseline.ts";
import type { AuditChanges, AuditFinding, Finding } from "../model/documents.gen.ts";
import { parsedJson } from "../model/exact-json.ts";
import { readInventory } from "../model/inventory-reader.ts";
import { readLines } from "../model/lines.ts";
import { isMapping } from "../model/mapping.ts";

/** Where a run has kept its report and its inventory. */
export interface Kept {
  report: string;
  inventory: string;
}

/** Past this many, changes are only counted. */
const TOLD = 1_000;

export function keptIn(folder: string): Kept {
  return { report: join(folder, "evidence/report.json"), inventory: join(folder, "evidence/inventory.ndjson") };
}

/** What changed between two runs: findings by their identity, tokens by their ids. Both are streamed; of each only ids are kept. */
export async function changesBetween(before: Kept, now: Kept): Promise<Omit<AuditChanges, "since" | "reason">> {
  const [counted, counting] = [await idsOf(countingIn(before.report)), await idsOf(countingIn(now.report))];
  const added = await picked(countingIn(now.report), ({ id }) => !counted.has(id), brief);
  const resolved = await picked(countingIn(before.report), ({ id }) => !counting.has(id), brief);
  const [known, present] = [await idsOf(tokensIn(before.inventory)), await idsOf(tokensIn(now.inventory))];
  const appeared = await picked(
    tokensIn(now.inventory),
    ({ id }) => !known.has(id),
    ({ id }) => id,
  );
  const vanished = await picked(
    tokensIn(before.inventory),
    ({ id }) => !present.has(id),
    ({ id }) => id,
  );
  return {
    counts: {
      new: added.count,
      resolved: resolved.count,
      appeared: appeared.count,
      vanished: vanished.count,
    },
    new: added.first,
    resolved: resolved.first,
    appeared: appeared.first,
    vanished: vanished.first,
  };
}

async function idsOf(all: AsyncIterable<{ id: string }>): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { id } of all) ids.add(id);
  return ids;
}

async function picked<Item, Told>(
  all: AsyncIterable<Item>,
  isWanted: (item: Item) => boolean,
  tell: (item: Item) => Told,
): Promise<{ count: number; first: Told[] }> {
  const first: Told[] = [];
  let count = 0;
  for await (const item of all) {
    if (!isWanted(item)) continue;
    count += 1;
    if (first.length < TOLD) first.push(tell(item));
  }
  return { count, first };
}

function brief({ id, token, policy, verdict, severity, message }: Finding): AuditFinding {
  return { id, token: token.id, policy, verdict, severity, message };
}

/** The findings of a JSON report of ours, each on a line of its own, but for those that somebody has accepted. */
async function* countingIn(report: string): AsyncIterable<Finding> {
  let isThere = false;
  for await (const { text } of readLines(createReadStream(report))) {
    isThere ||= text.startsWith('  "findings": [');
    const value = isThere && text.startsWith("    {") ? parsedJson(text.replace(/,$/, "")) : undefined;
    if (isFinding(value) && !isAccepted(value)) yield value;
  }
  if (!isThere) throw new Error("its report cannot be read");
}

/** It was written by us, so it is enough to see that it is what is looked for. */
function isFinding(value: unknown): value is Finding {
  return isMapping(value) && typeof value.id === "string" && isMapping(value.token);
}

async function* tokensIn(inventory: string): AsyncIterable<{ id: string }> {
  for await (const event of readInventory(createReadStream(inventory))) {
    if ("fault" in event) throw event.fault;
    if ("token" in event) yield event.token;
  }
}
