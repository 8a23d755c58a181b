import type { Grant, Token } from "../model/documents.gen.ts";
import { capabilityTable } from "../scopes/capability.ts";
import { riskier, wider } from "../scopes/level.ts";
import { type Power, powerOf } from "../scopes/power.ts";
import { breadthOf, STRENGTH } from "./breadth.ts";
import type { Facts, Step } from "./step.ts";

/** What the grants allow by the provider's scope catalogue, where the record may say less; empty lists are left out. */
export const scopes = {
  id: "scopes",
  provides: ["breadth", "access", "risk", "widened", "unknown_scopes", "escalating", "minting", "capabilities"],
  derive(token) {
    const { grants, provider } = token;
    const facts: Facts = {};
    if (!grants) return facts;
    // Filled one by one, without copies: a million tokens pass here.
    const powers = grants.map((grant) => powerOf(provider, grant));
    measure(facts, token, powers);
    if (powers.some((power) => power.isNotable)) note(facts, grants, powers);
    return facts;
  },
} as const satisfies Step;

function measure(facts: Facts, token: Token, powers: readonly Power[]): void {
  let strength = 0;
  let isOpen = false;
  for (const { access, risk } of powers) {
    facts.risk = riskier(facts.risk ?? risk, risk);
    if (access === "unknown") isOpen = true;
    else {
      facts.access = wider(facts.access ?? access, access);
      strength = Math.max(strength, STRENGTH[access][risk]);
    }
  }
  // What nobody knows may be more than what is known, unless that is all there is.
  if (isOpen && facts.access !== "admin") delete facts.access;
  const breadth = breadthOf(token, { strength, isOpen });
  if (breadth) facts.breadth = breadth;
}

/** The lists, while they are collected. */
interface Notes {
  unknown_scopes: string[];
  escalating: string[];
  minting: string[];
  capabilities: Map<string, string[]>;
  widened: Map<string, Power["access"]>;
}

function note(facts: Facts, grants: readonly Grant[], powers: readonly Power[]): void {
  const notes: Notes = { unknown_scopes: [], escalating: [], minting: [], capabilities: new Map(), widened: new Map() };
  for (const [position, grant] of grants.entries()) {
    const power = powers[position];
    if (power?.isNotable) collect(notes, grant, power);
  }
  const { capabilities, widened } = notes;
  notes.escalating.push(...raisingTogether(capabilities));
  for (const name of ["unknown_scopes", "escalating", "minting"] as const)
    if (notes[name].length > 0) facts[name] = inOrder(notes[name]);
  if (widened.size > 0) facts.widened = Object.fromEntries(widened) as Facts["widened"] & object;
  if (capabilities.size > 0) facts.capabilities = sorted(capabilities);
}

function collect(notes: Notes, { scope, access }: Grant, power: Power): void {
  const { widened, capabilities } = notes;
  if (!power.isKnown) notes.unknown_scopes.push(scope);
  if (power.escalates) notes.escalating.push(scope);
  if (power.mints) notes.minting.push(scope);
  if (power.access !== access) widened.set(scope, wider(widened.get(scope) ?? power.access, power.access));
  for (const word of power.capabilities) list(capabilities, word, scope);
}

function list(capabilities: Map<string, string[]>, word: string, scope: string): void {
  const known = capabilities.get(word);
  if (known) known.push(scope);
  else capabilities.set(word, [scope]);
}

/** Scopes that raise rights only beside each other: to pass a role on, and to start something that runs with it. */
function raisingTogether(capabilities: ReadonlyMap<string, string[]>): string[] {
  return capabilityTable().together.flatMap((pair) => {
    const [first = [], second = []] = pair.capabilities.map((word) => capabilities.get(word));
    return first.length > 0 && second.length > 0 ? [...first, ...second] : [];
  });
}

function inOrder(scopes: readonly string[]): string[] {
  return scopes.length > 1 ? [...new Set(scopes)].sort() : [...scopes];
}

function sorted(capabilities: ReadonlyMap<string, string[]>): Record<string, string[]> {
  const words = [...capabilities.keys()].sort();
  return Object.fromEntries(words.map((word) => [word, inOrder(capabilities.get(word) ?? [])]));
}
