import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../model/bundle.ts";
import type { Thresholds } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { compileModule, type Module } from "./opa-wasm.ts";

/** The compiled policies as they are shipped: module, metadata, numbers by kind, and a SHA-256 over all three. */
export interface Bundle {
  module: Module;
  manifest: Manifest;
  thresholds: Thresholds;
  digest: string;
  /** The policies in it that did not come with tokenward. */
  own: readonly string[];
  /** Nothing in it can be trusted, whatever it says of itself: it came with somebody's evidence. */
  isForeign?: boolean;
  /** The folder of its scope catalogues; absent: those that came with tokenward. */
  tables?: string;
}

/** Whether somebody else than tokenward's authors wrote any of it: then it runs only where it can be stopped. */
export function isUntrusted({ own, isForeign = false }: Pick<Bundle, "own" | "isForeign">): boolean {
  return isForeign || own.length > 0;
}

const FOLDER = fileURLToPath(new URL("../../dist/policies/", import.meta.url));

/** Loads the bundle that the build wrote; `about` alone, without the module, is enough to list and explain. */
export async function loadBundle(): Promise<Bundle> {
  const [wasm, about] = await Promise.all([part("policy.wasm"), loadAbout()]);
  return { module: compileModule(wasm), ...about };
}

/** What the bundle says of itself, without its code. */
export async function loadAbout(): Promise<Omit<Bundle, "module">> {
  const [manifest, thresholds, digest] = await Promise.all(["manifest.json", "thresholds.json", "digest"].map(part));
  return {
    manifest: JSON.parse(String(manifest)) as Manifest,
    thresholds: JSON.parse(String(thresholds)) as Thresholds,
    digest: String(digest),
    own: [],
  };
}

async function part(name: string): Promise<Buffer> {
  return readFile(FOLDER + name).catch((cause: unknown) => {
    throw new TokenwardError("BUNDLE_MISSING", { path: `dist/policies/${name}` }, { cause });
  });
}
