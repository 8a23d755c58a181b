import { stringify } from "yaml";
import type { KindSetting, Param, Policy, Thresholds } from "../../src/model/documents.gen.ts";
import { writeDuration } from "../../src/model/duration.ts";
import { specialRemedies } from "../../src/model/remediation.ts";
import { cell, codes, type Page, page, table } from "./page.ts";

/** One page for each policy, and an index by category and by provider. */
export function policyPages(policies: readonly Policy[], thresholds: Thresholds): Page[] {
  return [index(policies, thresholds), ...policies.map((policy) => policyPage(policy, thresholds))];
}

function index(policies: readonly Policy[], thresholds: Thresholds): Page {
  const categories = [...new Set(policies.map(({ category }) => category))].sort();
  const sections = categories.map((category) => {
    const members = policies.filter((policy) => policy.category === category);
    const rows = members.map(({ id, severity, title }) => [link(id), severity, title]);
    return `## ${category}\n\n${table(["Policy", "Severity", "Flags"], rows)}`;
  });
  const intro = [
    "A policy's severity is meant for a token of limited breadth: a narrower token is one step less serious, a broad one a step more, a full one two.",
    "The breadth of a token follows from what its scopes allow and how far it reaches, see [scopes.md](../scopes.md).",
  ];
  return page("docs/policies/README.md", "Policies", [intro.join("\n"), ...sections, byProvider(policies, thresholds)]);
}

/** What of the policies is special to a provider: they judge its kinds alone, by numbers of their own, or are mended otherwise there. */
function byProvider(policies: readonly Policy[], thresholds: Thresholds): string {
  const kinds = [...new Set([...Object.keys(thresholds.kinds), ...policies.flatMap(kindsOf)])];
  const named = [
    ...kinds.map(providerOf),
    ...policies.flatMap((policy) => specialRemedies(policy).map(([one]) => one)),
  ];
  const rows = [...new Set(named)].sort().map((provider) => {
    const own = kinds.filter((kind) => providerOf(kind) === provider);
    const has = (test: (policy: Policy) => boolean) => policies.filter(test).map(({ id }) => link(id));
    return [
      `\`${provider}\``,
      has((policy) => kindsOf(policy).some((kind) => own.includes(kind))).join(", "),
      has(({ id }) => own.some((kind) => thresholds.kinds[kind]?.[id] !== undefined)).join(", "),
      has((policy) => Object.hasOwn(policy.remediation, provider)).join(", "),
    ];
  });
  const intro = [
    "Every policy judges the tokens of every provider, unless its page names the kinds that it is meant for or leaves out.",
    "This is what is special to a provider.",
  ];
  const head = ["Provider", "Judged there only", "Numbers by kind", "Steps of its own"];
  return `## By provider\n\n${intro.join("\n")}\n\n${table(head, rows)}`;
}

function kindsOf({ applies_to }: Policy): string[] {
  return applies_to.kinds ?? [];
}

function providerOf(kind: string): string {
  return kind.split("/", 1)[0] ?? "";
}

function link(id: string): string {
  return `[\`${id}\`](${id}.md)`;
}

function policyPage(policy: Policy, thresholds: Thresholds): Page {
  const { id, title, description, severity, category, needs, applies_to, yields_to } = policy;
  const facts = [
    ["Severity", `${severity} for a token of limited breadth`],
    ["Category", category],
    ["Judges", judges(applies_to)],
    ["Status", applies_to.statuses?.join(", ") ?? "any"],
    ...(applies_to.principals ? [["Acts as", applies_to.principals.join(", ")]] : []),
    ...(applies_to.given ? [["Only where told", codes(applies_to.given)]] : []),
    ...(yields_to ? [["Yields to", yields_to.map((id) => `[\`${id}\`](${id}.md)`).join(", ")]] : []),
    ["Needs", codes(needs) || "nothing beyond the token's identity"],
    ["Says", `\`${policy.message}\``],
  ];
  return page(`docs/policies/${id}.md`, id, [
    `${title}.`,
    sentences(description),
    table(["", ""], facts),
    ...unknownNote(needs),
    howToFix(policy),
    ...parameters(policy, thresholds),
    ...controls(policy),
    ...examples(policy),
    ...links(policy),
  ]);
}

function howToFix(policy: Policy): string {
  const special = specialRemedies(policy).map(([provider, remedy]) => `### ${provider}\n\n${sentences(remedy)}`);
  return [`## How to fix\n\n${sentences(policy.remediation.any)}`, ...special].join("\n\n");
}

/** What differs from a token without fault: the rest of it is not what decides. */
function examples({ examples: given }: Policy): string[] {
  if (!given) return [];
  const block = (example: object) =>
    `\`\`\`yaml\n${stringify(example, { flowCollectionPadding: true }).trimEnd()}\n\`\`\``;
  const intro = "What differs from a token without fault, as of 2030-01-01T00:00:00Z and with the built-in numbers.";
  return [`## Examples\n\n${intro}\n\nFails:\n\n${block(given.fail)}\n\nPasses:\n\n${block(given.pass)}`];
}

function judges({ kinds, except_kinds }: Policy["applies_to"]): string {
  const only = kinds ? codes(kinds) : "every kind";
  return except_kinds ? `${only} except ${codes(except_kinds)}` : only;
}

function unknownNote(needs: readonly string[]): string[] {
  if (needs.length === 0) return [];
  return ["Where one of the needed fields is unknown, the verdict is unknown and says why; it is never a pass."];
}

function parameters({ id, params }: Policy, thresholds: Thresholds): string[] {
  const names = Object.entries(params);
  if (names.length === 0 && exempt(id, thresholds).length === 0) return [];
  const general = names.map(([name, param]) => [`\`${name}\``, param.type, print(param, param.default), docOf(param)]);
  const special = Object.entries(thresholds.kinds).flatMap(([kind, policies]) => numbers(kind, policies[id], params));
  return [
    ...(general.length > 0 ? [`## Parameters\n\n${table(["Name", "Type", "Default", "Meaning"], general)}`] : []),
    ...(special.length > 0 ? [`## Numbers by kind\n\n${table(["Kind", "Number", "Source"], special)}`] : []),
  ];
}

function exempt(id: string, { kinds }: Thresholds): string[] {
  return Object.keys(kinds).filter((kind) => kinds[kind]?.[id]?.applies === false);
}

function numbers(kind: string, setting: KindSetting | undefined, params: Policy["params"]): string[][] {
  if (!setting) return [];
  if (setting.applies === false) return [[`\`${kind}\``, "not judged", cell(setting.source)]];
  return Object.keys(params)
    .filter((name) => name in setting)
    .map((name) => [`\`${kind}\``, `\`${name}\` ${String(setting[name])}`, cell(setting.source)]);
}

function controls({ controls: frameworks }: Policy): string[] {
  const rows = Object.entries(frameworks).flatMap(([framework, ids]) =>
    Object.entries(ids).map(([id, strength]) => [framework, id, strength]),
  );
  if (rows.length === 0) return [];
  const note = "A passing check does not by itself satisfy a control.";
  return [`## Controls\n\n${note}\n\n${table(["Framework", "Control", "Strength"], rows)}`];
}

function links({ related_resources }: Policy): string[] {
  if (related_resources.length === 0) return [];
  const items = related_resources.map(({ ref, description }) => `- [${description ?? ref}](${ref})`);
  return [`## Read on\n\n${items.join("\n")}`];
}

/** What a parameter is, and what else may tighten it. */
function docOf({ doc, register }: Param): string {
  return register
    ? `${doc}; a token's entry in the [register](../register.md) may tighten it by ${register.map((field) => `\`${field}\``).join(" or ")}`
    : doc;
}

function print({ type }: Param, value: Param["default"]): string {
  if (Array.isArray(value)) return codes(value) || "none";
  return type === "duration" ? `\`${writeDuration(value)}\`` : `\`${value}\``;
}

/** One sentence per line, as all our Markdown has it. */
function sentences(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/([.!?]) (?=[A-Z`])/g, "$1\n");
}
