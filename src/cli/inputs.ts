import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { uriOf } from "../config/find.ts";
import type { Input } from "../evidence/contents.ts";
import type { Config } from "../model/config.ts";
import { TokenwardError } from "../model/errors.ts";
import { isMapping } from "../model/mapping.ts";
import { maskSecrets } from "../model/mask.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { openMasking } from "../net/masking.ts";
import type { Means } from "../review.ts";

/** The files that a run goes by besides what it collects: whoever adds one adds a line here, and evidence has it. */
async function inputsOf(
  config: Config,
  { baseline }: Pick<Means, "baseline">,
): Promise<[role: string, path: string][]> {
  const { owners } = config.stated;
  const inputs: [role: string, path: string | null | undefined][] = [
    ["config", config.file],
    ["waivers", config.waivers?.value],
    // One that is named but only about to be written is none yet.
    ["baseline", baseline?.file],
    ...(await registerOf(config)).map((path): [string, string] => ["register", path]),
    ["owners", inConfig(config, owners?.mapping)],
    ["codeowners", inConfig(config, owners?.codeowners)],
    ["directory", inConfig(config, owners?.directory)],
  ];
  return inputs.flatMap(([role, path]) => (typeof path === "string" ? [[role, path] as [string, string]] : []));
}

async function registerOf({ register }: Config): Promise<string[]> {
  if (!register) return [];
  const { registerFiles } = await import("../config/register.ts");
  const files = await registerFiles({ path: resolve(register.value), from: register.source }, process.cwd());
  return files.map((file) => uriOf(file, process.cwd()));
}

/** A path that the configuration states counts from its folder; what is no path stands in the configuration itself. */
function inConfig({ file }: Config, path: unknown): string | undefined {
  if (typeof path !== "string") return undefined;
  return uriOf(resolve(file === null ? "." : dirname(file), path), process.cwd());
}

/** These files as they are now, without what looks like a secret. */
export async function readInputs(
  config: Config,
  means: Pick<Means, "baseline">,
  mask: (text: string) => string,
): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const [role, path] of await inputsOf(config, means)) {
    const text = await textOf(path);
    const masked = mask(text);
    inputs.push({ role, from: maskSecrets(path), text: masked, ...(masked === text ? {} : { masked: true }) });
  }
  return inputs;
}

/** Takes out of texts what looks like a secret, and the credentials of the run, however they look. */
export function maskFor(
  { sources }: Config,
  env: Readonly<Record<string, string | undefined>>,
): (text: string) => string {
  const secrets = sources.value.flatMap(({ source }) => namedIn(source).flatMap((name) => env[name] ?? []));
  return openMasking(secrets).text;
}

/** The variables that a source takes its credentials from. */
function namedIn(value: unknown): string[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "env" && typeof inner === "string" ? [inner] : namedIn(inner),
  );
}

/** What came through a pipe was read once and is gone. */
async function textOf(path: string): Promise<string> {
  try {
    if (!(await stat(resolve(path))).isFile())
      throw new TokenwardError("EVIDENCE_INPUT", { path, reason: "it is a pipe or a device, and was read already" });
    const bytes = await readFile(resolve(path));
    if (!isUtf8(bytes)) throw new TokenwardError("EVIDENCE_INPUT", { path, reason: "it is not UTF-8" });
    return bytes.toString("utf8");
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("EVIDENCE_INPUT", { path, reason: reasonOf(cause) }, { cause });
  }
}
