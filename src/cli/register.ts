import { Command } from "commander";
import { REGISTER, withClock, withConfigFile } from "./options.ts";
import { syncRegister } from "./register-sync.ts";
import { withWire } from "./wire.ts";

export function registerCommand(): Command {
  return new Command("register")
    .description("what each token is for and what it may do, held against the tokens there are")
    .addCommand(syncCommand());
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

/** Where the tokens come from, and the register. */
function withTokens(command: Command): Command {
  command
    .argument("[inventory]", "a saved inventory, -: standard input; default: what the configured sources have now")
    .option("--register <path>", REGISTER);
  return withWire(withClock(withConfigFile(command)));
}
