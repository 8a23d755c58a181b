import type { Rules, Setting } from "../model/bundle.ts";
import type { Config } from "../model/config.ts";
import type { Param } from "../model/documents.gen.ts";
import { settingsFor } from "../model/settings.ts";
import { resolveRules } from "./parameters.ts";
import type { About } from "./rules.ts";

/** A number for one kind that the configuration's general number replaces by a looser one. */
export interface Loosening {
  kind: string;
  policy: string;
  name: string;
  now: Setting;
  without: Setting;
}

/** General numbers replace those of every kind; where a kind had a stricter one, its owner should see that. */
export function loosenings(config: Config, rules: Rules, { manifest, thresholds }: About): Loosening[] {
  const before = resolveRules(withoutGeneralNumbers(config), manifest, thresholds).parameters;
  return Object.entries(before.kinds).flatMap(([kind, policies]) =>
    manifest.policies.flatMap(({ id: policy, params }) =>
      Object.entries(policies[policy] ?? {}).flatMap(([name, without]) => {
        const now = settingsFor(rules.parameters, policy, kind)[name];
        return now && isLooser(now, without, params[name]) ? [{ kind, policy, name, now, without }] : [];
      }),
    ),
  );
}

function withoutGeneralNumbers(config: Config): Config {
  const general = Object.entries(config.stated.parameters ?? {}).map(([policy, { applies }]) => [
    policy,
    applies === undefined ? {} : { applies },
  ]);
  return { ...config, stated: { ...config.stated, parameters: Object.fromEntries(general) } };
}

function isLooser({ value: now }: Setting, { value: before }: Setting, param: Param | undefined): boolean {
  if (typeof now !== "number" || typeof before !== "number") return false;
  return param?.stricter === "higher" ? now < before : now > before;
}
