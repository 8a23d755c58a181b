import { join } from "node:path";
import { policySource } from "../judge/policies.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

/** The shipped policies look at a few fields only; these look at all there is, and reckon with it. */
const rules = {
  everything: ['fail contains {"record": input}'],
  compared: [
    'fail contains {"below": below, "same": same} if {',
    '\tnames := ["age", "idle", "lifetime"]',
    '\tvalues := [value | some name in names; value := object.get(input, ["facts", name], "absent")]',
    "\tbelow := [[i, j] | some i, one in values; some j, other in values; one < other]",
    "\tsame := [[i, j] | some i, one in values; some j, other in values; one == other; i != j]",
    "}",
  ],
  reckoned: [
    'fail contains {"results": results} if {',
    "\tresults := [result |",
    '\t\tsome name in ["age", "idle", "expires_in", "lifetime", "since_rotation"]',
    "\t\tfact := input.facts[name]",
    "\t\tsome result in [fact + 1, fact * 2, fact - 86400, abs(fact), floor(fact), sum([fact, 1]), max([fact, 0])]",
    "\t]",
    "}",
  ],
  keyed: [
    'fail contains {"keys": keys, "paths": paths} if {',
    '\tkeys := sort(object.keys(object.get(input, "labels", {})))',
    "\tpaths := count([path | walk(input, [path, _])])",
    "}",
  ],
  texts: [
    'fail contains {"words": words} if {',
    "\twords := [word |",
    '\t\tsome field in ["name", "owner", "account"]',
    '\t\ttext := object.get(input, field, "")',
    "\t\tsome word in [upper(text), lower(text), count(text), trim_space(text), strings.reverse(text)]",
    "\t]",
    "}",
  ],
  matched: [
    'fail contains {"scopes": scopes} if {',
    "\tscopes := sort([grant.scope |",
    "\t\tsome grant in input.grants",
    "\t\tregex.match(`^[a-z]+:?\\*?$`, grant.scope)",
    '\t\tevery part in split(grant.scope, ":") {',
    '\t\t\tnot startswith(part, "admin")',
    "\t\t}",
    "\t])",
    "}",
  ],
} as const;

/** A folder with the probes; it ends with the test file. */
export async function probes(): Promise<string> {
  const sources = Object.entries(rules).map(([name, lines]): [string, string] => {
    return [`probe/${name}.rego`, policySource(`probe/${name}`, { rules: lines.join("\n") })];
  });
  return laidOut(join(await scratchFolder(), "probes"), Object.fromEntries(sources));
}
