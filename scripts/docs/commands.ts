import type { Command } from "commander";
import { program } from "../../src/cli/program.ts";
import { type Page, page } from "./page.ts";

/** The help of every command, as it prints itself. */
export function commandsPage(): Page {
  return page("docs/commands.md", "Commands", [help(program()), ...program().commands.flatMap(sections)]);
}

function sections(command: Command): string[] {
  const own = `## ${fullName(command)}\n\n${help(command)}`;
  return [own, ...command.commands.flatMap(sections)];
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

function help(command: Command): string {
  command.configureHelp({ helpWidth: 100 });
  const lines: string[] = [];
  command.configureOutput({ writeOut: (text) => lines.push(text) });
  command.outputHelp();
  return `\`\`\`text\n${lines.join("").trimEnd()}\n\`\`\``;
}
