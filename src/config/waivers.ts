import type { Policy, WaiverEntry, WaiversFile } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import { dayAfter, LONGEST_WAIVER, type Waiver } from "../model/waiver.ts";
import { type ConfigFault, type Locate, refuse } from "./fault.ts";
import { uriOf, type Whereabouts } from "./find.ts";
import { pointerTo } from "./pointer.ts";
import { readText, type Sort } from "./read.ts";
import { shapeFaults } from "./shape.ts";
import { mapping, namesOf } from "./stated.ts";
import { type Tree, treeIn } from "./tree.ts";
import { didYouMean } from "./wording.ts";

export interface WaiversMeans {
  cwd: string;
  /** What `expires` is held against. */
  asOf: string;
  /** Those that a waiver may name. */
  policies: readonly Policy[];
}

/** Room for some ten thousand entries. */
const SORT: Sort = { most: 4, unreadable: "WAIVERS_UNREADABLE" };

/** The waivers of a file, or the end of the run with everything that is wrong with it: a waiver that is misread could hide a finding. */
export async function readWaivers(where: Whereabouts, means: WaiversMeans): Promise<Waiver[]> {
  const uri = uriOf(where.path, means.cwd);
  const read = await readText(where, uri, SORT);
  return "fault" in read ? refuse([read.fault], "WAIVERS_INVALID") : waiversIn(read.text, uri, means);
}

/** The waivers that a text holds, or all that is wrong with it. */
export function waiversIn(text: string, uri: string, means: Omit<WaiversMeans, "cwd">): Waiver[] {
  const tree = treeIn(text, uri, { beginning: "version: 1 and waivers: []" });
  if (!("value" in tree)) return refuse(tree.faults, "WAIVERS_INVALID");
  const names = namesOf(means.policies);
  const wrong = [
    ...tree.faults,
    ...shapeFaults(tree.value, tree.locate, "waivers"),
    ...meaningFaults(tree, { names: [...names.keys()], asOf: means.asOf }),
  ];
  if (wrong.length > 0) refuse(wrong, "WAIVERS_INVALID");
  // Nothing was wrong, so it is what its schema says.
  return (tree.value as WaiversFile).waivers.map((entry, index) =>
    waiverOf(entry, at(tree.locate(pointerTo("waivers", index))), (name) => names.get(name)?.id ?? name),
  );
}

/** Texts of a waiver stand in every report, so secrets are masked like everywhere. */
function waiverOf(entry: WaiverEntry, by: string, idOf: (name: string) => string): Waiver {
  const { token, policy, discriminator, expires } = entry;
  return {
    by,
    token: typeof token === "string" ? maskSecrets(token) : maskedPatterns(token),
    policies: [...new Set([policy].flat().map(idOf))],
    ...(discriminator === undefined ? {} : { discriminator: maskSecrets(discriminator) }),
    reason: maskSecrets(entry.reason),
    owner: maskSecrets(entry.owner),
    approver: maskSecrets(entry.approver),
    expires,
  };
}

/** Names come masked too, so a pattern still means the same. */
function maskedPatterns(patterns: Exclude<WaiverEntry["token"], string>): Exclude<Waiver["token"], string> {
  return Object.fromEntries(Object.entries(patterns).map(([field, pattern]) => [field, maskSecrets(pattern)]));
}

/** What a schema cannot say: policies that there are, and a last day that is not too far away. */
function meaningFaults(
  { value, locate }: Tree,
  { names, asOf }: { names: readonly string[]; asOf: string },
): ConfigFault[] {
  const furthest = dayAfter(asOf, LONGEST_WAIVER);
  const { waivers } = mapping(value);
  const entries = Array.isArray(waivers) ? waivers.map(mapping) : [];
  return entries.flatMap(({ policy, expires }, index) => [
    ...policyFaults(policy, pointerTo("waivers", index, "policy"), { names, locate }),
    ...farFaults(expires, furthest, asOf).map((text) => ({
      position: locate(pointerTo("waivers", index, "expires")),
      text: `waivers[${index}].expires: ${text}`,
    })),
  ]);
}

function policyFaults(
  stated: unknown,
  pointer: string,
  { names, locate }: { names: readonly string[]; locate: Locate },
): ConfigFault[] {
  return [stated].flat().flatMap((name, index) => {
    if (typeof name !== "string" || names.includes(name)) return [];
    const place = Array.isArray(stated) ? pointer + pointerTo(index) : pointer;
    return [{ position: locate(place), text: `there is no policy ${shown(name)}${didYouMean(name, names)}` }];
  });
}

function farFaults(expires: unknown, furthest: string, asOf: string): string[] {
  if (typeof expires !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(expires) || expires <= furthest) return [];
  return [
    `${expires} is more than ${LONGEST_WAIVER} days after ${asOf.slice(0, 10)}; the last day allowed is ${furthest}`,
  ];
}
