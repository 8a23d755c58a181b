import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import type { Bundle } from "../../src/judge/bundle.ts";
import { type Compiled, compile } from "../../src/judge/compile.ts";
import { findOpa, type Opa } from "../../src/judge/opa.ts";
import { compileModule } from "../../src/judge/opa-wasm.ts";
import { repository } from "../support/command.ts";

/** A whole METADATA block; a test replaces the piece it is about. */
export const metadata = {
  title: "Token is at fault",
  description: "A policy made for one test.",
  schemas: [{ input: "schema.token" }],
  custom: {
    severity: "medium",
    category: "lifetime",
    needs: [] as string[],
    params: {},
    evidence: {},
    message: "is at fault",
    remediation: "Replace the token.",
  },
};

/** A policy's source: `custom` is laid over the whole metadata, `rules` are its Rego. */
export function policySource(place: string, { rules, custom = {} }: { rules: string; custom?: object }): string {
  const about = { ...metadata, custom: { ...metadata.custom, category: dirname(place), ...custom } };
  return source(place, about, rules);
}

export function source(place: string, about: object, rules: string): string {
  const lines = stringify(about).trimEnd().split("\n");
  const block = ["METADATA", ...lines].map((line) => `# ${line}\n`).join("");
  return `${block}package tokenward.${place.replaceAll("/", ".")}\n\nimport rego.v1\n\n${rules}\n`;
}

/** A folder that ends with the test. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await written(files);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Found once: the companion's 44 MB are hashed each time it is looked for. */
let opa: Promise<Opa> | undefined;

export async function compileFolder(folder: string): Promise<Compiled> {
  opa ??= findOpa(process.env);
  return compile(await opa, {
    policies: [folder],
    schemas: `${repository}schemas`,
    capabilities: `${repository}policies/capabilities.json`,
  });
}

export async function bundleFrom(folder: string): Promise<Bundle> {
  const { wasm, manifest } = await compileFolder(folder);
  const profile = { description: "as written" };
  const profiles = { strict: profile, default: profile, relaxed: profile, precision: profile };
  return {
    module: compileModule(wasm),
    manifest,
    thresholds: { kinds: {}, profiles },
    own: [],
    digest: "0".repeat(64),
  };
}

/** Policies by place (`lifetime/too_old`) with their Rego, compiled as the build would. */
export async function bundleOf(
  policies: Readonly<Record<string, { rules: string; custom?: object }>>,
): Promise<Bundle> {
  const sources = Object.entries(policies).map(([place, policy]) => [`${place}.rego`, policySource(place, policy)]);
  const params = await readFile(`${repository}policies/lib/params.rego`, "utf8");
  const folder = await written({ ...Object.fromEntries(sources), "lib/params.rego": params });
  try {
    return await bundleFrom(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function written(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tokenward-test-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
