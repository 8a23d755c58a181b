import { posix } from "node:path";
import type { Codeowners } from "../model/intent.ts";
import { pathMatcher } from "./path-pattern.ts";

export interface FileOwner {
  owner: string;
  line: number;
}

/** Files whose owner is remembered: the tokens of a file come one after the other. */
const REMEMBERED = 10_000;
/** No repository is deeper, and matching takes time in proportion. */
const DEEPEST = 128;

/** Who owns a file, by its path as the working directory sees it; the last rule that fits wins. */
export function openCodeowners(codeowners: Codeowners): (uri: string) => FileOwner | undefined {
  const rules = codeowners.rules
    .map((rule) => ({ ...rule, matches: pathMatcher(rule.pattern, codeowners.isAnywhere) }))
    .reverse();
  const known = new Map<string, FileOwner | undefined>();
  const find = (uri: string): FileOwner | undefined => {
    const path = partsOf(uri, codeowners);
    const rule = path && rules.find(({ matches }) => matches(path));
    return rule?.owner === undefined ? undefined : { owner: rule.owner, line: rule.line };
  };
  return (uri) => {
    if (known.has(uri)) return known.get(uri);
    if (known.size >= REMEMBERED) known.clear();
    const owner = find(uri);
    known.set(uri, owner);
    return owner;
  };
}

/** The path within the repository; undefined: the file lies outside of it. */
function partsOf(uri: string, { root, here }: Codeowners): string[] | undefined {
  const isBelow = root !== "" && uri.startsWith(`${root}/`);
  const path = isBelow ? posix.normalize(uri.slice(root.length + 1)) : posix.normalize(posix.join(here, uri));
  const parts = path.split("/");
  return parts[0] === ".." || parts.length > DEEPEST ? undefined : parts;
}
