/**
 * What to do instead of calling a built-in that WebAssembly does not have, or has with other results. A name that ends
 * with `*` stands for all that begin so; the longest name wins.
 */
export const alternatives: Readonly<Record<string, string>> = {
  "base64.*": "compare with base64.encode of what you look for",
  "base64url.*": "compare with base64url.encode of what you look for",
  "bits.*": "use sets of words with &, | and -",
  "cast_*": "use is_array, is_boolean, is_null, is_object, is_set or is_string",
  "crypto.*": "a record holds no secret to hash: compare input.fingerprint.sha256 with a list in a parameter",
  format_int: "yield the number; the message template in METADATA renders it",
  "glob.*": "use regex.match with ^ and $, or startswith and endswith",
  "graph.reachable_paths": "use graph.reachable",
  "graphql.*": "nothing in a record is GraphQL",
  "hex.*": "compare the text as it is",
  "http.send": "a policy sees its input only: let the inventory bring what it needs, for example as a label",
  indexof_n: "use indexof, or count(split(text, part)) - 1",
  "io.jwt.*": "no token's value reaches a policy: its record has created, expires and grants",
  "json.filter": "use object.filter, on each level for itself",
  "json.is_valid":
    "a record holds values, not documents: let the inventory bring the one you need as a label of its own",
  "json.marshal*": "yield the value itself; reports write it as JSON",
  "json.match_schema": "every record has passed schemas/token.json before a policy sees it",
  "json.patch": "use object.union and object.remove",
  "json.remove": "use object.remove, on each level for itself",
  "json.unmarshal":
    "a record holds values, not documents: let the inventory bring the one you need as a label of its own",
  "json.verify_schema": "every record has passed schemas/token.json before a policy sees it",
  "net.cidr_*": "use net.cidr_contains and net.cidr_intersects on each block",
  "net.cidr_is_valid": "use net.cidr_intersects(block, block), which has no value where it is none",
  "net.lookup_ip_addr": "a policy sees its input only: compare input.network with CIDR blocks",
  "numbers.range_step": "use numbers.range, and % to take every second or third",
  "object.subset": "use every: `every key, value in part { whole[key] == value }`",
  "object.union_n": "use object.union on two at a time",
  "opa.runtime": "a policy sees its input only: give it a parameter",
  print: "yield the value under `fail contains {…}`, or print it in a test",
  "providers.*": "a policy sees its input only: let the inventory bring what it needs, for example as a label",
  "rand.*": "a verdict must be the same tomorrow: decide by the record",
  "regex.find_n": "use regex.find_all_string_submatch_n",
  "regex.globs_match": "use regex.match",
  "regex.replace":
    "take off what is too much with trim_prefix, trim_suffix or trim, or put the parts of a split together with concat",
  "regex.split": "use split",
  "regex.template_match": "use regex.match",
  "rego.parse_module": "a policy sees its input only",
  replace: "put the parts together again: concat(new, split(text, old))",
  "semver.*": 'compare the numbers: [to_number(part) | some part in split(version, ".")]',
  sprintf: "yield the values; the message template in METADATA renders them",
  "strings.any_prefix_match": "use startswith on each: `some prefix in prefixes; startswith(text, prefix)`",
  "strings.any_suffix_match": "use endswith on each: `some suffix in suffixes; endswith(text, suffix)`",
  "strings.count": "use count(split(text, part)) - 1",
  "strings.render_template": "yield the values; the message template in METADATA renders them",
  "strings.replace_n": "put the parts together again: concat(new, split(text, old))",
  "time.*":
    "use input.facts: age, idle, expires_in, lifetime and since_rotation are whole seconds, measured from the as-of instant",
  trace: "yield the value under `fail contains {…}`, or print it in a test",
  "units.*": "write the number in its smallest unit; a parameter may be a duration such as 90d",
  "urlquery.*": "use split at & and =",
  "uuid.*": "compare the id as text, or check its form with regex.match",
  "uuid.rfc4122": "a verdict must be the same tomorrow: decide by the record",
  "yaml.*": "a record holds values, not documents: let the inventory bring the one you need as a label of its own",
};

/** OPA's complaints, each call of a built-in that policies cannot have followed by what to do instead. */
export function explainRefusals(complaints: string): string {
  return complaints.replace(/undefined function (?:internal\.)?([\w.]+)$/gm, (complaint, name: string) => {
    const alternative = alternativeTo(name);
    return alternative === undefined ? complaint : `undefined function ${name}; ${alternative}`;
  });
}

function alternativeTo(name: string): string | undefined {
  const fitting = Object.keys(alternatives).filter((entry) =>
    entry.endsWith("*") ? name.startsWith(entry.slice(0, -1)) : name === entry,
  );
  const [closest] = fitting.sort((one, other) => other.length - one.length);
  return closest === undefined ? undefined : alternatives[closest];
}
