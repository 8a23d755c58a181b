import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Policy } from "../model/documents.gen.ts";
import type { Annotated } from "./metadata.ts";
import { slugOf } from "./metadata.ts";
import { sourcesIn } from "./staging.ts";

/** What OPA itself takes without a word, and what would then be a silent pass: a line for each fault in the staged files. */
export async function conventionFaults(
  scratch: string,
  blocks: readonly Annotated[],
  policies: readonly Policy[],
): Promise<string[]> {
  const described = new Set(blocks.map(({ location }) => location.file));
  const faults: string[] = [];
  for (const name of await sourcesIn(join(scratch, "policies"))) {
    const file = `policies/${name}`;
    const source = await readFile(join(scratch, file), "utf8");
    if (isLibrary(file)) {
      faults.push(...misplacedLibrary(file, source));
      continue;
    }
    if (!described.has(file)) faults.push(`${file}: has no METADATA block above its package`);
    // A `fail` that is no set (a boolean, one object) would compile too, and then fail nobody.
    if (!/^fail contains\b/m.test(source)) faults.push(`${file}: has no rule \`fail contains {…}\``);
    const policy = policies.find(({ id }) => id === slugOf(file));
    if (policy) faults.push(...misreadParameters(file, source, policy));
  }
  return [...faults, ...sharedSlugs(policies)];
}

export function isLibrary(file: string): boolean {
  return file.startsWith("policies/lib/");
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
function misreadParameters(file: string, source: string, { id, params }: Policy): string[] {
  return source.split("\n").flatMap((line, index) => {
    const uses = [...line.replace(/#.*$/, "").matchAll(/params\.of\(([^)]*)\)(?:\.(\w+))?/g)];
    return uses.flatMap(([, slug = "", name]) => {
      const where = `${file}:${index + 1}`;
      if (slug !== `"${id}"`) return [`${where}: reads the parameters of ${slug}, not of "${id}"`];
      if (name === undefined) return [`${where}: must name the parameter, as in params.of("${id}").name`];
      return Object.hasOwn(params, name)
        ? []
        : [`${where}: reads the parameter ${name}, which METADATA.params does not have`];
    });
  });
}

function sharedSlugs(policies: readonly Policy[]): string[] {
  return policies
    .filter((policy, index) => policies.findIndex(({ id }) => id === policy.id) < index)
    .map(({ id, package: place }) => `${place}: another policy has the slug ${id} already`);
}
