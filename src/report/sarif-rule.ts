import type { ReportingDescriptor } from "sarif";
import type { JudgedPolicy, Policy } from "../model/documents.gen.ts";
import { specialRemedies } from "../model/remediation.ts";
import type { Severity } from "../model/severity.ts";
import { markdown, sarifText, webUri } from "./escape.ts";
import { capitalised } from "./sentence.ts";

/** Over ten tags GitHub shows only some, over twenty it refuses the file. */
const MOST_TAGS = 10;
/** GitHub's limits, in characters as they are written. */
const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 1_024;

interface Marks {
  level: "error" | "warning" | "note";
  problem: "error" | "warning" | "recommendation";
  /** A number as text; a word would make GitHub refuse the file, and texts differ on the edges between two names. */
  score: string;
}

const marks = {
  critical: { level: "error", problem: "error", score: "9.5" },
  high: { level: "error", problem: "error", score: "8.0" },
  medium: { level: "warning", problem: "warning", score: "5.5" },
  low: { level: "note", problem: "recommendation", score: "2.0" },
} as const satisfies Record<Severity, Marks>;

/** How serious a result is; the rule's own severity is that for a token of limited breadth. */
export function level(severity: Severity): Marks["level"] {
  return marks[severity].level;
}

/** The same as a number, which GitHub's staff say counts before the rule's. */
export function score(severity: Severity): string {
  return marks[severity].score;
}

/** A policy as a SARIF rule, with or without results: a rule that ran and found nothing closes its old alerts. */
export function rule({ policy }: JudgedPolicy): ReportingDescriptor {
  return {
    id: policy.id,
    name: pascalCase(policy.id).slice(0, LONGEST_NAME),
    shortDescription: { text: sarifText(policy.title, LONGEST_DESCRIPTION) },
    fullDescription: { text: sarifText(policy.description, LONGEST_DESCRIPTION) },
    help: helpOf(policy),
    defaultConfiguration: { level: level(policy.severity) },
    properties: {
      tags: tagsOf(policy),
      precision: "high",
      "problem.severity": marks[policy.severity].problem,
      "security-severity": score(policy.severity),
    },
  };
}

/** Code scanning shows one help for all results of a rule: what to do for any provider, then what differs, by name. */
function helpOf(policy: Policy): { text: string; markdown: string } {
  const { description, remediation, related_resources } = policy;
  const special = specialRemedies(policy);
  const links = related_resources.flatMap(({ ref, description: label }) => {
    const uri = webUri(ref);
    return uri ? [{ uri, label: label ?? uri }] : [];
  });
  const text = [sarifText(description), `How to fix: ${sarifText(remediation.any)}`];
  const shown = [markdown(description), `**How to fix:** ${markdown(remediation.any)}`];
  if (special.length > 0) {
    text.push(special.map(([provider, remedy]) => `${provider}: ${sarifText(remedy)}`).join("\n"));
    shown.push(special.map(([provider, remedy]) => `- **${provider}:** ${markdown(remedy)}`).join("\n"));
  }
  if (links.length > 0) {
    text.push(links.map(({ uri, label }) => (label === uri ? uri : `${sarifText(label)}: ${uri}`)).join("\n"));
    shown.push(links.map(({ uri, label }) => `- [${markdown(label)}](<${uri}>)`).join("\n"));
  }
  return { text: text.join("\n\n"), markdown: shown.join("\n\n") };
}

/** The controls a policy serves directly come before those it only supports. */
function tagsOf({ category, controls }: Policy): string[] {
  const mapped = Object.entries(controls).flatMap(([framework, ids]) =>
    Object.entries(ids).map(([id, strength]) => ({ tag: `external/${tagPart(framework)}/${tagPart(id)}`, strength })),
  );
  const direct = mapped.filter(({ strength }) => strength === "direct");
  const supporting = mapped.filter(({ strength }) => strength === "supporting");
  const tags = ["security", category, ...[...direct, ...supporting].map(({ tag }) => tag)];
  return [...new Set(tags)].slice(0, MOST_TAGS);
}

function tagPart(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.()_-]+/g, "-");
}

function pascalCase(slug: string): string {
  return slug.split("-").map(capitalised).join("");
}
