import { Command } from "commander";
import { sarifCommand } from "./upload-sarif.ts";
import { webhookCommand } from "./upload-webhook.ts";

export function uploadCommand(): Command {
  return new Command("upload")
    .description("hand a written report over: SARIF to GitHub's code scanning, anything to a webhook")
    .addCommand(sarifCommand())
    .addCommand(webhookCommand())
    .addHelpText("after", `\n${ENDINGS}`);
}

/** What the exit code says of an upload. */
export const ENDINGS = `Exit codes:
  0   all of it was taken, and processed where that can be asked
  2   refused, by us or by the receiver: the same upload would be refused again
  3   not known: no answer, not processed in time, or the receiver was not able to
  70  a bug in tokenward`;
