import { isCidr } from "./cidr.ts";
import type { RegisterEntry, Token } from "./documents.gen.ts";

/** What stands where a person has to decide. */
export const TO_DECIDE = "TODO";

/** The longest text that an entry may have. */
const LONGEST = 1_000;

/** The entry of a token of which nobody has written anything yet: what its record says, and what a person has to add; what is unknown is left out. */
export function observedEntry(token: Token): RegisterEntry {
  const { id, owner, environment, grants, network, consumers } = token;
  const scopes = grants && inOrder(grants.map(({ scope }) => scope));
  const resources = grants && inOrder(grants.map(({ resource }) => resource));
  return {
    token: id,
    owner: owner && owner.trim() !== "" ? short(owner) : TO_DECIDE,
    purpose: TO_DECIDE,
    ...(environment ? { environment } : {}),
    ...(scopes ? { scopes } : {}),
    // Where one grant is for everything, there is no list that would say more.
    ...(resources && resources.length > 0 && !resources.includes("*") ? { resources } : {}),
    // What is no block of addresses cannot be held against one.
    ...(network && network.length > 0 && network.every(isCidr) ? { network: inOrder(network) } : {}),
    ...(consumers && consumers.length > 0 ? { consumers: consumers.map(consumerText) } : {}),
    ...labelsOf(token),
  };
}

/** By what a person knows it again: an id alone says little. */
function labelsOf({ id, name, principal, created }: Token): Pick<RegisterEntry, "labels"> {
  const labels = {
    ...(name.trim() === "" || id.endsWith(`/${name}`) ? {} : { name }),
    ...(principal ? { principal: short(`${principal.type} ${principal.name || principal.id}`) } : {}),
    ...(created ? { created: created.slice(0, 10) } : {}),
  };
  return Object.keys(labels).length > 0 ? { labels } : {};
}

function consumerText({ type, name }: NonNullable<Token["consumers"]>[number]): string {
  return short(`${type} ${name}`);
}

function short(text: string): string {
  return text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "");
}

function inOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
