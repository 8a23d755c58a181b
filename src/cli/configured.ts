import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Bundle } from "../judge/bundle.ts";
import type { Rules } from "../model/bundle.ts";
import type { Config } from "../model/config.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Intent } from "../model/intent.ts";
import type { Waiver } from "../model/waiver.ts";
import type { World } from "../net/exchange.ts";
import { type Network, openNetwork } from "../net/network.ts";
import type { Means } from "../review.ts";
import { baselineFor, type WriteOptions } from "./baseline.ts";
import { type ConfigOptions, flagsOf, type GateOptions, type RunOptions } from "./options.ts";
import { shardFrom } from "./shard.ts";
import { tool } from "./version.ts";
import type { Wire } from "./wire.ts";

/** The configuration of this run, the policies that are to judge, and their numbers. */
export interface Configured {
  config: Config;
  bundle: Bundle;
  rules: Rules;
}

/** Reads the configuration and holds it against the policies there are; every fault of both is told at once. */
export async function configured(options: ConfigOptions & GateOptions): Promise<Configured> {
  const { resolveRules } = await import("../config/parameters.ts");
  const config = await configFrom(options);
  const bundle = await bundleFor(config);
  return { config, bundle, rules: resolveRules(config, bundle.manifest, bundle.thresholds) };
}

/** The configuration alone, for who does not judge. */
export async function configFrom(options: ConfigOptions & GateOptions): Promise<Config> {
  const { loadConfig } = await import("../config/load.ts");
  const { loadAbout } = await import("../judge/bundle.ts");
  return loadConfig({ cwd: process.cwd(), env: process.env, flags: flagsOf(options), about: loadAbout });
}

/** The world as a run may see it; it begins with what people have written down, because a faulty file ends it before anything is read. */
export async function meansOf(
  run: Configured,
  asOf: string,
  { jobs, shard, wire = {}, ...writing }: RunOptions & WriteOptions & { wire?: Wire } = {},
): Promise<Means & Pick<Network, "tallies">> {
  const { bundle, rules } = run;
  const part = shardFrom({ ...(shard ? { shard } : {}) });
  const waivers = await waiversFor(run, asOf);
  const baseline = await baselineFor(run, writing);
  const intent = await intentFor(run);
  const own = { bundle, rules, waivers, intent, ...(baseline ? { baseline } : {}), asOf, tool, scratch, shard: part };
  return { ...own, ...(jobs === undefined ? {} : { jobs }), ...world(wire) };
}

/** The waivers of a run, held against its policies and its instant. */
export async function waiversFor(
  { config, bundle }: Pick<Configured, "config" | "bundle">,
  asOf: string,
): Promise<Waiver[]> {
  if (!config.waivers) return [];
  const { readWaivers } = await import("../config/waivers.ts");
  const { value: path, source: from } = config.waivers;
  return readWaivers({ path: resolve(path), from }, { cwd: process.cwd(), asOf, policies: bundle.manifest.policies });
}

/** What people have written down about tokens, where the configuration says. */
export async function intentFor({ config }: Pick<Configured, "config">): Promise<Intent> {
  return { ...(await registerFor(config)), ...(await ownersFor(config)) };
}

async function registerFor({ register }: Config): Promise<Pick<Intent, "register">> {
  if (!register) return {};
  const { readRegister } = await import("../config/register.ts");
  const where = { path: resolve(register.value), from: register.source };
  return { register: await readRegister(where, process.cwd()) };
}

async function ownersFor(config: Config): Promise<Pick<Intent, "owners" | "environments">> {
  if (!config.stated.owners && !config.stated.environments) return {};
  const { readOwners } = await import("../config/owners.ts");
  return readOwners(config, process.cwd());
}

let folder: string | undefined;

/** A private folder that ends with the process. */
export function scratch(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(tmpdir(), "tokenward-run-"));
  folder = made;
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Ctrl-C ends the reading, not the telling; a second one ends the process. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      controller.abort(name);
      // A reader that waits for input would keep the process alive.
      process.stdin.destroy();
    });
  }
  return controller.signal;
}

/** Where collectors read from. */
export function world(
  wire: Wire,
): Pick<Means, "cwd" | "env" | "stdin" | "now" | "connect" | "isReplayed"> &
  Pick<Network, "tallies"> & { signal: AbortSignal } {
  const around = surroundings(wire);
  const { env, now, signal } = around;
  // The AWS SDK would tell of the Node versions that it will support next year, in the middle of a report.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const network = openNetwork(around);
  const isReplayed = wire.keeping?.mode === "replay";
  return { cwd: process.cwd(), env, stdin: () => process.stdin, now, ...network, isReplayed, signal };
}

/** What the network may use of the world. */
export function surroundings(wire: Wire): World & { signal: AbortSignal } {
  const { version } = tool;
  return { version, env: process.env, now: Date.now, random: Math.random, sleep, signal: stopSignal(), ...wire };
}

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** The shipped policies, with the user's own where the configuration names folders of them. */
async function bundleFor(config: Config): Promise<Bundle> {
  const paths = config.stated.policies?.paths ?? [];
  if (paths.length === 0) {
    const { loadBundle } = await import("../judge/bundle.ts");
    return loadBundle();
  }
  const { bundleWithOwn } = await import("../judge/own.ts");
  return bundleWithOwn({ folders: foldersOf(config), env: process.env, cache: cacheFolder(), version: tool.version });
}

/** The folder that was named, else those that the configuration has for policies. */
export async function ownFolders(options: ConfigOptions, named?: string): Promise<string[]> {
  if (named !== undefined) return [resolve(named)];
  const { loadConfig } = await import("../config/load.ts");
  const folders = foldersOf(await loadConfig({ cwd: process.cwd(), env: process.env, flags: flagsOf(options) }));
  if (folders.length === 0) throw new TokenwardError("POLICY_FOLDER_UNNAMED", {});
  return folders;
}

/** The folders of the policies that did not come with tokenward. */
export function foldersOf({ file, stated }: Config): string[] {
  const base = file === null ? process.cwd() : resolve(file, "..");
  return (stated.policies?.paths ?? []).map((path) => resolve(base, path));
}

/** TOKENWARD_CACHE, else the user's cache folder. */
function cacheFolder(): string {
  const { TOKENWARD_CACHE: stated, XDG_CACHE_HOME: base } = process.env;
  return stated ? resolve(stated) : resolve(base || resolve(homedir(), ".cache"), "tokenward");
}
