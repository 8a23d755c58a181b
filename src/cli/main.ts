#!/usr/bin/env node
import { CommanderError } from "commander";
import { report } from "./failure.ts";
import { program } from "./program.ts";
import { stdoutTookAll, tolerateClosedPipes } from "./terminal.ts";

tolerateClosedPipes();
await program()
  .parseAsync()
  .then(stdoutTookAll)
  .catch((error: unknown) => {
    process.exitCode = error instanceof CommanderError ? usageCode(error) : report(error);
  });

function usageCode({ exitCode }: CommanderError): number {
  return exitCode === 0 ? 0 : 2;
}
