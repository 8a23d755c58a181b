import { dirname } from "node:path";
import type { ConfigFault, Locate } from "./fault.ts";
import { uriOf, type Whereabouts } from "./find.ts";
import { readText } from "./read.ts";
import { type About, durationFaults, ruleFaults } from "./rules.ts";
import { shapeFaults } from "./shape.ts";
import { treeIn } from "./tree.ts";

/** A configuration file as read: its content, where each node stands, and all that is wrong with it. */
export interface ReadFile {
  uri: string;
  folder: string;
  value: unknown;
  locate: Locate;
  faults: ConfigFault[];
}

/** Reads and validates one configuration file; what the bundle says of itself is asked for only to complete a list of faults. */
export async function readConfigFile(
  where: Whereabouts,
  { cwd, about }: { cwd: string; about?: (() => Promise<About>) | undefined },
): Promise<ReadFile> {
  const uri = uriOf(where.path, cwd);
  const file = { uri, folder: dirname(where.path), value: undefined, locate: () => ({ uri }), faults: [] };
  const read = await readText(where, uri);
  if ("fault" in read) return { ...file, faults: [read.fault] };
  const tree = treeIn(read.text, uri, { beginning: "version: 1 and what should differ" });
  if (!("value" in tree)) return { ...file, faults: tree.faults };
  const wrong = [...tree.faults, ...shapeFaults(tree.value, tree.locate)];
  const durations = durationFaults(tree.value, tree.locate);
  const isFaulty = wrong.length + durations.length > 0;
  wrong.push(
    ...(isFaulty && about && !hasOwnPolicies(tree.value)
      ? ruleFaults(tree.value, tree.locate, await about())
      : durations),
  );
  return { ...file, value: tree.value, locate: tree.locate, faults: wrong };
}

/** With policies of the user's own, only a sound file tells which policies there are. */
function hasOwnPolicies(document: unknown): boolean {
  const policies = (document as { policies?: { paths?: unknown } } | null)?.policies;
  return policies?.paths !== undefined;
}
