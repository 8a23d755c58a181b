import { join } from "node:path";
import { expect, it } from "vitest";
import { findOpa } from "../../src/judge/opa.ts";
import { culprit, type Malice, malice } from "../judge/malice.ts";
import { run } from "../support/command.ts";
import { laidOut, manyTokens, readingTokens, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const { path: opa } = await findOpa(process.env);
const INSTANT = "2030-01-01T00:00:00Z";

/** One of each way to go wrong; all of them are tried without the command. */
const tried = [
  "a call to the network",
  "a look at the environment",
  "a look into a file, by a schema that refers to it",
  "another policy's failures, given in its name",
  "another policy's parameters, given in the library's name",
  "another policy mocked, for itself",
  "evidence under the names of what every object has",
];

it.each(cases())(
  "$name is $outcome, and no other policy's verdict changes",
  async ({ name, files, outcome, codes, told }) => {
    const cwd = await laidOut(join(scratch, name.replaceAll(/\W+/g, "-")), {
      "tokens.csv": manyTokens(3),
      "tokenward.yaml": `${readingTokens}policies:\n  paths: [ours]\n`,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`ours/${path}`, text])),
    });
    const env = { TOKENWARD_CACHE: join(cwd, "cache"), TOKENWARD_OPA: opa };
    const args = ["check", "--as-of", INSTANT, "--format", "json"];

    const { code, stdout, stderr } = await run({ args, cwd, env });

    if (outcome === "harmless") {
      const alone = await run({ args: ["judge", "tokens.csv", "--no-config", ...args.slice(1)], cwd, env });
      expect(failures(stdout).filter((one) => !one.startsWith(`${culprit.policy} `))).toEqual(failures(alone.stdout));
      expect(failures(alone.stdout)).not.toEqual([]);
      return;
    }
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(codes.some((one) => stderr.includes(`[${one}]`))).toBe(true);
    expect(stderr).toMatch(told ?? new RegExp(`policy ${culprit.policy}\\b.* token github/acme/classic-pat/0\\b`));
  },
);

function cases(): Malice[] {
  return tried.map((name) => {
    const found = malice.find((one) => one.name === name);
    if (!found) throw new Error(`nobody tries ${name}`);
    return found;
  });
}

function failures(report: string): string[] {
  const { findings } = JSON.parse(report) as { findings: { policy: string; verdict: string; token: { id: string } }[] };
  return findings.map(({ policy, verdict, token }) => `${policy} ${verdict} ${token.id}`).sort();
}
