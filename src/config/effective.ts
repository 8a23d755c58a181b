import type { Parameters, Rules, Setting, Settings } from "../model/bundle.ts";
import type { Config, Sourced } from "../model/config.ts";
import type { Policy, Source } from "../model/documents.gen.ts";
import { writeDuration } from "../model/duration.ts";
import { at } from "../model/errors.ts";
import { mapTexts } from "../model/map-texts.ts";
import { maskSecrets } from "../model/mask.ts";
import { nearest } from "../model/nearest.ts";
import { number } from "../model/number.ts";
import { selectorText } from "../model/waiver.ts";
import { knownKinds } from "./kinds.ts";
import { loosenings } from "./loosened.ts";
import { pointerTo } from "./pointer.ts";
import type { About } from "./rules.ts";
import { namesOf, statementsIn } from "./stated.ts";

/** A parameter's value as the configuration would state it, with who set it and why. */
export type Shown = Omit<Setting, "value"> & { value: string | number | string[] };
type ShownByPolicy = Record<string, Record<string, Shown>>;

/** Every value in force with its source, as `tokenward config --show` prints it. */
export interface Effective {
  file: string | null;
  profile: Config["profile"];
  fail_on: Config["failOn"];
  allow_incomplete: Config["allowIncomplete"];
  /** As the working directory sees it; absent: there is none. */
  register?: Sourced<string>;
  /** As the working directory sees it; absent: nothing is waived. */
  waivers?: Sourced<string>;
  /** As the working directory sees it; absent: every finding counts. */
  baseline?: Sourced<string>;
  /** In days; absent: an entry counts for good. */
  baseline_max_age?: Sourced<string>;
  /** As the file states them, by key: `directory`, `states.on leave`; of rules how many there are. */
  owners: Record<string, Sourced<string>>;
  /** What each rule is for, and the environment that it names. */
  environments: Sourced<string>[];
  sources: Sourced<Source>[];
  disabled: Record<string, { source: string }>;
  severity: Record<string, Sourced<string>>;
  paths: Sourced<string>[];
  parameters: ShownByPolicy;
  kinds: Record<string, ShownByPolicy>;
  /** The kinds that the file itself names; for one that nothing else does, the kind that was probably meant. */
  stated_kinds: Record<string, { nearest?: string }>;
  exempt: Parameters["exempt"];
  /** Kinds whose own stricter number a general one replaces, by kind and policy: what it would be without. */
  loosened: Record<string, ShownByPolicy>;
}

/** What a configuration comes to, once the rules it states are resolved. */
export function effective(config: Config, rules: Rules, about: About): Effective {
  const { policies } = about.manifest;
  const { sources, stated, locate } = config;
  const { any, kinds, exempt } = rules.parameters;
  const paths = stated.policies?.paths ?? [];
  return {
    file: config.file,
    profile: config.profile,
    fail_on: config.failOn,
    allow_incomplete: config.allowIncomplete,
    ...(config.register ? { register: { ...config.register, value: maskSecrets(config.register.value) } } : {}),
    ...(config.waivers ? { waivers: { ...config.waivers, value: maskSecrets(config.waivers.value) } } : {}),
    ...(config.baseline ? { baseline: { ...config.baseline, value: maskSecrets(config.baseline.value) } } : {}),
    ...(config.baselineMaxAge
      ? { baseline_max_age: { ...config.baselineMaxAge, value: `${config.baselineMaxAge.value}d` } }
      : {}),
    owners: statedOwners(config),
    environments: statedEnvironments(config),
    sources: sources.value.map(({ source, position }) => ({
      // Secrets have no place in a source, but whoever wrote it may have put one anywhere.
      value: mapTexts(source, maskSecrets),
      source: position ? at(position) : sources.source,
    })),
    disabled: Object.fromEntries(rules.disabled.map((id) => [id, { source: whoDisabled(id, config, policies) }])),
    severity: severities(config, rules, policies),
    paths: paths.map((value, index) => ({
      value: maskSecrets(value),
      source: at(locate(pointerTo("policies", "paths", index))),
    })),
    parameters: asWritten(any, policies),
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, settings]) => [kind, asWritten(settings, policies)])),
    stated_kinds: statedKinds(config, about),
    exempt,
    loosened: loosened(config, rules, about),
  };
}

function statedOwners({ stated, locate }: Config): Effective["owners"] {
  const { states = {}, ...rest } = stated.owners ?? {};
  const shownAs = (value: unknown): string =>
    Array.isArray(value) ? number(value.length, "rule") : maskSecrets(String(value));
  const entries = [
    ...Object.entries(rest).map(([key, value]) => ({ keys: [key], value })),
    ...Object.entries(states).map(([word, value]) => ({ keys: ["states", word], value })),
  ];
  return Object.fromEntries(
    entries.map(({ keys, value }) => [
      maskSecrets(keys.join(".")),
      { value: shownAs(value), source: at(locate(pointerTo("owners", ...keys))) },
    ]),
  );
}

function statedEnvironments({ stated, locate }: Config): Effective["environments"] {
  return (stated.environments ?? []).map(({ token, environment, override }, index) => ({
    value: maskSecrets(`${environment} for ${selectorText(token)}${override ? ", whatever the source says" : ""}`),
    source: at(locate(pointerTo("environments", index))),
  }));
}

function statedKinds({ stated }: Config, about: About): Effective["stated_kinds"] {
  const known = knownKinds(about);
  const kinds = Object.keys(stated.kinds ?? {}).map((kind) => {
    const near = known.has(kind) ? undefined : nearest(kind, known);
    return [kind, near === undefined ? {} : { nearest: near }];
  });
  return Object.fromEntries(kinds);
}

function loosened(config: Config, rules: Rules, about: About): Effective["loosened"] {
  const byKind: Parameters["kinds"] = {};
  for (const { kind, policy, name, without } of loosenings(config, rules, about)) {
    byKind[kind] ??= {};
    byKind[kind][policy] = { ...byKind[kind][policy], [name]: without };
  }
  return Object.fromEntries(
    Object.entries(byKind).map(([kind, settings]) => [kind, asWritten(settings, about.manifest.policies)]),
  );
}

function whoDisabled(id: string, { stated, locate }: Config, policies: readonly Policy[]): string {
  const names = namesOf(policies);
  const index = stated.policies?.disable?.findIndex((name) => names.get(name)?.id === id) ?? -1;
  if (index >= 0) return at(locate(pointerTo("policies", "disable", index)));
  const isItsOwn = ({ kind, policy }: { kind?: string; policy: string }) =>
    kind === undefined && names.get(policy)?.id === id;
  const statement = statementsIn(stated).find(isItsOwn);
  return statement ? at(locate(statement.pointer + pointerTo("applies"))) : "built-in";
}

function severities({ stated, locate }: Config, rules: Rules, policies: readonly Policy[]): Effective["severity"] {
  const names = namesOf(policies);
  const entries = Object.keys(stated.policies?.severity ?? {}).map((name): [string, Sourced<string>] => {
    const id = names.get(name)?.id ?? name;
    return [id, { value: rules.severity[id] ?? "", source: at(locate(pointerTo("policies", "severity", name))) }];
  });
  return Object.fromEntries(entries);
}

function asWritten(byPolicy: Record<string, Settings>, policies: readonly Policy[]): ShownByPolicy {
  const types = new Map(policies.map(({ id, params }) => [id, params]));
  const ofPolicy = (id: string, settings: Settings) =>
    Object.entries(settings).map(([name, setting]): [string, Shown] => {
      const isDuration = types.get(id)?.[name]?.type === "duration" && typeof setting.value === "number";
      return [name, { ...setting, value: isDuration ? writeDuration(Number(setting.value)) : setting.value }];
    });
  return Object.fromEntries(
    Object.entries(byPolicy).map(([id, settings]) => [id, Object.fromEntries(ofPolicy(id, settings))]),
  );
}
