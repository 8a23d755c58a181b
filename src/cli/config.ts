import { Command, Option } from "commander";
import type { Effective, Shown } from "../config/effective.ts";
import { isMapping } from "../model/mapping.ts";
import { number } from "../model/number.ts";
import { sourceText } from "../model/setting-text.ts";
import { json } from "../model/text.ts";
import { configured } from "./configured.ts";
import { wrapped } from "./layout.ts";
import { type ConfigOptions, type GateOptions, withConfig, withFormat, withGate } from "./options.ts";
import { columns, write } from "./terminal.ts";

type Options = ConfigOptions & GateOptions & { format: "table" | "json"; json?: boolean; all?: boolean };

const WIDEST = 100;
const WIDEST_VALUE = 12;
const KINDS_TOLD = 5;

export function configCommand(): Command {
  const command = new Command("config")
    .description("print every value in force with its source: flag, variable, line of the file, profile or built-in")
    .option("--show", "what it does anyway")
    .option("--all", "also the numbers of every kind that the configuration says nothing of");
  withFormat(command).addOption(new Option("--json", "short for --format json").conflicts("format")).action(show);
  return withGate(withConfig(command));
}

async function show(options: Options): Promise<void> {
  const { effective } = await import("../config/effective.ts");
  const { config, bundle, rules } = await configured(options);
  const values = effective(config, rules, bundle);
  if (options.json || options.format === "json") return write(`${json(values)}\n`);
  return write(configTable(values, Math.min(columns(), WIDEST), options));
}

interface Row {
  name: string;
  value: string;
  source: string;
}

/** Values with their sources as aligned columns, no line wider than asked for unless one word is; of kinds those that the file names, or all. */
export function configTable(values: Effective, width: number, { all = false } = {}): string {
  const numbered = Object.keys({ ...values.kinds, ...values.exempt }).sort();
  const kinds = numbered.filter((kind) => all || Object.hasOwn(values.stated_kinds, kind));
  const sections = Object.entries(sectionsOf(values, { kinds, all })).filter(([, rows]) => rows.length > 0);
  const rows = sections.flatMap(([, members]) => members);
  const name = Math.max(...rows.map((row) => row.name.length)) + 2;
  const value = Math.min(WIDEST_VALUE, Math.max(...rows.map((row) => row.value.length))) + 2;
  const blocks = sections.map(([title, members]) =>
    [wrapped(title, width), ...members.map((row) => line(row, { name, value, width }))].join(""),
  );
  const left = numbered.length - kinds.length;
  const rest = `Nothing is configured for ${number(left, "more kind")}: --all prints their numbers`;
  return [...blocks, ...(left > 0 ? [wrapped(rest, width)] : [])].join("\n");
}

function sectionsOf(
  values: Effective,
  { kinds, all }: { kinds: readonly string[]; all: boolean },
): Record<string, Row[]> {
  const { profile, fail_on, allow_incomplete, owners, environments, sources, disabled, severity, paths } = values;
  const files = (["register", "waivers", "baseline", "baseline_max_age"] as const).flatMap((name) => {
    const set = values[name];
    return set ? [{ name, ...set }] : [];
  });
  const sections: Record<string, Row[]> = {
    [values.file === null ? "No configuration file" : `Configuration ${values.file}`]: [
      { name: "profile", ...profile },
      { name: "fail_on", ...fail_on },
      { name: "allow_incomplete", value: String(allow_incomplete.value), source: allow_incomplete.source },
      ...files,
      ...Object.entries(owners).map(([key, setting]) => ({ name: `owners.${key}`, ...setting })),
      ...environments.map((rule, index) => ({ name: `environments[${index}]`, ...rule })),
      ...sources.map(({ value, source }, index) => ({ name: `sources[${index}]`, value: inWords(value), source })),
      ...paths.map(({ value, source }, index) => ({ name: `policies.paths[${index}]`, value, source })),
    ],
    "Policies that do not judge": Object.entries(disabled).map(([name, { source }]) => ({
      name,
      value: "off",
      source,
    })),
    "Severities that differ": Object.entries(severity).map(([name, setting]) => ({ name, ...setting })),
    "Parameters for any kind": parameterRows(values.parameters),
  };
  for (const kind of kinds) {
    const near = values.stated_kinds[kind]?.nearest;
    sections[`Parameters for ${kind}${near === undefined ? "" : `; did you mean ${near}?`}`] = [
      ...parameterRows(values.kinds[kind] ?? {}),
      ...Object.entries(values.exempt[kind] ?? {}).map(([policy, exemption]) => ({
        name: policy,
        value: "not judged",
        source: sourceText(exemption),
      })),
    ];
  }
  sections["Stricter numbers that those for any kind replace; state them under `kinds` to keep them"] = loosenedRows(
    values,
    all ? Number.POSITIVE_INFINITY : KINDS_TOLD,
  );
  return sections;
}

/** For each number the kinds that had a stricter one, with what it was. */
function loosenedRows({ loosened, parameters }: Effective, most: number): Row[] {
  const kindsByNumber = new Map<string, { now: Shown | undefined; kinds: string[] }>();
  for (const [kind, policies] of Object.entries(loosened)) {
    for (const [policy, settings] of Object.entries(policies)) {
      for (const [name, without] of Object.entries(settings)) {
        const key = `${policy}.${name}`;
        const entry = kindsByNumber.get(key) ?? { now: parameters[policy]?.[name], kinds: [] };
        entry.kinds.push(`${valueText(without)} of ${kind}`);
        kindsByNumber.set(key, entry);
      }
    }
  }
  return [...kindsByNumber].map(([name, { now, kinds }]) => {
    const left = kinds.length - most;
    const told = [...kinds.slice(0, most), ...(left > 0 ? [`and ${left} more`] : [])].join(", ");
    return { name, value: valueText(now), source: `replaces ${told}` };
  });
}

function parameterRows(byPolicy: Effective["parameters"]): Row[] {
  return Object.entries(byPolicy).flatMap(([policy, settings]) =>
    Object.entries(settings).map(([name, setting]) => ({
      name: `${policy}.${name}`,
      value: valueText(setting),
      source: sourceText(setting),
    })),
  );
}

function valueText(setting: Shown | undefined): string {
  return [setting?.value ?? []].flat().join(", ") || "(none)";
}

function inWords({ use, ...rest }: Effective["sources"][number]["value"]): string {
  return [use, ...settings(rest)].join(" ");
}

/** A mapping as `app.id=7 app.private_key.env=KEY`. */
function settings(values: object, prefix = ""): string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) =>
    isMapping(value) ? settings(value, `${prefix}${key}.`) : [`${prefix}${key}=${[value].flat().join(",")}`],
  );
}

/** A value that is too long for its column gets lines of its own, above its source. */
function line(row: Row, { name, value, width }: { name: number; value: number; width: number }): string {
  const first = `  ${row.name}`.padEnd(name + 2);
  const source = wrapped(row.source, width, " ".repeat(name + value + 2));
  if (row.value.length > WIDEST_VALUE)
    return first + wrapped(row.value, width, " ".repeat(name + 2)).slice(name + 2) + source;
  return first + row.value.padEnd(value) + source.slice(name + value + 2);
}
