import { Command } from "commander";
import { auditCommand } from "./audit.ts";
import { checkCommand } from "./check.ts";
import { collectCommand } from "./collect.ts";
import { configCommand } from "./config.ts";
import { controlsCommand } from "./controls.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { initCommand } from "./init.ts";
import { judgeCommand } from "./judge.ts";
import { mergeCommand } from "./merge.ts";
import { policyCommand } from "./policy.ts";
import { providersCommand } from "./providers.ts";
import { registerCommand } from "./register.ts";
import { reportCommand } from "./report.ts";
import { EXIT_CODES } from "./terminal.ts";
import { uploadCommand } from "./upload.ts";
import { verifyCommand } from "./verify.ts";
import { tool } from "./version.ts";
import { waiverCommand } from "./waiver.ts";

/** The whole command line; what a command needs beyond its options it loads when it runs. */
export function program(): Command {
  const root = new Command(tool.name)
    .description("Judges API tokens by written policy: scope, age, expiry, rotation, use and ownership.")
    .version(tool.version)
    .addHelpText("after", `\n${EXIT_CODES}`);
  for (const command of commands) root.addCommand(command());
  return withoutExit(root);
}

const commands = [
  checkCommand,
  collectCommand,
  judgeCommand,
  reportCommand,
  mergeCommand,
  auditCommand,
  verifyCommand,
  uploadCommand,
  diffCommand,
  explainCommand,
  controlsCommand,
  policyCommand,
  registerCommand,
  waiverCommand,
  providersCommand,
  doctorCommand,
  initCommand,
  configCommand,
];

/** Commander would end the process itself, with 1 for a usage error; that code means findings here. */
function withoutExit(command: Command): Command {
  command.exitOverride().showHelpAfterError("(add --help for the options)");
  for (const child of command.commands) withoutExit(child);
  return command;
}
