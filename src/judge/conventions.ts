import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Policy } from "../model/documents.gen.ts";
import type { Annotated } from "./metadata.ts";
import { isTypeChecked, slugOf } from "./metadata.ts";
import { sourcesIn } from "./staging.ts";

/** What OPA itself takes without a word, and what would then be a silent pass: a line for each fault in the staged files. */
export async function conventionFaults(
  scratch: string,
  blocks: readonly Annotated[],
  policies: readonly Policy[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const name of await sourcesIn(join(scratch, "policies"))) {
    const file = `policies/${name}`;
    const source = await readFile(join(scratch, file), "utf8");
    const block = blocks.find(({ location }) => location.file === file);
    faults.push(...misnamed(file));
    if (isLibrary(file)) faults.push(...libraryFaults(file, source, block));
    else faults.push(...policyFaults(file, source, { block, policies }));
  }
  return [...faults, ...sharedNames(policies), ...misplacedYields(policies)];
}

export function isLibrary(file: string): boolean {
  return file.startsWith("policies/lib/");
}

const POLICY_PLACE = /^policies\/[a-z]+\/[a-z][a-z0-9]*(_[a-z0-9]+)*\.rego$/;
const LIBRARY_PLACE = /^policies\/lib\/([a-z][a-z0-9_]*\/)*[a-z][a-z0-9_]*\.rego$/;

/** A file nearer to the root would own the packages of others, and could add rules to their policies. */
function misnamed(file: string): string[] {
  if ((isLibrary(file) ? LIBRARY_PLACE : POLICY_PLACE).test(file)) return [];
  const place = isLibrary(file) ? "lib/<name>.rego" : "<category>/<name>.rego";
  return [`${file}: must stand at ${place}, named with small letters, digits and _`];
}

function policyFaults(
  file: string,
  source: string,
  { block, policies }: { block: Annotated | undefined; policies: readonly Policy[] },
): string[] {
  const faults: string[] = [];
  if (!block) faults.push(`${file}: has no METADATA block above its package`);
  // A `fail` that is no set (a boolean, one object) would compile too, and then fail nobody.
  if (!/^fail contains\b/m.test(source)) faults.push(`${file}: has no rule \`fail contains {…}\``);
  const policy = policies.find(({ id }) => id === slugOf(file));
  if (policy) faults.push(...misreadParameters(file, source, policy));
  return faults;
}

const PARAMETERS = "policies/lib/params.rego";

function libraryFaults(file: string, source: string, block: Annotated | undefined): string[] {
  const code = linesOf(source);
  const faults = misplacedLibrary(file, source);
  const input = code.findIndex((line) => /(?<!")\binput\b/.test(line));
  if (input >= 0 && !(block && isTypeChecked(block)))
    faults.push(
      `${file}:${input + 1}: reads the input, so its METADATA must list \`schemas\` with \`input: schema.token\``,
    );
  if (file === PARAMETERS) return faults;
  const numbers = code.findIndex((line) => /\bdata\.(?:tokenward\.lib\.)?params\b/.test(line));
  if (numbers >= 0) faults.push(`${file}:${numbers + 1}: reads parameters; let the policy read them and hand them on`);
  return faults;
}

/** A library file that claims a policy's package would add rules to it. */
function misplacedLibrary(file: string, source: string): string[] {
  const expected = `tokenward.${file
    .replace(/^policies\//, "")
    .replace(/\.rego$/, "")
    .replaceAll("/", ".")}`;
  const named = /^package\s+(\S+)/m.exec(source)?.[1];
  return named === expected
    ? []
    : [`${file}: its package is ${named ?? "missing"}, but its place asks for ${expected}`];
}

/** The parameter library is undefined for a misspelt policy or name, and so would be the whole rule. */
function misreadParameters(file: string, source: string, policy: Policy): string[] {
  return linesOf(source).flatMap((line, index) =>
    misreadIn(line, policy).map((fault) => `${file}:${index + 1}: ${fault}`),
  );
}

function misreadIn(line: string, { id, params }: Policy): string[] {
  if (/\bdata\.params\b/.test(line)) return [`reads data.params; ask params.of("${id}").name`];
  if (/\blib\.params\s+as\b/.test(line)) return ["must import data.tokenward.lib.params under its own name"];
  const uses = [...line.matchAll(/params\.of\(([^)]*)\)(?:\.(\w+))?/g)];
  const faults = uses.flatMap(([, slug = "", name]) => {
    if (slug !== `"${id}"`) return [`reads the parameters of ${slug}, not of "${id}"`];
    if (name === undefined) return [`must name the parameter, as in params.of("${id}").name`];
    return Object.hasOwn(params, name) ? [] : [`reads the parameter ${name}, which METADATA.params does not have`];
  });
  const isSpread = line.split(/\bparams\.of\b/).length - 1 > uses.length;
  return isSpread ? [...faults, `must ask for a parameter on one line, as in params.of("${id}").name`] : faults;
}

/** Lines without comments. */
function linesOf(source: string): string[] {
  return source.split("\n").map((line) => line.replace(/#.*$/, ""));
}

/** A policy answers to its slug and to those it had before: no other may. */
function sharedNames(policies: readonly Policy[]): string[] {
  const faults: string[] = [];
  const owners = new Map<string, Policy>();
  for (const policy of policies) {
    for (const name of [policy.id, ...(policy.aliases ?? [])]) {
      const owner = owners.get(name);
      if (owner) faults.push(`${policy.package}: another policy has the slug ${name} already, ${owner.package}`);
      else owners.set(name, policy);
    }
  }
  return faults;
}

/** Two policies that yielded to each other would both be silent, and so would one that yields along a chain. */
function misplacedYields(policies: readonly Policy[]): string[] {
  return policies.flatMap(({ package: name, yields_to = [] }) =>
    yields_to.flatMap((id) => {
      const other = policies.find((policy) => policy.id === id);
      if (!other) return [`${name}: yields to ${id}, which is no policy`];
      return other.yields_to ? [`${name}: yields to ${id}, which yields to others itself`] : [];
    }),
  );
}
