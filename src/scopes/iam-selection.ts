import { covers, overlaps } from "./pattern.ts";

/** What `Action` and `Resource` select, or, inverted, what `NotAction` and `NotResource` do. */
export interface Selection {
  patterns: readonly string[];
  isInverted: boolean;
}

/** How patterns of one sort compare; where it takes more than a look to tell, `covers` says no and `overlaps` yes. */
export interface Comparison {
  covers(outer: string, inner: string): boolean;
  overlaps(one: string, other: string): boolean;
}

/** Whether all that a pattern matches is surely selected. */
export function selectsAll({ patterns, isInverted }: Selection, inner: string, by: Comparison): boolean {
  return isInverted
    ? !patterns.some((pattern) => by.overlaps(pattern, inner))
    : patterns.some((pattern) => by.covers(pattern, inner));
}

/** Whether anything that a pattern matches may be selected. */
export function selectsAny({ patterns, isInverted }: Selection, inner: string, by: Comparison): boolean {
  return isInverted
    ? !patterns.some((pattern) => by.covers(pattern, inner))
    : patterns.some((pattern) => by.overlaps(pattern, inner));
}

/** Actions have no case: all patterns are in small letters here. */
export const byAction: Comparison = { covers, overlaps };

/** Resources: ARNs, patterns of them, and policy variables such as `${aws:username}`, whose value nobody knows here. */
export const byResource: Comparison = {
  covers(outer, inner) {
    if (outer === inner || ALL.test(outer)) return true;
    if (outer.includes("${")) return false;
    const parts = partsOf(inner.replace(VARIABLE, "*"));
    const around = partsOf(outer);
    // In an ARN a wildcard matches within its part.
    const areArns = around.length === ARN_PARTS && parts.length === ARN_PARTS;
    return areArns && around.every((part, at) => covers(part, parts[at] ?? ""));
  },
  overlaps(one, other) {
    return overlaps(folded(one), folded(other));
  },
};

const ALL = /^\*+$/;
const VARIABLE = /\$\{[^}]*\}/g;
/** `arn:partition:service:region:account:resource`, and the resource may hold more colons. */
const ARN_PARTS = 6;

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length > ARN_PARTS ? [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")] : parts;
}

function folded(resource: string): string {
  return resource.replace(VARIABLE, "*").toLowerCase();
}
