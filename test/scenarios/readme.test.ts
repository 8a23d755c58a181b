import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { repository, run } from "../support/command.ts";
import { laidOut, scratchFolder, withAcme } from "../support/scratch.ts";

const PAGES = ["README.md", "examples/acme/README.md", "docs/ci.md"];
const instant = ["--as-of", "2030-01-01T00:00:00Z"];

interface Block {
  page: string;
  language: string;
  text: string;
}

const scratch = await scratchFolder();
const texts = new Map(await Promise.all(PAGES.map(async (page) => [page, await read(page)] as const)));
const blocks = [...texts].flatMap(([page, text]) => blocksIn(page, text));
const runs = blocks.flatMap(({ page, text }) => {
  const [command, ...shown] = text.split("\n");
  return command?.startsWith("$ tokenward ") ? [{ page, command: command.slice(2), shown: shown.join("\n") }] : [];
});

describe("what a page shows of a run", () => {
  const cwd = join(scratch, "root");

  beforeAll(async () => {
    await withAcme(cwd);
    const { scripts } = JSON.parse(await read("package.json")) as { scripts: { demo: string } };
    await run({ cwd, args: demoArguments(scripts.demo) });
  });

  it("is there on both READMEs", () => {
    expect(runs.map(({ page }) => page)).toEqual(expect.arrayContaining(["README.md", "examples/acme/README.md"]));
  });

  it.concurrent.each(runs)("is what the command prints: $page, $command", async ({ command, shown }) => {
    const { stdout, stderr } = await run({ cwd, args: command.split(" ").slice(1) });

    // Where a page leaves lines out, it says so by a line with `…` alone.
    for (const part of shown.split(/^…$/m)) expect(`\n${stdout}${stderr}`).toContain(part.trimEnd());
  });
});

describe("what a page tells its reader to write", () => {
  const fitting = (language: string, word: string) =>
    blocks
      .filter((block) => block.language === language && block.text.includes(word))
      .map((block, index) => ({ ...block, index }));

  it.each(fitting("yaml", "version: 1"))("is a valid configuration: $page", async ({ text, index }) => {
    const cwd = await laidOut(join(scratch, `config-${index}`), { "tokenward.yaml": text });

    expect(await run({ cwd, args: ["config"] })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(fitting("yaml", "runs-on:"))(
    "is a workflow that tokenward itself finds nothing against: $page",
    async ({ text, index }) => {
      const cwd = await laidOut(join(scratch, `workflow-${index}`), { ".github/workflows/tokens.yml": text });

      const { code, stdout } = await run({ cwd, args: ["check", "--fail-on", "low"] });

      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("PASS  every policy") });
    },
  );

  it.each(fitting("csv", "kind,"))("is an inventory that can be read whole: $page", async ({ text, index }) => {
    const cwd = await laidOut(join(scratch, `csv-${index}`), { "tokens.csv": text });

    const { code, stderr } = await run({ cwd, args: ["collect", ...instant, "--config", await configFor(cwd)] });

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `collected ${text.trimEnd().split("\n").length - 1} tokens\n`,
    });
  });
});

describe("a page", () => {
  it("names the exit codes that the help names", async () => {
    const { stdout } = await run({ cwd: scratch, args: ["--help"] });
    const told = [...stdout.matchAll(/^ +(\d+) {2,}/gm)].map(([, code]) => code);
    const written = [...(texts.get("README.md") ?? "").matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code);

    expect(written).toEqual(told);
  });

  it.each(PAGES)("links to nothing that is not there: %s", (page) => {
    const links = [...(texts.get(page) ?? "").matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
    const inside = links.filter((target) => !target.includes("://"));

    expect(inside.filter((target) => !existsSync(resolve(repository, dirname(page), target)))).toEqual([]);
  });
});

/** The arguments that `npm run demo` gives to the built command. */
function demoArguments(script: string): string[] {
  return script.split("dist/cli/main.js ")[1]?.split(" ") ?? [];
}

async function configFor(cwd: string): Promise<string> {
  await laidOut(cwd, { "tokenward.yaml": "version: 1\nsources:\n  - { use: file, path: tokens.csv }\n" });
  return "tokenward.yaml";
}

function blocksIn(page: string, text: string): Block[] {
  const fences = text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...fences].map(([, language = "", content = ""]) => ({ page, language, text: content }));
}

function read(path: string): Promise<string> {
  return readFile(join(repository, path), "utf8");
}
