import { isMap, type Node } from "yaml";
import type { Reason } from "../../model/told.ts";
import { levelIn } from "./level.ts";
import { entriesOf, follow, LOST, noteWrong, textOf } from "./nodes.ts";
import type { Level } from "./permissions.ts";
import { type Entries, type Entry, note, type Reading, type Span } from "./reading.ts";

export interface Job {
  key: string;
  at: Span;
  name?: string;
  permissions: Level;
  /** The reusable workflow it calls, as written, and where. */
  uses?: { workflow: string; at: Span };
  environment: { name: string | null } | { unknown: Reason };
}

/** One job of a workflow; undefined where there is none to speak of, with the reason among the faults. */
export function jobIn(key: string, { key: at, value }: Entry, reading: Reading): Job | undefined {
  const node = follow(value, reading);
  if (!isMap(node)) {
    noteWrong(reading, at, node, { what: "the job", not: "not a map", remedy: "write the job's keys below its name" });
    return undefined;
  }
  const entries = entriesOf(node, reading);
  const name = nameIn(entries, reading);
  const uses = usesIn(entries.get("uses"), reading);
  return {
    key,
    at,
    ...(name !== undefined && { name }),
    permissions: levelIn(entries, at, reading),
    ...(uses && { uses }),
    environment: environmentIn(entries, reading),
  };
}

/** The `name` of a workflow or a job, where it is text. */
export function nameIn(entries: Entries, reading: Reading): string | undefined {
  return textOf(follow(entries.get("name")?.value, reading)) ?? undefined;
}

function usesIn(entry: Entry | undefined, reading: Reading): Job["uses"] {
  if (!entry) return undefined;
  const node = follow(entry.value, reading);
  const workflow = textOf(node);
  if (typeof workflow === "string") return { workflow, at: entry.key };
  noteWrong(reading, entry.key, node, {
    what: "`uses`",
    not: "not a name",
    remedy: "name the reusable workflow as text",
  });
  return undefined;
}

/** A literal name, or none at all; an expression is decided only when the job runs. */
function environmentIn(entries: Entries, reading: Reading): Job["environment"] {
  const entry = entries.get("environment");
  if (!entry) return entries.has(LOST) ? { unknown: "failed" } : { name: null };
  const name = entry.isRepeated ? undefined : environmentName(follow(entry.value, reading), reading);
  if (name) return name.includes("${{") ? { unknown: "not-exposed" } : { name };
  note(reading, entry.key, "`environment` has no name", "name the environment, or remove the key");
  return { unknown: "failed" };
}

function environmentName(node: Node | null | undefined, reading: Reading): string | null | undefined {
  if (!isMap(node)) return textOf(node);
  return textOf(follow(entriesOf(node, reading).get("name")?.value, reading));
}
