import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";
import { type Bundle, loadAbout } from "./bundle.ts";
import { cached, keep } from "./cache.ts";
import { type Compiled, checkPolicies, compile } from "./compile.ts";
import { slugOf } from "./metadata.ts";
import { findOpa } from "./opa.ts";
import { compileModule } from "./opa-wasm.ts";
import { type Sources, sourcesIn, testsIn } from "./staging.ts";
import { renamed, type TestRun, testPolicies } from "./tests.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface OwnPolicies {
  /** Absolute folders, in the order of the configuration. */
  folders: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder for compiled bundles. */
  cache: string;
  version: string;
}

/**
 * The shipped policies and the user's own as one bundle, compiled on first use and kept under the hash of all their
 * sources: only a change needs OPA again.
 */
export async function bundleWithOwn(own: OwnPolicies): Promise<Bundle> {
  const { manifest: ours, thresholds, digest: shipped } = await loadAbout();
  const key = await keyOf(own, shipped);
  const folder = join(own.cache, key);
  const found = await cached(folder);
  const { wasm, manifest } = found ?? (await compiled(own));
  // A folder that may not be written costs the next run a compilation, nothing else. Sources that were changed
  // meanwhile may not be those that were compiled.
  if (!found && (await keyOf(own, shipped)) === key) await keep(folder, { wasm, manifest }).catch(() => undefined);
  const parts = [wasm, JSON.stringify(manifest), JSON.stringify(thresholds)];
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  const shippedIds = new Set(ours.policies.map(({ id }) => id));
  const theirs = manifest.policies.flatMap(({ id }) => (shippedIds.has(id) ? [] : [id]));
  return { module: compileModule(wasm), manifest, thresholds, digest: digest.digest("hex"), own: theirs };
}

/** The hash of all sources; each is preceded by its length, so that no two sets of files read alike. */
async function keyOf({ folders, version }: OwnPolicies, shipped: string): Promise<string> {
  const hash = createHash("sha256").update(`${version}\0${shipped}\0`);
  for (const folder of folders) {
    for (const file of await policiesAndLibrariesIn(folder)) {
      const source = await readFile(join(folder, file)).catch((cause: unknown) => {
        throw new TokenwardError("POLICY_FOLDER", { folder: join(folder, file), reason: reasonOf(cause) }, { cause });
      });
      hash.update(`${file}\0${source.length}\0`).update(source);
    }
    hash.update("\0");
  }
  return hash.digest("hex");
}

async function compiled({ folders, env }: OwnPolicies): Promise<Compiled> {
  return compile(await findOpa(env), besideShipped(folders)).catch((error: unknown) => inTheirFolders(error, folders));
}

type Own = Pick<OwnPolicies, "folders" | "env">;

/** Holds the policies of these folders against all that compiling asks, beside the shipped ones; gives their slugs. */
export async function checkOwn({ folders, env }: Own): Promise<string[]> {
  const slugs = (await Promise.all(folders.map(policiesIn))).flat().map(slugOf);
  const opa = await findOpa(env);
  await checkPolicies(opa, besideShipped(folders)).catch((error: unknown) => inTheirFolders(error, folders));
  return slugs.sort();
}

/** Runs the tests in these folders; of what they cover, only their own lines count. */
export async function testOwn({ folders, env }: Own): Promise<TestRun> {
  const files = (await Promise.all(folders.map(policiesAndLibrariesIn))).flat();
  const opa = await findOpa(env);
  const own = new Set(files.map((file) => `policies/${file}`));
  const run = testPolicies(opa, besideShipped(folders), folders, own);
  const told = await run.catch((error: unknown) => inTheirFolders(error, folders));
  const text = await homeNames(folders);
  return renamed(told, { file: (name) => text(`${name}:`).slice(0, -1), text });
}

async function policiesAndLibrariesIn(folder: string): Promise<string[]> {
  const files = await sourcesIn(folder);
  if (files.length === 0) throw new TokenwardError("POLICY_FOLDER", { folder, reason: "there is no policy in it" });
  return files;
}

async function policiesIn(folder: string): Promise<string[]> {
  return (await policiesAndLibrariesIn(folder)).filter((file) => !file.startsWith("lib/"));
}

/** The shipped policies may be among the folders themselves, in a checkout. */
function besideShipped(folders: readonly string[]): Sources {
  const shipped = join(ROOT, "policies");
  return {
    policies: [shipped, ...folders.filter((folder) => relative(shipped, folder) !== "")],
    schemas: join(ROOT, "schemas"),
    capabilities: join(ROOT, "policies/capabilities.json"),
  };
}

/** Policies are compiled under fixed names; their authors know them by the ones they have at home. */
async function inTheirFolders(error: unknown, folders: readonly string[]): Promise<never> {
  if (!(error instanceof TokenwardError) || error.code !== "POLICY_INVALID") throw error;
  const home = await homeNames(folders);
  throw TokenwardError.revive({ code: error.code, message: home(error.message), remedy: error.remedy });
}

/** Gives each file that a text names as it was staged, with a colon behind it, the name that it has at home. */
async function homeNames(folders: readonly string[]): Promise<(text: string) => string> {
  const names: { staged: RegExp; home: string }[] = [];
  for (const folder of folders) {
    for (const file of [...(await sourcesIn(folder)), ...(await testsIn(folder))])
      names.push({ staged: staged(file), home: join(folder, file) });
  }
  return (text) => names.reduce((changed, { staged, home }) => changed.replaceAll(staged, () => home), text);
}

function staged(file: string): RegExp {
  return new RegExp(`(?<=^|\\s)policies/${file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=:)`, "gm");
}
