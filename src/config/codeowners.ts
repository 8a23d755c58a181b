import type { Codeowners } from "../model/intent.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import type { ConfigFault } from "./fault.ts";

const LONGEST_PATTERN = 1_024;
/** No repository is deeper, and matching takes time in proportion. */
const DEEPEST = 64;

const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?=\s|$)/;
const NAME = /^@@?[\w.-]+(?:\/[\w.-]+)*$/;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

/** The rules of a CODEOWNERS file in the syntax of GitHub and GitLab, or all that is wrong with it. */
export function codeownersIn(text: string, uri: string): Read & { faults: ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const rules: Rule[] = [];
  const state = { rules, inherited: [], isGitlab: false };
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    const position = { uri, line: index + 1 };
    faults.push(...take(content, index + 1, state).map((text) => ({ position, text })));
  }
  return { rules, isGitlab: state.isGitlab, faults };
}

type Rule = Codeowners["rules"][number];

interface Read {
  rules: Rule[];
  /** It has sections, which only GitLab knows. */
  isGitlab: boolean;
}

/** Takes one line, and gives what is wrong with it. */
function take(content: string, line: number, state: Read & { inherited: readonly string[] }): string[] {
  if (/^\^?\[/.test(content)) {
    const section = SECTION.exec(content)?.[0];
    if (section === undefined) return [`${shown(content)} is no section; write [Name], ^[Name] or [Name][2]`];
    state.inherited = words(content.slice(section.length));
    state.isGitlab = true;
    return state.inherited.flatMap(ownerFaults);
  }
  const [pattern = "", ...owners] = words(content);
  state.rules.push(ruleOf(pattern, owners.length > 0 ? owners : state.inherited, line));
  return [...patternFaults(pattern), ...owners.flatMap(ownerFaults)];
}

function ownerFaults(owner: string): string[] {
  if (NAME.test(owner) || EMAIL.test(owner)) return [];
  return [
    `${shown(owner)} is no owner; write @name, @organisation/team or an e-mail address, and \\ before a space of a path`,
  ];
}

/** `!` takes files out again, so nobody owns them. */
function ruleOf(pattern: string, owners: readonly string[], line: number): Rule {
  if (pattern.startsWith("!")) return { pattern: maskSecrets(pattern.slice(1)), line };
  const owner = teamOf(owners);
  return { pattern: maskSecrets(pattern), ...(owner === undefined ? {} : { owner: maskSecrets(owner) }), line };
}

/** Of several owners the first that is a team; a role (`@@developer`) names nobody. */
function teamOf(owners: readonly string[]): string | undefined {
  return owners.find((owner) => owner.includes("/")) ?? owners.find((owner) => !owner.startsWith("@@"));
}

/** Words up to a comment; a backslash takes a space or a `#` into the word. */
function words(content: string): string[] {
  const found = content.match(/(?:\\.|[^\s\\]|\\$)+/g) ?? [];
  const comment = found.findIndex((word) => word.startsWith("#"));
  return (comment === -1 ? found : found.slice(0, comment)).map((word) => word.replace(/\\([\s#\\])/g, "$1"));
}

function patternFaults(pattern: string): string[] {
  if (pattern.length > LONGEST_PATTERN) return [`a pattern of more than ${LONGEST_PATTERN} characters`];
  if (pattern.split("/").length > DEEPEST) return [`${shown(pattern)} is a path of more than ${DEEPEST} levels`];
  return pattern === "!" ? ["a pattern is missing behind the !"] : [];
}
