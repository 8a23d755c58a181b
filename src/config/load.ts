import { resolve } from "node:path";
import type { Config, ConfiguredSource, Sourced } from "../model/config.ts";
import type { ConfigFile, Source } from "../model/documents.gen.ts";
import { wholeDays } from "../model/duration.ts";
import { at } from "../model/errors.ts";
import { choiceFault, profiles, thresholds } from "./choices.ts";
import { type ConfigFault, type Locate, refuse } from "./fault.ts";
import type { ReadFile } from "./file.ts";
import { findConfig, uriOf } from "./find.ts";
import { pointerTo } from "./pointer.ts";
import type { About } from "./rules.ts";

/** What the command line says of the configuration; only what was given. */
export interface Flags {
  config?: string;
  noConfig?: boolean;
  profile?: string;
  failOn?: string;
  allowIncomplete?: boolean;
  register?: string;
  waivers?: string;
  baseline?: string;
  /** In days. */
  baselineMaxAge?: number;
}

export interface Circumstances {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  flags: Flags;
  /** Asked for only when the file is faulty, so that faults on policies are told together with all others. */
  about?: () => Promise<About>;
}

/** The configuration of a run: flags over environment over file over built-in defaults. */
export async function loadConfig({ cwd, env, flags, about }: Circumstances): Promise<Config> {
  const where = await findConfig({ cwd, env, flags });
  // A run without a file starts without the YAML parser.
  const file = where && (await (await import("./file.ts")).readConfigFile(where, { cwd, about }));
  const faults: ConfigFault[] = [];
  const layers = [fromFlags(flags, faults), fromEnvironment(env, faults), fromFile(file, cwd)];
  faults.push(...(file?.faults ?? []));
  if (faults.length > 0) refuse(faults);
  const register = first(layers.map((layer) => layer.register));
  const waivers = first(layers.map((layer) => layer.waivers));
  const baseline = first(layers.map((layer) => layer.baseline));
  const baselineMaxAge = first(layers.map((layer) => layer.baselineMaxAge));
  return {
    file: file?.uri ?? null,
    profile: first(layers.map(({ profile }) => profile)) ?? builtIn("default"),
    sources: sourcesOf(file, cwd),
    failOn: first(layers.map(({ failOn }) => failOn)) ?? builtIn("high"),
    allowIncomplete: first(layers.map(({ allowIncomplete }) => allowIncomplete)) ?? builtIn(false),
    ...(register ? { register } : {}),
    ...(waivers ? { waivers } : {}),
    ...(baseline ? { baseline } : {}),
    ...(baselineMaxAge ? { baselineMaxAge } : {}),
    stated: statedIn(file),
    locate: file?.locate ?? (() => ({ uri: "tokenward.yaml" })),
  };
}

/** One voice in the choice of the simple values. */
interface Layer {
  profile?: Config["profile"] | undefined;
  failOn?: Config["failOn"] | undefined;
  allowIncomplete?: Config["allowIncomplete"] | undefined;
  register?: Sourced<string> | undefined;
  waivers?: Sourced<string> | undefined;
  baseline?: Sourced<string> | undefined;
  baselineMaxAge?: Sourced<number> | undefined;
}

function fromFlags(flags: Flags, faults: ConfigFault[]): Layer {
  const { profile, failOn, allowIncomplete, register, waivers, baseline, baselineMaxAge } = flags;
  return {
    profile: chosen(profile, profiles, { source: "flag --profile", faults }),
    failOn: chosen(failOn, thresholds, { source: "flag --fail-on", faults }),
    allowIncomplete: given(allowIncomplete, "flag --allow-incomplete"),
    register: given(register, "flag --register"),
    waivers: given(waivers, "flag --waivers"),
    baseline: given(baseline, "flag --baseline"),
    baselineMaxAge: given(baselineMaxAge, "flag --baseline-max-age"),
  };
}

/** A variable that is set to nothing counts as not set: that is how CI systems pass on what they do not have. */
function fromEnvironment(env: Circumstances["env"], faults: ConfigFault[]): Layer {
  const variable = <Value extends string>(name: string, allowed: readonly Value[]) =>
    chosen(env[name] || undefined, allowed, { source: name, faults });
  const tolerated = variable("TOKENWARD_ALLOW_INCOMPLETE", ["true", "false"]);
  return {
    profile: variable("TOKENWARD_PROFILE", profiles),
    failOn: variable("TOKENWARD_FAIL_ON", thresholds),
    allowIncomplete: tolerated && { value: tolerated.value === "true", source: tolerated.source },
    register: given(env.TOKENWARD_REGISTER || undefined, "TOKENWARD_REGISTER"),
    waivers: given(env.TOKENWARD_WAIVERS || undefined, "TOKENWARD_WAIVERS"),
    baseline: given(env.TOKENWARD_BASELINE || undefined, "TOKENWARD_BASELINE"),
  };
}

function fromFile(file: ReadFile | undefined, cwd: string): Layer {
  if (!file || file.faults.length > 0) return {};
  const { profile, fail_on, allow_incomplete, register, waivers, baseline, baseline_max_age: age } = contentOf(file);
  const path = (name: string | undefined) => name && uriOf(resolve(file.folder, name), cwd);
  return {
    profile: written(profile, "profile", file.locate),
    failOn: written(fail_on, "fail_on", file.locate),
    allowIncomplete: written(allow_incomplete, "allow_incomplete", file.locate),
    register: written(path(register), "register", file.locate),
    waivers: written(path(waivers), "waivers", file.locate),
    baseline: written(path(baseline), "baseline", file.locate),
    baselineMaxAge: written(age === undefined ? undefined : wholeDays(age), "baseline_max_age", file.locate),
  };
}

function given<Value>(value: Value | undefined, source: string): Sourced<Value> | undefined {
  return value === undefined ? undefined : { value, source };
}

function chosen<Value extends string>(
  value: string | undefined,
  allowed: readonly Value[],
  { source, faults }: { source: string; faults: ConfigFault[] },
): Sourced<Value> | undefined {
  const choice = allowed.find((candidate) => candidate === value);
  if (choice !== undefined) return { value: choice, source };
  const text = value === undefined ? undefined : choiceFault(value, allowed);
  if (text !== undefined) faults.push({ position: { uri: source }, text });
  return undefined;
}

function written<Value>(value: Value | undefined, key: string, locate: Locate): Sourced<Value> | undefined {
  return value === undefined ? undefined : { value, source: at(locate(pointerTo(key))) };
}

function first<Value>(layers: readonly (Sourced<Value> | undefined)[]): Sourced<Value> | undefined {
  return layers.find((layer) => layer !== undefined);
}

function builtIn<Value>(value: Value): Sourced<Value> {
  return { value, source: "built-in" };
}

function sourcesOf(file: ReadFile | undefined, cwd: string): Sourced<ConfiguredSource[]> {
  const root = file?.folder ?? cwd;
  const sources = file && contentOf(file).sources;
  if (!file || !sources) return builtIn([{ source: { use: "workflows" }, root }]);
  const position = (index: number) => file.locate(pointerTo("sources", index));
  const value = sources.map((source: Source, index) => ({ source, root, position: position(index) }));
  return { value, source: at(file.locate(pointerTo("sources"))) };
}

function statedIn(file: ReadFile | undefined): Config["stated"] {
  if (!file) return {};
  const { parameters, kinds, policies, owners, environments } = contentOf(file);
  return {
    ...(parameters && { parameters }),
    ...(kinds && { kinds }),
    ...(policies && { policies }),
    ...(owners && { owners }),
    ...(environments && { environments }),
  };
}

/** Only asked for after the file was found to be as its schema says. */
function contentOf({ value }: ReadFile): ConfigFile {
  return value as ConfigFile;
}
