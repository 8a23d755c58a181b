import { readdir, readFile } from "node:fs/promises";
import { type About, aboutProvider } from "../../src/collect/about.ts";
import { providers } from "../../src/collect/registry.ts";
import { cell, codes, type Page, page, table } from "./page.ts";

const FOLDER = "docs/providers/";
const [BEGIN, END] = ["<!-- generated:begin -->", "<!-- generated:end -->"];

const INTRO = `A source in \`tokenward.yaml\` names its provider with \`use\`.
Each page tells how to set one up, and below that, from what the code declares, its keys, the least rights it takes, what it knows of each kind of token, and what it never shows.
\`tokenward providers list\` and \`providers show <id>\` print the same, and \`tokenward doctor\` checks a configuration's credentials before a run.`;

/** The index of providers, and each provider's page with its generated part anew; what people wrote around it stays. */
export async function providerPages(root: string): Promise<Page[]> {
  const all = (await providers()).map(aboutProvider);
  const found = await readdir(root + FOLDER).catch((): string[] => []);
  const pages = all.map(async (about) => {
    const path = `${FOLDER}${about.id}.md`;
    const text = found.includes(`${about.id}.md`) ? await readFile(root + path, "utf8") : blank(about);
    return { path, text: renewed(path, text, about) };
  });
  return [index(all), ...(await Promise.all(pages))];
}

function index(all: readonly About[]): Page {
  const rows = all.map(({ id, title, kinds, needsCredential }) => [
    `[\`${id}\`](${id}.md)`,
    cell(title),
    kinds.length > 0 ? codes(kinds) : "any, as its records say",
    needsCredential ? "needed" : "none",
  ]);
  return page(`${FOLDER}README.md`, "Providers", [INTRO, table(["Provider", "Reads", "Kinds", "Credential"], rows)]);
}

/** What a new provider begins with; its set-up is still to be written. */
function blank({ id, title }: About): string {
  return `# ${id}\n\nReads ${title}.\n\n${BEGIN}\n${END}\n`;
}

function renewed(path: string, text: string, about: About): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} has no lines ${BEGIN} and ${END} to write between`);
  return `${text.slice(0, begin)}${BEGIN}\n\n${generated(about)}\n\n${text.slice(end)}`;
}

function generated(about: About): string {
  return [keys(about), rights(about), fields(about), hidden(about)].filter((part) => part !== "").join("\n\n");
}

function keys({ keys: all }: About): string {
  const rows = all.map(({ name, type, choices, isRequired, description }) => [
    `\`${name}\`${isRequired ? " (required)" : ""}`,
    choices.length > 0 ? `${type}: ${codes(choices)}` : type,
    cell(description),
  ]);
  return `## Keys\n\n${table(["Key", "Written as", "Meaning"], rows)}`;
}

function rights({ rights: words, grant }: About): string {
  const pasted = Object.entries(grant).map(([name, text]) => {
    const language = text.trimStart().startsWith("{") ? "json" : "text";
    return `${upperFirst(name)}:\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  });
  return [`## Least rights\n\n${upperFirst(words)}.`, ...pasted].join("\n\n");
}

function fields({ fields: all }: About): string {
  if (all.length === 0) return "## What is known\n\nWhat its records say, for any kind.";
  const rows = all.map(({ kind, told }) => [`\`${kind}\``, ...told.map((one) => codes(one.fields))]);
  const intro = `Known means given, or known to be none.
Where it varies, the token or the server decides; what stays unknown then says why.
What is not asked costs requests or rights that nobody wanted yet.`;
  return `## What is known\n\n${intro}\n\n${table(["Kind", "Known", "Varies", "Not exposed", "Not asked"], rows)}`;
}

function hidden({ hidden: all }: About): string {
  if (all.length === 0) return "";
  const items = all.map(({ subject, why }) => `- ${cell(subject)}: ${cell(why)}`);
  return `## What it never shows\n\nWhatever the credential; every report says so.\n\n${items.join("\n")}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
