import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../model/bundle.ts";
import { type Bundle, loadAbout } from "./bundle.ts";
import { compile } from "./compile.ts";
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
  const { thresholds, digest: shipped } = await loadAbout();
  const folder = join(own.cache, await keyOf(own, shipped));
  const { wasm, manifest } = (await cached(folder)) ?? (await compiled(own, folder));
  const parts = [wasm, JSON.stringify(manifest), JSON.stringify(thresholds)];
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return { module: compileModule(wasm), manifest, thresholds, digest: digest.digest("hex") };
}

interface Compiled {
  wasm: Uint8Array;
  manifest: Manifest;
}

async function keyOf({ folders, version }: OwnPolicies, shipped: string): Promise<string> {
  const hash = createHash("sha256").update(`${version}\0${shipped}\0`);
  for (const folder of folders) {
    for (const file of await sourcesIn(folder))
      hash
        .update(`${file}\0`)
        .update(await readFile(join(folder, file)))
        .update("\0");
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

async function compiled({ folders, env }: OwnPolicies, folder: string): Promise<Compiled> {
  const { wasm, manifest } = await compile(await findOpa(env), {
    policies: [join(ROOT, "policies"), ...folders],
    schemas: join(ROOT, "schemas"),
    capabilities: join(ROOT, "policies/capabilities.json"),
  });
  // A folder that may not be written costs the next run a compilation, nothing else.
  await keep(folder, wasm, Buffer.from(JSON.stringify(manifest))).catch(() => undefined);
  return { wasm, manifest };
}

async function keep(folder: string, wasm: Uint8Array, manifest: Buffer): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const temporary = await mkdtemp(`${folder}-`);
  await writeFile(join(temporary, "policy.wasm"), wasm);
  await writeFile(join(temporary, "manifest.json"), manifest);
  await writeFile(join(temporary, "sha256"), sumOf(wasm, manifest));
  await rm(folder, { recursive: true, force: true });
  await rename(temporary, folder).catch(() => rm(temporary, { recursive: true, force: true }));
}

function sumOf(wasm: Uint8Array, manifest: Uint8Array): string {
  return createHash("sha256").update(wasm).update(manifest).digest("hex");
}
