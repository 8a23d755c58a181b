import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";

/** What to compile: folders of policies, the schemas they are checked against, the built-ins they may call. */
export interface Sources {
  policies: readonly string[];
  schemas: string;
  capabilities: string;
}

/** Copies all that OPA is to see under fixed names, tests left out. Two folders with a file of the same place would shadow each other. */
export async function stage({ policies, schemas, capabilities }: Sources, scratch: string): Promise<void> {
  await mkdir(join(scratch, "schemas"));
  await cp(join(schemas, "token.json"), join(scratch, "schemas/token.json"));
  await cp(capabilities, join(scratch, "capabilities.json"));
  const owners = new Map<string, string>();
  const faults: string[] = [];
  for (const folder of policies) {
    for (const file of await sourcesIn(folder)) {
      const owner = owners.get(file);
      if (owner)
        faults.push(`${join(folder, file)}: ${join(owner, file)} stands in the same place; give yours another name`);
      else await cp(join(folder, file), join(scratch, "policies", file));
      owners.set(file, owner ?? folder);
    }
  }
  if (faults.length > 0) throw new TokenwardError("POLICY_INVALID", { faults: faults.join("\n") });
}

/** The Rego files of a folder besides tests, relative to it with `/`, sorted. */
export async function sourcesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new TokenwardError("POLICY_FOLDER", { folder, reason: cause.code ?? cause.message }, { cause });
  });
  const sources = found.map((file) => file.replaceAll("\\", "/")).filter((file) => file.endsWith(".rego"));
  return sources.filter((file) => !file.endsWith("_test.rego")).sort();
}
