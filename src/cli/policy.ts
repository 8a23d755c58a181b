import { Command, Option } from "commander";
import type { Manifest, Parameters, Setting, Settings } from "../model/bundle.ts";
import type { Policy } from "../model/documents.gen.ts";
import { writeDuration } from "../model/duration.ts";
import { TokenwardError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { configured } from "./configured.ts";
import { aligned, wrapped } from "./layout.ts";
import { type ConfigOptions, withConfig } from "./options.ts";
import { columns, write } from "./terminal.ts";

type Options = ConfigOptions & { format: "table" | "json"; kind?: string; category?: string };

export function policyCommand(): Command {
  const command = new Command("policy").description(
    "list the policies, or show one with its numbers and where they come from",
  );
  const list = new Command("list")
    .description("every policy, a line each")
    .option("--category <name>", "only this category")
    .action(listPolicies);
  const show = new Command("show")
    .description("what a policy flags, its numbers in force, and what to do")
    .argument("<id>", "the policy, such as no-expiry")
    .option("--kind <provider/kind>", "the numbers for this kind only")
    .action(showPolicy);
  return command.addCommand(withConfig(withFormat(list))).addCommand(withConfig(withFormat(show)));
}

function withFormat(command: Command): Command {
  return command.addOption(
    new Option("-f, --format <format>", "how to print it").choices(["table", "json"]).default("table"),
  );
}

async function listPolicies({ format, category, ...options }: Options): Promise<void> {
  const { bundle } = await configured(options);
  const policies = bundle.manifest.policies.filter((policy) => category === undefined || policy.category === category);
  if (format === "json") return write(`${JSON.stringify(policies, null, 2)}\n`);
  const rows = policies.map(({ id, severity, category: group, title }) => [id, severity, group, title]);
  return write(aligned([["POLICY", "SEVERITY", "CATEGORY", "TITLE"], ...rows]));
}

async function showPolicy(id: string, options: Options): Promise<void> {
  const { bundle, rules } = await configured(options);
  const policy = policyNamed(id, bundle.manifest);
  const numbers = numbersOf(policy, rules.parameters, options.kind);
  if (options.format === "json") return write(`${JSON.stringify({ ...policy, numbers }, null, 2)}\n`);
  return write(describe(policy, numbers));
}

/** The policy of that id, or an error that names the nearest. */
export function policyNamed(id: string, { policies }: Manifest): Policy {
  const found = policies.find((policy) => policy.id === id || policy.aliases?.includes(id));
  if (found) return found;
  throw new TokenwardError("POLICY_UNKNOWN", {
    id,
    nearest: nearest(
      id,
      policies.map((policy) => policy.id),
    ),
  });
}

interface Numbers {
  kind: string;
  settings?: Settings;
  exempt?: { source: string; reason?: string };
}

/** The numbers in force: for any kind first, then for each kind that differs. */
function numbersOf({ id }: Policy, { any, kinds, exempt }: Parameters, only?: string): Numbers[] {
  const general = { kind: "any other kind", settings: any[id] ?? {} };
  const special = Object.keys({ ...kinds, ...exempt })
    .sort()
    .flatMap((kind): Numbers[] => {
      const exemption = exempt[kind]?.[id];
      if (exemption) return [{ kind, exempt: exemption }];
      const settings = kinds[kind]?.[id];
      return settings ? [{ kind, settings }] : [];
    });
  if (only === undefined) return [general, ...special];
  return [special.find(({ kind }) => kind === only) ?? { ...general, kind: only }];
}

function describe(policy: Policy, numbers: readonly Numbers[]): string {
  const width = Math.min(columns(), 100);
  const { statuses, kinds, except_kinds } = policy.applies_to;
  const facts = [
    ["severity", `${policy.severity} for a token of limited breadth`],
    ["category", policy.category],
    ["needs", policy.needs.join(", ") || "nothing beyond the record's identity"],
    [
      "judges",
      [kinds?.join(", ") ?? "every kind", except_kinds ? `except ${except_kinds.join(", ")}` : ""]
        .filter(Boolean)
        .join(" "),
    ],
    ["status", statuses?.join(", ") ?? "any"],
    [
      "controls",
      Object.entries(policy.controls)
        .map(([framework, ids]) => `${framework} ${Object.keys(ids).join(", ")}`)
        .join("; ") || "none",
    ],
  ];
  return [
    `${policy.id}: ${policy.title}\n`,
    wrapped(policy.description, width),
    aligned(facts),
    ...parameterLines(policy, numbers, width),
    `How to fix\n${wrapped(policy.remediation, width, "  ")}`,
    ...(policy.related_resources.length > 0
      ? [`Read on\n${policy.related_resources.map(({ ref }) => `  ${ref}\n`).join("")}`]
      : []),
  ].join("\n");
}

function parameterLines({ params }: Policy, numbers: readonly Numbers[], width: number): string[] {
  const names = Object.entries(params);
  if (names.length === 0) return [];
  const docs = names.map(([name, { doc }]) => wrapped(`${name}: ${doc}`, width, "  ")).join("");
  const rows = numbers.flatMap(({ kind, settings, exempt }) =>
    exempt
      ? [[`  ${kind}`, "not judged", exempt.reason ?? exempt.source]]
      : names.map(([name]) => [
          `  ${kind}`,
          `${name} ${printSetting(params[name]?.type, settings?.[name])}`,
          settings?.[name]?.source ?? "",
        ]),
  );
  return [`Parameters\n${docs}`, `Numbers in force\n${aligned(rows)}`];
}

/** A parameter's value as the configuration would write it. */
export function printSetting(type: string | undefined, setting: Pick<Setting, "value"> | undefined): string {
  const value = setting?.value ?? "";
  if (Array.isArray(value)) return value.join(", ") || "(none)";
  return type === "duration" && typeof value === "number" ? writeDuration(value) : String(value);
}
