import type { Token, TokenSelector } from "../model/documents.gen.ts";
import { starMatcher } from "../model/pattern.ts";
import { openPatternIndex } from "../model/pattern-index.ts";

type Patterns = Exclude<TokenSelector, string>;

/** Finds the first of many rules that fits a token. */
export function firstMatch<Rule extends { token: TokenSelector }>(
  rules: readonly Rule[],
): (token: Token) => Rule | undefined {
  const byId = new Map<string, number>();
  const selectors = rules.map(({ token }, position): Patterns | undefined => {
    if (typeof token !== "string") return token;
    if (!byId.has(token)) byId.set(token, position);
    return undefined;
  });
  const asked = askedBy(selectors);
  const positions = selectors.flatMap((one, position) => (one ? [position] : []));
  const index = openPatternIndex(selectors.flatMap((one) => (one ? [patternsOf(one, asked)] : [])));
  const resources = selectors.map((one) => (one?.resource === undefined ? undefined : starMatcher(one.resource)));
  return (token) => {
    const named = byId.get(token.id) ?? Number.POSITIVE_INFINITY;
    for (const found of index.matching(textsOf(token, asked))) {
      const position = positions[found] ?? 0;
      if (position > named) break;
      const matches = resources[position];
      if (!matches || token.grants?.every(({ resource }) => matches(resource))) return rules[position];
    }
    return rules[named];
  };
}

/** What rules ask of tokens beyond what all of them have. */
interface Asked {
  labels: readonly string[];
  hasResource: boolean;
}

function askedBy(selectors: readonly (Patterns | undefined)[]): Asked {
  const labels = new Set(selectors.flatMap((one) => Object.keys(one?.label ?? {})));
  return { labels: [...labels], hasResource: selectors.some((one) => one?.resource !== undefined) };
}

function patternsOf({ id, kind, account, name, principal, resource, label }: Patterns, { labels }: Asked) {
  return [id, kind, account, name, principal, resource, ...labels.map((one) => label?.[one])];
}

/** Of the resources the first is enough to find rules: where it does not fit, not all do. */
function textsOf(token: Token, { labels, hasResource }: Asked): string[][] {
  const { id, kind, account, name, principal, grants } = token;
  const first = hasResource ? grants?.[0]?.resource : undefined;
  return [
    [id],
    [kind],
    [account],
    [name],
    principal ? [principal.id, ...listed(principal.name)] : [],
    listed(first),
    ...labels.map((label) => listed(labelOf(token, label))),
  ];
}

function labelOf({ labels }: Token, label: string): string | undefined {
  return labels && Object.hasOwn(labels, label) ? labels[label] : undefined;
}

function listed(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}
