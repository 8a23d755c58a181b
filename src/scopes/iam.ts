import type { Grant } from "../model/documents.gen.ts";
import { below } from "../model/pointer.ts";
import type { RecordFault } from "../model/record-fault.ts";
import { aws } from "./aws.ts";
import { type Catalogue, loadCatalogue, oncePerCatalogue } from "./catalogue.ts";
import { type Cuts, speller, toCompare } from "./iam-cuts.ts";
import { readDocument, type Statement } from "./iam-document.ts";
import { byResource, type Selection, selectsAll, selectsAny } from "./iam-selection.ts";
import { wider } from "./level.ts";
import { isPattern } from "./pattern.ts";

/** The policies of one identity of AWS: all that are attached to it, and the boundary that caps them. */
export interface PolicyDocuments {
  identity: readonly unknown[];
  /** Null where there is none, or where nobody knows: then it caps nothing. */
  boundary?: unknown;
}

/**
 * What the policies allow at most. Never less than AWS would: conditions are taken as met where they stand at an Allow and
 * as not met at a Deny, and a Deny takes an action away only where it covers every resource of the Allow.
 */
export function resolveIam(
  { identity, boundary }: PolicyDocuments,
  catalogue: Catalogue = shipped(),
): { grants: Grant[] } | { faults: RecordFault[] } {
  const documents = identity.map((document, at) => readDocument(document, below("/identity", at)));
  const cap = boundary === undefined || boundary === null ? undefined : readDocument(boundary, "/boundary");
  const faults = [...documents, ...(cap ? [cap] : [])].flatMap((reading) => reading.faults);
  if (faults.length > 0) return { faults };
  const policies = sorted(
    documents.flatMap(({ statements }) => statements),
    cap?.statements,
  );
  if (workOf(policies) > MOST_WORK) return { faults: [TOO_MUCH] };
  return {
    grants: allowedBy(policies, catalogue).map((grant) => ({ ...grant, access: accessOf(catalogue, grant) })),
  };
}

/** Far more than the policies that AWS lets one identity have; it takes seconds. */
const MOST_WORK = 20_000_000;
const TOO_MUCH: RecordFault = {
  pointer: "/identity",
  says: "are policies too large to be compared with each other",
  remedy: "leave out statements that stand twice, or write grants instead",
};

/** About how many comparisons it takes: a pattern may have to be spelled out by service or by action. */
function workOf({ allows, denies, keeps = [] }: Policies): number {
  let cuts = 1;
  for (const { actions, resources } of [...denies, ...keeps])
    cuts += actions.patterns.length + resources.patterns.length;
  let work = 0;
  for (const { actions, resources } of allows) {
    const patterns = actions.isInverted ? EVERYTHING.patterns : actions.patterns;
    const exceptions = actions.isInverted ? actions.patterns.length : 0;
    const weight = patterns.reduce((sum, pattern) => sum + weightOf(pattern), 0);
    work += weight * resourcesOf(resources).length * (cuts + exceptions);
  }
  return work;
}

function weightOf(action: string): number {
  if (!isPattern(action)) return 1;
  return isPattern(action.split(":")[0] ?? "") ? 1_000 : 50;
}

type Allowed = Omit<Grant, "access">;

interface Policies {
  allows: readonly Statement[];
  /** Those without a condition, of the boundary too. */
  denies: readonly Statement[];
  /** What a boundary allows; undefined: there is none. */
  keeps: readonly Statement[] | undefined;
}

function sorted(statements: readonly Statement[], cap: readonly Statement[] | undefined): Policies {
  return {
    allows: statements.filter(({ isAllow }) => isAllow),
    denies: [...statements, ...(cap ?? [])].filter(({ isAllow, isConditional }) => !isAllow && !isConditional),
    keeps: cap?.filter(({ isAllow }) => isAllow),
  };
}

/** The most grants that a token record holds. */
const MOST_GRANTS = 20_000;
const EVERYTHING: Selection = { patterns: ["*"], isInverted: false };

/** Where the resources make too many grants, each action counts on all of them. */
function allowedBy(policies: Policies, catalogue: Catalogue): readonly Allowed[] {
  const grants = distinct(eachAllowed(policies, catalogue));
  if (grants.length <= MOST_GRANTS) return grants;
  const allows = policies.allows.map((allow) => ({ ...allow, resources: EVERYTHING }));
  return distinct(eachAllowed({ ...policies, allows }, catalogue));
}

/** Each once, and no more than show that there are too many. */
function distinct(allowed: Iterable<Allowed>): readonly Allowed[] {
  const grants = new Map<string, Allowed>();
  for (const grant of allowed) {
    grants.set(`${grant.family} ${grant.scope.toLowerCase()} ${grant.resource}`, grant);
    if (grants.size > MOST_GRANTS) break;
  }
  return [...grants.values()];
}

function* eachAllowed({ allows, denies, keeps }: Policies, catalogue: Catalogue): Iterable<Allowed> {
  const cutsOf = cutter(denies, keeps);
  const spell = speller(catalogue);
  for (const { actions, resources } of allows) {
    const stated = actions.isInverted ? EVERYTHING.patterns : actions.patterns;
    for (const resource of resourcesOf(resources)) {
      const cuts = withExceptions(cutsOf(resource), actions);
      yield* stated.flatMap((action) => spell(action, cuts)).map((scope) => ({ ...scope, resource }));
    }
  }
}

/** Everything but some resources counts as everything. */
function resourcesOf({ patterns, isInverted }: Selection): readonly string[] {
  return isInverted || patterns.some((pattern) => /^\*+$/.test(pattern)) ? ["*"] : patterns;
}

/** What is cut from an Allow by its resource; the same object where the same statements cut, so that it can be remembered by. */
function cutter(denies: readonly Statement[], keeps: readonly Statement[] | undefined): (resource: string) => Cuts {
  const known = new Map<string, Cuts>();
  return (resource) => {
    const cutting = denies.filter(({ resources }) => selectsAll(resources, resource, byResource));
    const keeping = keeps?.filter(({ resources }) => selectsAny(resources, resource, byResource));
    const key = `${cutting.map((deny) => denies.indexOf(deny))} ${keeping?.map((keep) => keeps?.indexOf(keep))}`;
    const cuts = known.get(key) ?? cutsBy(cutting, keeping);
    known.set(key, cuts);
    return cuts;
  };
}

/** To deny all but some actions is to leave those. */
function cutsBy(denies: readonly Statement[], keeps: readonly Statement[] | undefined): Cuts {
  const denied = denies.map(({ actions }) => toCompare(actions));
  return {
    taken: denied.filter(({ isInverted }) => !isInverted),
    caps: [
      ...(keeps ? [keeps.map(({ actions }) => toCompare(actions))] : []),
      ...denied.filter(({ isInverted }) => isInverted).map((actions) => [{ ...actions, isInverted: false }]),
    ],
  };
}

/** NotAction allows everything and takes its own actions away. */
function withExceptions(cuts: Cuts, actions: Selection): Cuts {
  if (!actions.isInverted) return cuts;
  return { ...cuts, taken: [...cuts.taken, toCompare({ ...actions, isInverted: false })] };
}

function shipped(): Catalogue {
  const catalogue = loadCatalogue("aws");
  if (!catalogue) throw new Error("the catalogue of aws is missing");
  return catalogue;
}

/** Past this many, all are forgotten. */
const REMEMBERED = 10_000;
const accesses = oncePerCatalogue(() => new Map<string, Grant["access"]>());

/** As the catalogue says; a scope that it does not know stays unknown. */
function accessOf(catalogue: Catalogue, { family, scope, resource }: Allowed): Grant["access"] {
  const known = accesses(catalogue);
  if (known.size >= REMEMBERED) known.clear();
  const key = `${family} ${scope}`;
  const remembered = known.get(key);
  if (remembered) return remembered;
  const entries = catalogue.closed(aws(catalogue, { family, scope, access: "unknown", resource }));
  const access = entries.reduce<Grant["access"]>((widest, entry) => wider(widest, entry.access), "unknown");
  known.set(key, access);
  return access;
}
