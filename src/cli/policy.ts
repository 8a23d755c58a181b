import { Command } from "commander";
import type { Exemption, Manifest, Parameters, Settings } from "../model/bundle.ts";
import type { Policy } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { isMeantFor } from "../model/kind.ts";
import { nearest } from "../model/nearest.ts";
import { remedyFor, specialRemedies } from "../model/remediation.ts";
import { settingText, sourceText } from "../model/setting-text.ts";
import { shown } from "../model/shown.ts";
import { type Configured, configured } from "./configured.ts";
import { chosenFrameworks } from "./controls.ts";
import { aligned, wrapped } from "./layout.ts";
import { type ConfigOptions, withConfig, withFormat } from "./options.ts";
import { policyCheckCommand } from "./policy-check.ts";
import { policyNewCommand } from "./policy-new.ts";
import { policyTestCommand } from "./policy-test.ts";
import { columns, write, writeError } from "./terminal.ts";

type Options = ConfigOptions & { format: "table" | "json"; kind?: string; category?: string; framework?: string };

const WIDEST = 100;

export function policyCommand(): Command {
  const command = new Command("policy").description(
    "list the policies, show one with its numbers and where they come from, or write, check and test your own",
  );
  const list = new Command("list")
    .description("every policy, a line each")
    .option("--category <name>", "only this category")
    .option("--framework <name>", "only with a control of this framework; its version may be left out, as in owasp-nhi")
    .action(listPolicies);
  const show = new Command("show")
    .description("what a policy flags, its numbers in force, and what to do")
    .argument("<id>", "the policy, such as no-expiry")
    .option("--kind <provider/kind>", "the numbers for this kind only")
    .action(showPolicy);
  const reading = [list, show].map((one) => withConfig(withFormat(one)));
  for (const one of [...reading, policyNewCommand(), policyCheckCommand(), policyTestCommand()])
    command.addCommand(one);
  return command;
}

async function listPolicies({ format, category, framework, ...options }: Options): Promise<void> {
  const { bundle } = await configured(options);
  const all = bundle.manifest.policies;
  const categories = [...new Set(all.map((policy) => policy.category))].sort();
  if (category !== undefined && !categories.includes(category))
    throw new TokenwardError("CATEGORY_UNKNOWN", { category, known: categories.join(", ") });
  const frameworks = framework === undefined ? undefined : chosenFrameworks(all, framework);
  const policies = all
    .filter((policy) => category === undefined || policy.category === category)
    .filter(({ controls }) => !frameworks || frameworks.some((id) => Object.hasOwn(controls, id)));
  if (format === "json") return write(`${JSON.stringify(policies, null, 2)}\n`);
  const rows = policies.map(({ id, severity, category: group, title, controls }) => [
    id,
    severity,
    group,
    ...(frameworks ? [controlsIn(controls, frameworks)] : []),
    title,
  ]);
  const head = ["POLICY", "SEVERITY", "CATEGORY", ...(frameworks ? ["CONTROLS"] : []), "TITLE"];
  return write(aligned([head, ...rows], columns()));
}

/** `NHI1, NHI5`, each with its framework where there are several. */
function controlsIn(controls: Policy["controls"], frameworks: readonly string[]): string {
  return frameworks
    .flatMap((id) =>
      Object.keys(controls[id] ?? {}).map((control) => (frameworks.length > 1 ? `${id} ${control}` : control)),
    )
    .join(", ");
}

async function showPolicy(id: string, options: Options): Promise<void> {
  const { bundle, rules } = await configured(options);
  const policy = policyNamed(id, bundle.manifest);
  if (options.kind !== undefined) await noteUnknownKind(options.kind, { bundle, rules });
  const numbers = numbersOf(policy, rules.parameters, options.kind);
  if (options.format === "json") return write(`${JSON.stringify({ ...policy, numbers }, null, 2)}\n`);
  return write(describe(policy, numbers, options.kind));
}

/** The policy of that id, or an error that names the nearest. */
export function policyNamed(id: string, { policies }: Manifest): Policy {
  const found = policies.find((policy) => policy.id === id || policy.aliases?.includes(id));
  if (found) return found;
  const ids = policies.map((policy) => policy.id);
  const near = nearest(id, ids) ?? ids.find((candidate) => id.length > 3 && candidate.includes(id));
  throw new TokenwardError("POLICY_UNKNOWN", { id, nearest: near });
}

/** Any word may be a kind, so a misspelt one is no error; it only has no number of its own. */
async function noteUnknownKind(kind: string, { bundle, rules }: Pick<Configured, "bundle" | "rules">): Promise<void> {
  const { knownKinds } = await import("../config/kinds.ts");
  const known = knownKinds(bundle);
  if (known.has(kind) || rules.parameters.kinds[kind] || rules.parameters.exempt[kind]) return;
  const near = nearest(kind, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  writeError(`note: no number is set for the kind ${shown(kind)}, so those for any kind apply${hint}\n`);
}

interface Numbers {
  kind: string;
  settings?: Settings;
  exempt?: Exemption;
}

/** The numbers in force: for any kind first, then for each kind that differs. */
function numbersOf(policy: Policy, { any, kinds, exempt }: Parameters, only?: string): Numbers[] {
  const settings = any[policy.id] ?? {};
  const special = Object.keys({ ...kinds, ...exempt })
    .sort()
    .flatMap((kind): Numbers[] => {
      const exemption = exempt[kind]?.[policy.id];
      if (exemption) return [{ kind, exempt: exemption }];
      const own = kinds[kind]?.[policy.id];
      return own ? [{ kind, settings: own }] : [];
    });
  if (only === undefined) return [...generalNumbers(policy, settings, special), ...special];
  if (!isMeantFor(policy, only)) return [{ kind: only, exempt: { source: "the policy is not meant for this kind" } }];
  return [special.find(({ kind }) => kind === only) ?? { kind: only, settings }];
}

/** The numbers of all kinds that have none of their own, by the name that fits: there may be no other kinds. */
function generalNumbers({ applies_to: { kinds } }: Policy, settings: Settings, special: readonly Numbers[]): Numbers[] {
  const left = kinds?.filter((one) => !special.some(({ kind }) => kind === one));
  if (left?.length === 0) return [];
  const others = special.length > 0 ? "any other kind" : "every kind";
  return [{ kind: left?.join(", ") ?? others, settings }];
}

function describe(policy: Policy, numbers: readonly Numbers[], kind?: string): string {
  const width = Math.min(columns(), WIDEST);
  const { statuses, kinds, except_kinds, principals, given } = policy.applies_to;
  const except = except_kinds ? ` except ${except_kinds.join(", ")}` : "";
  const controls = Object.entries(policy.controls).map(([name, ids]) => `${name} ${Object.keys(ids).join(", ")}`);
  const facts = [
    ["severity", `${policy.severity} for a token of limited breadth`],
    ["category", policy.category],
    ["needs", policy.needs.join(", ") || "nothing beyond the record's identity"],
    ["judges", (kinds?.join(", ") ?? "every kind") + except],
    ["status", statuses?.join(", ") ?? "any"],
    ...(principals ? [["acts as", principals.join(", ")]] : []),
    ...(given ? [["where told", given.join(", ")]] : []),
    ...(policy.yields_to ? [["yields to", policy.yields_to.join(", ")]] : []),
    ["controls", controls.join("; ") || "none"],
  ];
  const links = policy.related_resources.map(({ ref }) => `  ${ref}\n`);
  return [
    `${policy.id}: ${policy.title}\n`,
    wrapped(policy.description, width),
    aligned(facts, width),
    ...parameterLines(policy, numbers, width),
    `How to fix\n${remedyLines(policy, width, kind)}`,
    ...(links.length > 0 ? [`Read on\n${links.join("")}`] : []),
  ].join("\n");
}

/** For a kind what to do at its provider, else for any provider and for each that differs. */
function remedyLines(policy: Policy, width: number, kind?: string): string {
  if (kind !== undefined) return wrapped(remedyFor(policy, kind.split("/", 1)[0] ?? ""), width, "  ");
  const special = specialRemedies(policy).map(([provider, remedy]) => wrapped(`${provider}: ${remedy}`, width, "  "));
  return [wrapped(policy.remediation.any, width, "  "), ...special].join("");
}

function parameterLines({ params }: Policy, numbers: readonly Numbers[], width: number): string[] {
  const names = Object.entries(params);
  if (names.length === 0) return [];
  const docs = names.map(([name, { doc }]) => wrapped(`${name}: ${doc}`, width, "  ")).join("");
  const rows = numbers.flatMap(({ kind, settings = {}, exempt }) =>
    exempt ? [[`  ${kind}`, "not judged", sourceText(exempt)]] : settingRows(kind, settings, params),
  );
  return [`Parameters\n${docs}`, `Numbers in force\n${aligned(rows, width)}`];
}

function settingRows(kind: string, settings: Settings, params: Policy["params"]): string[][] {
  return Object.entries(settings).map(([name, setting]) => [
    `  ${kind}`,
    `${name} ${settingText(params[name]?.type, setting)}`,
    sourceText(setting),
  ]);
}
