import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/documents.gen.ts";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();

/** What can stand behind `permissions:`; `undefined`: the key is not there. */
const entries = [
  undefined,
  "{}",
  "read-all",
  "write-all",
  "{ contents: read }",
  "{ contents: write, checks: write }",
] as const;
type Entry = (typeof entries)[number];

/** Events that run with a token of the base repository; a fork's pull request gets less, one from the repository itself does not. */
const triggers = ["push", "pull_request", "pull_request_target", "schedule", "workflow_dispatch", "workflow_run"];
const defaults = [undefined, "read", "write"] as const;

/**
 * GitHub, "Controlling permissions for GITHUB_TOKEN": the job's entry decides alone, else the workflow's, else the default of the repository. An
 * entry that is there gives what it names and nothing else. The event does not widen it.
 */
function expected(workflow: Entry, job: Entry, byDefault: (typeof defaults)[number]): string[] {
  const decides = job ?? workflow;
  if (decides === undefined) return byDefault === "read" ? [] : ["workflow-default-permissions"];
  if (decides === "write-all") return ["workflow-write-all"];
  return decides.includes("contents: write") ? ["workflow-job-write"] : [];
}

const cases = triggers.flatMap((trigger) =>
  entries.flatMap((workflow, first) =>
    entries.map((job, second) => ({ name: `${trigger}-${first}-${second}.yml`, trigger, workflow, job })),
  ),
);

function fileOf({ trigger, workflow, job }: (typeof cases)[number]): string {
  const event = trigger === "schedule" ? "schedule: [{ cron: '0 3 * * *' }]" : `${trigger}:`;
  const lines = ["on:", `  ${event}`, ...(workflow ? [`permissions: ${workflow}`] : []), "jobs:", "  build:"];
  const inside = [...(job ? [`permissions: ${job}`] : []), "runs-on: ubuntu-latest", "steps: [{ run: make }]"];
  return `${[...lines, ...inside.map((line) => `    ${line}`)].join("\n")}\n`;
}

/** The policies on workflows that failed, by file. */
function failures(findings: Report["findings"]): Map<string, string[]> {
  const told = new Map<string, string[]>();
  for (const { policy, verdict, location } of findings) {
    if (verdict !== "fail" || !policy.startsWith("workflow-")) continue;
    const name = location.uri.split("/").at(-1) ?? "";
    told.set(name, [...(told.get(name) ?? []), policy]);
  }
  return told;
}

describe.each(defaults.map((byDefault) => ({ byDefault })))(
  "where the repository's default is $byDefault",
  ({ byDefault }) => {
    it("every workflow and job, under every event, fails as GitHub's documentation has it", async () => {
      const setting = byDefault ? `, default_permissions: ${byDefault}` : "";
      const cwd = await laidOut(join(scratch, String(byDefault)), {
        "tokenward.yaml": `version: 1\nsources: [{ use: workflows, account: acme/shop${setting} }]\n`,
        ...Object.fromEntries(cases.map((one) => [`.github/workflows/${one.name}`, fileOf(one)])),
      });
      await run({ cwd, args: ["check", "--as-of", "2030-01-01T00:00:00Z", "--report", "json=out.json", "-q"] });
      const { findings, summary } = JSON.parse(await readFile(join(cwd, "out.json"), "utf8")) as Report;
      const told = failures(findings);

      expect(summary.tokens).toBe(cases.length);
      for (const { name, workflow, job } of cases) {
        const what = `${name}: workflow ${workflow}, job ${job}`;
        expect({ what, fails: told.get(name) ?? [] }).toEqual({ what, fails: expected(workflow, job, byDefault) });
      }
    });
  },
);
