import { Command, Option } from "commander";
import type { Effective, Shown } from "../config/effective.ts";
import { json } from "../model/text.ts";
import { configured } from "./configured.ts";
import { wrapped } from "./layout.ts";
import { type ConfigOptions, type GateOptions, withConfig, withGate } from "./options.ts";
import { columns, write } from "./terminal.ts";

type Options = ConfigOptions & GateOptions & { format: "table" | "json"; json?: boolean };

const WIDEST = 100;
const WIDEST_VALUE = 12;

export function configCommand(): Command {
  const command = new Command("config")
    .description("print every value in force with its source: flag, variable, line of the file, profile or built-in")
    .option("--show", "what it does anyway")
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["table", "json"]).default("table"))
    .addOption(new Option("--json", "short for --format json").conflicts("format"))
    .action(show);
  return withGate(withConfig(command));
}

async function show(options: Options): Promise<void> {
  const { effective } = await import("../config/effective.ts");
  const { config, bundle, rules } = await configured(options);
  const values = effective(config, rules, bundle);
  if (options.json || options.format === "json") return write(`${json(values)}\n`);
  return write(configTable(values, Math.min(columns(), WIDEST)));
}

interface Row {
  name: string;
  value: string;
  source: string;
}

/** Every value with its source as aligned columns, no line wider than asked for unless one word is. */
export function configTable(values: Effective, width: number): string {
  const sections = Object.entries(sectionsOf(values)).filter(([, rows]) => rows.length > 0);
  const rows = sections.flatMap(([, members]) => members);
  const name = Math.max(...rows.map((row) => row.name.length)) + 2;
  const value = Math.min(WIDEST_VALUE, Math.max(...rows.map((row) => row.value.length))) + 2;
  const blocks = sections.map(([title, members]) =>
    [wrapped(title, width), ...members.map((row) => line(row, { name, value, width }))].join(""),
  );
  return blocks.join("\n");
}

function sectionsOf(values: Effective): Record<string, Row[]> {
  const { profile, fail_on, allow_incomplete, sources, disabled, severity, paths } = values;
  const sections: Record<string, Row[]> = {
    [values.file === null ? "No configuration file" : `Configuration ${values.file}`]: [
      { name: "profile", ...profile },
      { name: "fail_on", ...fail_on },
      { name: "allow_incomplete", value: String(allow_incomplete.value), source: allow_incomplete.source },
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
  for (const kind of Object.keys({ ...values.kinds, ...values.exempt }).sort())
    sections[`Parameters for ${kind}`] = [
      ...parameterRows(values.kinds[kind] ?? {}),
      ...Object.entries(values.exempt[kind] ?? {}).map(([policy, { source, reason }]) => ({
        name: policy,
        value: "not judged",
        source: [source, reason].filter(Boolean).join("; "),
      })),
    ];
  for (const [kind, settings] of Object.entries(values.loosened))
    sections[`Stricter without your general parameters: ${kind}`] = parameterRows(settings);
  return sections;
}

function parameterRows(byPolicy: Effective["parameters"]): Row[] {
  return Object.entries(byPolicy).flatMap(([policy, settings]) =>
    Object.entries(settings).map(([name, setting]) => ({
      name: `${policy}.${name}`,
      value: [setting.value].flat().join(", ") || "(none)",
      source: rationale(setting),
    })),
  );
}

function rationale({ source, reason, approved_by, review_by }: Shown): string {
  const parts = [source, reason, approved_by && `approved by ${approved_by}`, review_by && `review by ${review_by}`];
  return parts.filter(Boolean).join("; ");
}

function inWords({ use, ...rest }: Effective["sources"][number]["value"]): string {
  const details = Object.entries(rest).map(([key, value]) => `${key}=${[value].flat().join(",")}`);
  return [use, ...details].join(" ");
}

/** A value that is too long for its column gets lines of its own, above its source. */
function line(row: Row, { name, value, width }: { name: number; value: number; width: number }): string {
  const first = `  ${row.name}`.padEnd(name + 2);
  const source = wrapped(row.source, width, " ".repeat(name + value + 2));
  if (row.value.length > WIDEST_VALUE)
    return first + wrapped(row.value, width, " ".repeat(name + 2)).slice(name + 2) + source;
  return first + row.value.padEnd(value) + source.slice(name + value + 2);
}
