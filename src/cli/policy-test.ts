import { relative, sep } from "node:path";
import { Command } from "commander";
import type { PolicyTest, TestRun } from "../judge/tests.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import { ownFolders } from "./configured.ts";
import { type ConfigOptions, withConfigFile, withFormat } from "./options.ts";
import { write } from "./terminal.ts";

interface Options extends ConfigOptions {
  format: "table" | "json";
}

export function policyTestCommand(): Command {
  const command = new Command("test")
    .description("run the tests of policies of your own, and tell the lines that none of them reaches")
    .argument("[folder]", "where they stand; default: policies.paths as configured")
    .action(testPolicies)
    .addHelpText("after", "\nExits with 1 where a test fails or there is none, and with 2 where none can be run.");
  return withConfigFile(withFormat(command));
}

async function testPolicies(named: string | undefined, { format, ...options }: Options): Promise<void> {
  const folders = await ownFolders(options, named);
  const [{ testOwn }, { isGreen, renamed }] = await Promise.all([
    import("../judge/own.ts"),
    import("../judge/tests.ts"),
  ]);
  // Files as a person at this place would name them.
  const near = (text: string) => text.replaceAll(`${process.cwd()}${sep}`, "");
  const run = renamed(await testOwn({ folders, env: process.env }), { file: near, text: near });
  if (run.tests.length === 0 || !isGreen(run)) process.exitCode = 1;
  const places = folders.map((folder) => relative(process.cwd(), folder) || ".").join(", ");
  return write(format === "json" ? `${JSON.stringify(run, null, 2)}\n` : page(run, places));
}

/** What failed with its values, what is not reached, and one line to close. */
function page({ tests, coverage }: TestRun, places: string): string {
  if (tests.length === 0) return `no tests in ${places}: write them in files that end with _test.rego\n`;
  const failed = tests.filter(({ outcome }) => outcome === "fail" || outcome === "error");
  const missed = coverage?.missed ?? [];
  const lines = missed.map(({ file, from, to }) => `  ${file}:${from === to ? from : `${from}-${to}`}\n`);
  return [
    ...failed.map(failure),
    ...(lines.length > 0 ? [`NOT REACHED by any test\n${lines.map(visibleLine).join("")}\n`] : []),
    closing(tests, coverage),
  ].join("");
}

function failure({ name, file, line, outcome, detail }: PolicyTest): string {
  const shown = detail === undefined ? "" : `\n${detail.split("\n").map(visible).join("\n")}\n`;
  return `${outcome.toUpperCase()}  ${visible(`${file}:${line}  ${name}`)}${shown}\n`;
}

function visibleLine(line: string): string {
  return `${visible(line.trimEnd())}\n`;
}

function closing(tests: readonly PolicyTest[], coverage: TestRun["coverage"]): string {
  const counts = (["pass", "fail", "error", "skipped"] as const).flatMap((outcome) => {
    const count = tests.filter((test) => test.outcome === outcome).length;
    return count > 0 || outcome === "pass" ? [`${count} ${outcome}`] : [];
  });
  return `${number(tests.length, "test")}: ${counts.join(", ")}${reached(coverage)}\n`;
}

function reached(coverage: TestRun["coverage"]): string {
  if (!coverage) return "; what they reach is measured once they pass";
  if (coverage.lines === 0) return "";
  // Rounded down, so that only all is 100 %.
  const share = Math.floor((coverage.covered / coverage.lines) * 1000) / 10;
  return `; they reach ${coverage.covered} of ${number(coverage.lines, "line")} (${share} %)`;
}
