import { Command } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { frameworksOf, isFramework } from "../model/framework.ts";
import { nearest } from "../model/nearest.ts";
import { number } from "../model/number.ts";
import { bySilence, type ControlCoverage, controlCoverage } from "../report/controls.ts";
import { aligned, wrapped } from "./layout.ts";
import { withFormat } from "./options.ts";
import { readReport } from "./report.ts";
import { columns, write } from "./terminal.ts";

interface Options {
  framework?: string;
  format: "table" | "json";
}

type Head = Awaited<ReturnType<typeof readReport>>["head"];

const WIDEST = 120;

export function controlsCommand(): Command {
  const command = new Command("controls")
    .description("what a saved JSON report says of each control of a framework, and what was never judged")
    .argument("<report>", "a report written with --format json")
    .option("--framework <name>", "only this one; its version may be left out, as in owasp-nhi")
    .action(tellControls);
  return withFormat(command);
}

async function tellControls(file: string, { framework, format }: Options): Promise<void> {
  const { head } = await readReport(file);
  const policies = [...head.policies.map(({ policy }) => policy), ...(head.disabled ?? [])];
  const wanted = chosenFrameworks(policies, framework);
  const controls = controlCoverage(head, (id) => wanted.includes(id));
  if (format === "json") return write(`${JSON.stringify(documentOf(head, controls), null, 2)}\n`);
  return write(page(head, controls, Math.min(columns(), WIDEST)));
}

/** The frameworks of that name, whatever their version, or all. */
export function chosenFrameworks(policies: Parameters<typeof frameworksOf>[0], wanted?: string): string[] {
  const known = frameworksOf(policies);
  if (wanted === undefined) return known;
  const chosen = known.filter((id) => isFramework(id, wanted));
  if (chosen.length > 0) return chosen;
  throw new TokenwardError("FRAMEWORK_UNKNOWN", {
    framework: wanted,
    nearest: nearest(wanted, known),
    known: known.join(", ") || "none",
  });
}

function documentOf({ tool, as_of, bundle, config, shard, gate, summary }: Head, controls: ControlCoverage[]): object {
  const run = { tool, as_of, bundle, ...(config ? { config } : {}), ...(shard ? { shard } : {}) };
  return { schema_version: 1, ...run, incomplete: gate.incomplete, tokens: summary.tokens, controls };
}

function page(head: Head, controls: readonly ControlCoverage[], width: number): string {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))];
  const { tool, as_of, summary } = head;
  const sections = frameworks.map((framework) => {
    const rows = controls.filter((control) => control.framework === framework).map(row);
    const titles = ["  CONTROL", "STATE", "PASS", "FAIL", "UNKNOWN", "POLICIES"];
    return `${framework}\n${aligned([titles, ...rows], width)}`;
  });
  return [
    `${tool.name} ${tool.version}: as of ${as_of}, ${number(summary.tokens, "token")}\n`,
    ...doubts(head).map((doubt) => wrapped(doubt, width)),
    ...sections,
    wrapped(
      "Counted are verdicts, one for each policy on each token. A passing check does not by itself satisfy a control, and of controls that no policy serves nothing is said.",
      width,
    ),
  ].join("\n");
}

function doubts({ gate, shard }: Head): string[] {
  return [
    ...(gate.incomplete ? ["INCOMPLETE: what could not be read was not judged."] : []),
    ...(shard ? [`This is shard ${shard.index} of ${shard.of} only: merge the reports of all first.`] : []),
  ];
}

function row({ control, title, state, verdicts, policies }: ControlCoverage): string[] {
  const { pass, fail, unknown } = verdicts;
  const isJudged = pass + fail + unknown > 0;
  const counts = [pass, fail, unknown].map((count) => (isJudged ? String(count) : "-"));
  const name = title === undefined ? [] : [`${title}${policies.length === 0 ? "" : ":"}`];
  const told = [...bySilence(policies)].map(([silence, ids]) =>
    silence ? `${silence}: ${ids.join(", ")}` : ids.join(", "),
  );
  return [`  ${control}`, state, ...counts, [...name, told.join("; ")].join(" ")];
}
