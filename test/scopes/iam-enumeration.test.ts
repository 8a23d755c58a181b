import { describe, expect, it } from "vitest";
import type { Grant } from "../../src/model/documents.gen.ts";
import { type Catalogue, type Entry, loadCatalogue } from "../../src/scopes/catalogue.ts";
import { resolveIam } from "../../src/scopes/iam.ts";

interface Stated {
  Effect: "Allow" | "Deny";
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Condition?: object;
}

const ACTIONS = ["alpha:GetOne", "alpha:DeleteOne", "alpha:DeleteTwo", "beta:PutOne", "iam:GetUser", "iam:DeleteUser"];
const NEWER = ["alpha:ListThree", "beta:DeleteFour", "gamma:GetOne"];
const RESOURCES = ["arn:aws:s3:::a", "arn:aws:s3:::b/x", "arn:aws:s3:eu:1:a", "arn:aws:iam::1:role/r"];
const PATTERNS = [
  "*",
  ...RESOURCES,
  "arn:aws:s3:::*",
  "arn:aws:s3:*",
  "arn:aws:s3:::b/?",
  "arn:aws:iam::*:role/*",
  "arn:*:a",
];

const small: Catalogue = (() => {
  const entry = (family: string, scope: string): Entry => ({
    family,
    scope,
    access: "write",
    risk: "medium",
    implies: [],
    marks: "",
  });
  const families: Record<string, Entry[]> = {
    action: ACTIONS.map((scope) => entry("action", scope)),
    service: ["alpha", "beta", "iam", "delta"].map((scope) => entry("service", scope)),
  };
  const all = (family: string) => families[family] ?? [];
  const find = (family: string, scope: string) => all(family).find((one) => one.scope === scope);
  return { families: Object.keys(families), find, all, closed: (entries) => entries };
})();

/** A generator of its own, so that a failure comes again. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(next() * things.length)] as Thing;
  return { next, pick, some: <Thing>(make: () => Thing) => Array.from({ length: 1 + Math.floor(next() * 3) }, make) };
}

type Dice = ReturnType<typeof dice>;

function patternOf({ next, pick }: Dice, actions: readonly string[]): string {
  const action = pick(actions);
  const [service = "", name = ""] = action.split(":");
  const cut = 1 + Math.floor(next() * (name.length - 1));
  return pick([
    action,
    action.toUpperCase(),
    "*",
    `${service}:*`,
    `${service}:${name.slice(0, cut)}*`,
    `*:${name.slice(0, cut)}*`,
    `*:*${name.slice(cut)}`,
    `${service.slice(0, 1)}*:*`,
    `${service}:?${name.slice(1)}`,
    `${service}:*${name.slice(cut, cut + 1)}*`,
  ]);
}

function statementOf(die: Dice, actions: readonly string[], isPlain: boolean): Stated {
  const { next, pick, some } = die;
  const chosen = some(() => patternOf(die, actions));
  const resources = isPlain ? ["*"] : some(() => pick(PATTERNS));
  return {
    Effect: next() < 0.55 ? "Allow" : "Deny",
    ...(next() < 0.75 ? { Action: chosen } : { NotAction: chosen }),
    ...(isPlain || next() < 0.8 ? { Resource: resources } : { NotResource: resources }),
    ...(!isPlain && next() < 0.3 ? { Condition: { Bool: { "aws:SecureTransport": "true" } } } : {}),
  };
}

function isLike(pattern: string, text: string, flags: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags).test(text);
}

/** One after the other, as AWS documents it, with every condition met where that allows more. */
function isAllowed(statements: readonly Stated[], action: string, resource: string): boolean {
  const applies = ({ Action, NotAction = [], Resource, NotResource = [] }: Stated) =>
    (Action ? Action.some((one) => isLike(one, action, "i")) : !NotAction.some((one) => isLike(one, action, "i"))) &&
    (Resource
      ? Resource.some((one) => isLike(one, resource, ""))
      : !NotResource.some((one) => isLike(one, resource, "")));
  const applying = statements.filter(applies);
  return (
    applying.some(({ Effect }) => Effect === "Allow") &&
    !applying.some(({ Effect, Condition }) => Effect === "Deny" && !Condition)
  );
}

function isGranted(
  grants: readonly Grant[],
  action: string,
  { resource, isListed }: { resource: string; isListed: boolean },
) {
  return grants.some(
    (grant) =>
      (grant.family === "action" || !isListed) &&
      isLike(grant.scope, action, "i") &&
      isLike(grant.resource, resource, ""),
  );
}

interface Given {
  catalogue: Catalogue;
  actions: readonly string[];
  newer: readonly string[];
  isPlain: boolean;
}

/** What is wrong with one generated policy; undefined: nothing. */
function differenceIn(seed: number, { catalogue, actions, newer, isPlain }: Given): string | undefined {
  const die = dice(seed);
  const identity = die.some(() => die.some(() => statementOf(die, actions, isPlain)));
  const boundary = die.next() < 0.4 ? die.some(() => statementOf(die, actions, isPlain)) : undefined;
  const documents = identity.map((Statement) => ({ Statement }));
  const resolved = resolveIam({ identity: documents, boundary: boundary && { Statement: boundary } }, catalogue);
  if ("faults" in resolved) return JSON.stringify(resolved.faults);
  const isExpected = (action: string, resource: string) =>
    isAllowed(identity.flat(), action, resource) && (!boundary || isAllowed(boundary, action, resource));
  const wrong = [...actions, ...newer]
    .flatMap((action) => RESOURCES.map((resource) => ({ action, resource })))
    .find(({ action, resource }) => {
      const isListed = actions.includes(action);
      const isTold = isGranted(resolved.grants, action, { resource, isListed });
      // More may be told, but for what the catalogue lists in a plain policy.
      return isExpected(action, resource) ? !isTold : isTold && isPlain && isListed;
    });
  return wrong && JSON.stringify({ seed, wrong, identity, boundary, grants: resolved.grants.slice(0, 20) });
}

function differences(count: number, given: Given): string[] {
  const seeds = Array.from({ length: count }, (_, seed) => seed + 1);
  return seeds.flatMap((seed) => differenceIn(seed * 7919, given) ?? []).slice(0, 3);
}

describe("against an enumeration of every action on every resource", () => {
  it.each([
    { what: "nothing that is allowed is missing", isPlain: false },
    { what: "without conditions and on all resources, nothing is told that is not allowed", isPlain: true },
  ])("$what", { timeout: 120_000 }, ({ isPlain }) => {
    expect(differences(3_000, { catalogue: small, actions: ACTIONS, newer: NEWER, isPlain })).toEqual([]);
  });

  it.each([{ isPlain: false }, { isPlain: true }])(
    "so it is with the shipped catalogue: %o",
    { timeout: 120_000 },
    ({ isPlain }) => {
      const catalogue = loadCatalogue("aws") as Catalogue;
      const listed = catalogue.all("action").map(({ scope }) => scope);
      const actions = listed.filter((_, at) => at % 60 === 0);
      expect(differences(150, { catalogue, actions, newer: ["newer:GetThing"], isPlain })).toEqual([]);
    },
  );
});
