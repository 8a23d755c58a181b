import { Command, Option } from "commander";
import { graphFormats } from "../report/graph-text.ts";
import { REGISTER, withClock, withConfigFile, withFormat } from "./options.ts";
import { drawable, graphRegister } from "./register-graph.ts";
import { suggestScopes } from "./register-suggest.ts";
import { syncRegister } from "./register-sync.ts";
import { withWire } from "./wire.ts";

export function registerCommand(): Command {
  return new Command("register")
    .description("what each token is for and what it may do, held against the tokens there are")
    .addCommand(syncCommand())
    .addCommand(suggestCommand())
    .addCommand(graphCommand());
}

function syncCommand(): Command {
  const command = new Command("sync")
    .description("write entries for tokens that have none; comments, order and form of what is there stay")
    .option("--dry-run", "tell what would change as a diff, and write nothing")
    .option("--prune", "take out entries that name the id of a token that is gone; after a complete run only")
    .option("--file <file>", "the file of a folder that new entries go to; default: the owner's, else unassigned.yaml")
    .option("--allow-incomplete", "exit 0 also when something could not be read")
    .action(syncRegister);
  return withTokens(command);
}

function suggestCommand(): Command {
  const command = new Command("suggest")
    .description("narrower scopes than tokens have or may have, from what they were seen used for")
    .action(suggestScopes);
  return withFormat(withTokens(command));
}

/** So many that Mermaid still draws them. */
const DRAWN = 50;

function graphCommand(): Command {
  const command = new Command("graph")
    .description("owners, their tokens and what these apply to, as a diagram")
    .addOption(
      new Option("-f, --format <format>", "language of the diagram")
        .choices(Object.keys(graphFormats))
        .default("mermaid"),
    )
    .option("-o, --output <file>", "write the diagram to a file; -: standard output", "-")
    .option("--limit <n>", "most tokens to draw; what is left out is told", drawable, DRAWN)
    .action(graphRegister);
  return withTokens(command);
}

/** Where the tokens come from, and the register. */
function withTokens(command: Command): Command {
  command
    .argument("[inventory]", "a saved inventory, -: standard input; default: what the configured sources have now")
    .option("--register <path>", REGISTER);
  return withWire(withClock(withConfigFile(command)));
}
