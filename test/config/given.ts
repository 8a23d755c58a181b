import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Flags, loadConfig } from "../../src/config/load.ts";
import type { About } from "../../src/config/rules.ts";
import type { Config } from "../../src/model/config.ts";
import type { Param, Policy } from "../../src/model/documents.gen.ts";
import { TokenwardError } from "../../src/model/errors.ts";

export const DAY = 86_400;

/** A folder of its own with these files, gone after the test. */
export async function folderWith(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "tokenward-config-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

export interface Surroundings {
  env?: Record<string, string>;
  flags?: Flags;
  about?: About;
}

/** The configuration that this `tokenward.yaml` makes. */
export async function configOf(yaml: string | Uint8Array, around: Surroundings = {}): Promise<Config> {
  const cwd = await folderWith({ "tokenward.yaml": yaml });
  const { env = {}, flags = {}, about } = around;
  return loadConfig({ cwd, env, flags, ...(about ? { about: async () => about } : {}) });
}

/** The lines of the error that this `tokenward.yaml` causes. */
export async function faultsOf(yaml: string | Uint8Array, around: Surroundings = {}): Promise<string[]> {
  return linesOf(configOf(yaml, around));
}

/** The lines of a rejected configuration, without the sentence above them. */
export async function linesOf(attempt: Promise<unknown>): Promise<string[]> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TokenwardError) || error.code !== "CONFIG_INVALID")
    throw error ?? new Error("it was accepted");
  return error.message.split("\n").slice(1);
}

function policy(id: string, params: Record<string, Param> = {}, more: Partial<Policy> = {}): Policy {
  return {
    id,
    package: `tokenward.lifetime.${id.replaceAll("-", "_")}`,
    title: id,
    description: id,
    severity: "medium",
    category: "lifetime",
    needs: [],
    applies_to: {},
    params,
    evidence: {},
    message: id,
    controls: {},
    remediation: { any: id },
    related_resources: [],
    ...more,
  };
}

function param(type: Param["type"], value: Param["default"], stricter?: Param["stricter"]): Param {
  return { type, default: value, doc: "a number", ...(stricter ? { stricter } : {}) };
}

/** Policies of every sort there is, small enough to work out each number by hand. */
export const about: About = {
  manifest: {
    reads: [],
    policies: [
      policy("no-expiry"),
      policy("no-owner"),
      policy("too-old", { max_age: param("duration", 90 * DAY, "lower") }, { aliases: ["age"] }),
      policy("idle", { max_idle: param("duration", 91 * DAY + 1, "lower") }),
      policy("expires-soon", { within: param("duration", 14 * DAY, "higher") }),
      policy("too-many", { max_count: param("integer", 2, "lower") }),
      policy(
        "job-write",
        { allowed: param("list", ["checks", "statuses"]) },
        { applies_to: { kinds: ["github/workflow-token"] } },
      ),
    ],
  },
  thresholds: {
    kinds: {
      "aws/access-key": {
        "no-expiry": { applies: false, source: "an access key has no expiry" },
        "too-old": { max_age: "90d", source: "CIS AWS 7.0 2.12" },
        idle: { max_idle: "45d", source: "CIS AWS 7.0 2.11" },
      },
      "kubernetes/bound-token": { "too-old": { max_age: "7d", source: "judgement" } },
      "npm/granular": { "expires-soon": { within: "15d", source: "sourcify" } },
    },
    profiles: {
      strict: { description: "halved", scale: 0.5 },
      default: { description: "as they stand" },
      relaxed: {
        description: "a year",
        at_least: { "too-old": { max_age: "365d" }, idle: { max_idle: "180d" } },
        at_least_from: "30d",
      },
      precision: {
        description: "hours",
        at_most: { "too-old": { max_age: "24h" }, idle: { max_idle: "24h" }, "expires-soon": { within: "1h" } },
      },
    },
  },
};
