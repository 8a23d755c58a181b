import { realpathSync } from "node:fs";
import type { Fault } from "./reading.ts";
import type { Refusal } from "./refusal.ts";
import { addCalls, type Calls, mayCall } from "./reusable.ts";
import { readText } from "./text.ts";
import { readWorkflow, type Workflow } from "./workflow.ts";

/** A file as it was read: its workflow, or why it was refused, or neither where it is empty or not sound. */
export interface Volume {
  workflow?: Workflow;
  faults: Fault[];
  refusal?: Refusal;
}

/** The files of a repository, to be taken one at a time. */
export interface Shelf {
  take(path: string): Volume;
  /** Who calls which local workflow, in all files. */
  calls(): Calls;
}

/** Parses each file once: a file that has to be parsed before its turn, because it may call another, is kept until then. */
export function shelve(folder: string, paths: readonly string[]): Shelf {
  const root = realpathSync.native(folder);
  const calls: Calls = { byTarget: new Map(), isPartial: false };
  const unsearched = new Set(paths);
  const kept = new Map<string, Volume>();

  return {
    take(path) {
      const volume = kept.get(path) ?? open(path);
      kept.delete(path);
      return volume;
    },
    calls() {
      for (const path of unsearched) search(path);
      return calls;
    },
  };

  function open(path: string): Volume {
    const read = readText(root, path);
    return "text" in read ? parsed(path, read.text) : refused(path, read.refusal);
  }

  function search(path: string): void {
    const read = readText(root, path);
    if ("refusal" in read) refused(path, read.refusal);
    else if (mayCall(read.text)) kept.set(path, parsed(path, read.text));
    unsearched.delete(path);
  }

  function parsed(path: string, text: string): Volume {
    const volume = readWorkflow(text);
    if (unsearched.delete(path) && mayCall(text)) {
      if (volume.workflow) addCalls(calls, path, volume.workflow);
      if (volume.faults.length > 0) calls.isPartial = true;
    }
    return volume;
  }

  function refused(path: string, refusal: Refusal): Volume {
    unsearched.delete(path);
    calls.isPartial = true;
    return { faults: [], refusal };
  }
}
