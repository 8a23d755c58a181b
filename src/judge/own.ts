import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../model/bundle.ts";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";
import { type Bundle, loadAbout } from "./bundle.ts";
import { type Compiled, compile } from "./compile.ts";
import { findOpa } from "./opa.ts";
import { compileModule } from "./opa-wasm.ts";
import { sourcesIn } from "./staging.ts";

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
    const files = await sourcesIn(folder);
    if (files.length === 0) throw new TokenwardError("POLICY_FOLDER", { folder, reason: "there is no policy in it" });
    for (const file of files) {
      const source = await readFile(join(folder, file)).catch((cause: unknown) => {
        throw new TokenwardError("POLICY_FOLDER", { folder: join(folder, file), reason: reasonOf(cause) }, { cause });
      });
      hash.update(`${file}\0${source.length}\0`).update(source);
    }
    hash.update("\0");
  }
  return hash.digest("hex");
}

/** What was compiled before; a bundle whose bytes are not those that were written is compiled anew. */
async function cached(folder: string): Promise<Compiled | undefined> {
  const [wasm, manifest, sum] = await Promise.all(
    ["policy.wasm", "manifest.json", "sha256"].map((name) => readFile(join(folder, name)).catch(() => undefined)),
  );
  if (!wasm || !manifest || String(sum) !== sumOf(wasm, manifest)) return undefined;
  return { wasm, manifest: JSON.parse(String(manifest)) as Manifest };
}

async function compiled({ folders, env }: OwnPolicies): Promise<Compiled> {
  const sources = {
    policies: [join(ROOT, "policies"), ...folders],
    schemas: join(ROOT, "schemas"),
    capabilities: join(ROOT, "policies/capabilities.json"),
  };
  return compile(await findOpa(env), sources).catch((error: unknown) => inTheirFolders(error, folders));
}

/** Policies are compiled under fixed names; their authors know them by the ones they have at home. */
async function inTheirFolders(error: unknown, folders: readonly string[]): Promise<never> {
  if (!(error instanceof TokenwardError) || error.code !== "POLICY_INVALID") throw error;
  let { message } = error;
  for (const folder of folders) {
    for (const file of await sourcesIn(folder)) message = message.replaceAll(staged(file), join(folder, file));
  }
  throw TokenwardError.revive({ code: error.code, message, remedy: error.remedy });
}

function staged(file: string): RegExp {
  return new RegExp(`(?<=^|\\s)policies/${file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=:)`, "gm");
}

async function keep(folder: string, { wasm, manifest }: Compiled): Promise<void> {
  const about = Buffer.from(JSON.stringify(manifest));
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(temporary, "policy.wasm"), wasm);
    await writeFile(join(temporary, "manifest.json"), about);
    await writeFile(join(temporary, "sha256"), sumOf(wasm, about));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function sumOf(wasm: Uint8Array, manifest: Uint8Array): string {
  return createHash("sha256").update(wasm).update(manifest).digest("hex");
}
