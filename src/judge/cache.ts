import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Manifest } from "../model/bundle.ts";
import { makeFolder } from "../model/folder.ts";
import type { Compiled } from "./compile.ts";

/** Every change of a policy leaves an entry of some hundred kilobytes: so many are worth keeping. */
const KEPT = 20;
const ENTRY = /^[0-9a-f]{64}$/;
const UNFINISHED = /^[0-9a-f]{64}-\w{6}$/;

/** What was compiled before; a bundle whose bytes are not those that were written is compiled anew. */
export async function cached(folder: string): Promise<Compiled | undefined> {
  const [wasm, manifest, sum] = await Promise.all(
    ["policy.wasm", "manifest.json", "sha256"].map((name) => readFile(join(folder, name)).catch(() => undefined)),
  );
  if (!wasm || !manifest || String(sum) !== sumOf(wasm, manifest)) return undefined;
  return { wasm, manifest: JSON.parse(String(manifest)) as Manifest };
}

/** Keeps an entry, whole or not at all, and drops the oldest. */
export async function keep(folder: string, { wasm, manifest }: Compiled): Promise<void> {
  const about = Buffer.from(JSON.stringify(manifest));
  await makeFolder(dirname(folder), { mode: 0o700 });
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
  await prune(dirname(folder), basename(folder));
}

/** The cache may be a folder that holds other things too: only what looks like an entry of ours is removed. */
async function prune(cache: string, newest: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name !== newest && (ENTRY.test(name) || UNFINISHED.test(name)));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(cache, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const old = aged.sort((one, other) => other.time - one.time).slice(KEPT - 1);
  for (const { name } of old) await rm(join(cache, name), { recursive: true, force: true });
}

function sumOf(wasm: Uint8Array, manifest: Uint8Array): string {
  return createHash("sha256").update(wasm).update(manifest).digest("hex");
}
