import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { loadConfig } from "../../src/config/load.ts";
import { resolveRules } from "../../src/config/parameters.ts";
import { type Numbers, numbersIn } from "../../src/judge/numbers.ts";
import type { Manifest, Rules } from "../../src/model/bundle.ts";
import type { Config } from "../../src/model/config.ts";
import type { Thresholds } from "../../src/model/documents.gen.ts";
import { repository } from "../support/command.ts";

const thresholds = parse(await readFile(`${repository}policies/data/thresholds.yaml`, "utf8")) as Thresholds;

/** The example company's configuration. */
export const acme = await loadConfig({ cwd: repository, env: {}, flags: { config: "examples/acme/tokenward.yaml" } });

/** The numbers that are in force without any configuration. */
export const builtIn = await loadConfig({ cwd: repository, env: {}, flags: { noConfig: true } });

/** The numbers in force under a configuration, without where they come from. */
export function numbersUnder(config: Config, manifest: Manifest): Numbers {
  return numbersIn(rulesUnder(config, manifest).parameters);
}

/** How a run judges under a configuration. */
export function rulesUnder(config: Config, manifest: Manifest): Rules {
  return resolveRules(config, manifest, thresholds);
}
