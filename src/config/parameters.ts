import { isDeepStrictEqual } from "node:util";
import type { Exemption, Manifest, Parameters, ParamValue, Rules, Setting, Settings } from "../model/bundle.ts";
import type { Config } from "../model/config.ts";
import type { Param, Policy, Thresholds } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { refuse } from "./fault.ts";
import { pointerTo } from "./pointer.ts";
import { type Subject, underProfile } from "./profile.ts";
import { ruleFaults } from "./rules.ts";
import { type Index, indexed, namesOf, type Statement, statementOn, statementsIn } from "./stated.ts";
import { paramValue } from "./values.ts";

/** How the run judges: the built-in numbers by kind, moved by the profile, replaced by what the configuration states. */
export function resolveRules(config: Config, manifest: Manifest, thresholds: Thresholds): Rules {
  const faults = ruleFaults(config.stated, config.locate, { manifest, thresholds });
  if (faults.length > 0) refuse(faults);
  const policies = namesOf(manifest.policies);
  const idOf = (name: string) => policies.get(name)?.id ?? name;
  const statements = statementsIn(config.stated);
  const { disable = [], severity = {} } = config.stated.policies ?? {};
  const off = statements.filter(({ kind, setting }) => kind === undefined && setting.applies === false);
  return {
    profile: config.profile.value,
    parameters: resolve(manifest.policies, { config, thresholds, statements: indexed(statements, policies) }),
    disabled: [...new Set([...disable.map(idOf), ...off.map(({ policy }) => idOf(policy))])],
    severity: Object.fromEntries(Object.entries(severity).map(([name, value]) => [idOf(name), value])),
  };
}

interface Layers {
  config: Config;
  thresholds: Thresholds;
  statements: Index;
}

function resolve(policies: readonly Policy[], layers: Layers): Parameters {
  const any = Object.fromEntries(policies.map((policy) => [policy.id, settingsFor(policy, undefined, layers)]));
  const resolved: Parameters = { any, kinds: {}, exempt: {} };
  for (const kind of kindsIn(layers)) {
    for (const policy of policies) {
      const exemption = exemptionOf(policy, kind, layers);
      if (exemption) {
        resolved.exempt[kind] = { ...resolved.exempt[kind], [policy.id]: exemption };
        continue;
      }
      const settings = settingsFor(policy, kind, layers);
      if (isDeepStrictEqual(settings, any[policy.id])) continue;
      resolved.kinds[kind] = { ...resolved.kinds[kind], [policy.id]: settings };
    }
  }
  return resolved;
}

function kindsIn({ thresholds, statements }: Layers): Set<string> {
  const stated = [...statements.values()].flatMap(({ kind }) => (kind === undefined ? [] : [kind]));
  return new Set([...Object.keys(thresholds.kinds), ...stated]);
}

function settingsFor(policy: Policy, kind: string | undefined, layers: Layers): Settings {
  const profile = layers.config.profile.value;
  const { profiles } = layers.thresholds;
  const entries = Object.entries(policy.params).map(([name, param]): [string, Setting] => {
    const subject = { policy: policy.id, name, param };
    const moved = underProfile(builtIn(subject, kind, layers), subject, { profile, profiles });
    return [name, stated(subject, kind, layers) ?? stated(subject, undefined, layers) ?? moved];
  });
  return Object.fromEntries(entries);
}

function builtIn({ policy, name, param }: Subject, kind: string | undefined, { thresholds }: Layers): Setting {
  const forKind = kind === undefined ? undefined : thresholds.kinds[kind]?.[policy];
  if (!forKind || !Object.hasOwn(forKind, name)) return { value: param.default, source: "built-in" };
  return { value: sound(param, forKind[name], `${kind} ${policy}.${name}`), source: forKind.source };
}

function stated({ policy, name, param }: Subject, kind: string | undefined, layers: Layers): Setting | undefined {
  const statement = statementOn(layers.statements, policy, kind);
  if (!statement || !Object.hasOwn(statement.setting, name)) return undefined;
  const value = sound(param, statement.setting[name], name);
  return { value, source: sourceOf(statement, name, layers), ...rationale(statement) };
}

function exemptionOf({ id }: Policy, kind: string, layers: Layers): Exemption | undefined {
  const statement = [statementOn(layers.statements, id, kind), statementOn(layers.statements, id)].find(
    (candidate) => candidate && Object.hasOwn(candidate.setting, "applies"),
  );
  if (statement?.kind !== undefined && statement.setting.applies === false) {
    return { source: sourceOf(statement, "applies", layers), ...rationale(statement) };
  }
  const forKind = layers.thresholds.kinds[kind]?.[id];
  return forKind?.applies === false && statement?.setting.applies !== true ? { source: forKind.source } : undefined;
}

function sourceOf({ pointer }: Statement, name: string, { config }: Layers): string {
  return at(config.locate(pointer + pointerTo(name)));
}

/** These words go into every report, so a secret among them ends here. */
export function rationale({ setting }: Statement): Pick<Setting, "reason" | "approved_by" | "review_by"> {
  const given = ["reason", "approved_by", "review_by"].flatMap((name) => {
    const words = setting[name];
    return typeof words === "string" ? [[name, maskSecrets(words)]] : [];
  });
  return Object.fromEntries(given);
}

/** The configuration was checked above and the thresholds when tokenward was built: anything else here is a bug. */
function sound(param: Param, stated: unknown, where: string): ParamValue {
  const value = paramValue(param, stated);
  if (value === undefined) throw new TypeError(`${where} is no ${param.type}: ${String(stated)}`);
  return value;
}
