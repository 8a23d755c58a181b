import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type WorkflowsConfig, workflows } from "../../../src/collect/workflows/index.ts";
import { judgedFields } from "../../../src/model/bundle.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import { faultsIn } from "../../../src/model/validate.ts";
import { offline } from "../../support/world.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, gone when the test is over; a name without a folder is a workflow's. */
export function checkout(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tokenward-workflows-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name.includes("/") ? name : `.github/workflows/${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return root;
}

/** What the collector says of a folder; each token and event is held against its schema on the way. */
export async function collectFrom(
  root: string,
  config: Partial<WorkflowsConfig> = {},
  env: Record<string, string> = {},
) {
  const tokens: Token[] = [];
  const coverage: Coverage[] = [];
  const context = { ...offline, root, cwd: root, env, stdin: () => nothing() };
  for await (const item of workflows.collect({ use: "workflows", ...config }, context)) {
    if ("token" in item) tokens.push(sound(item.token));
    else coverage.push(item.coverage);
  }
  for (const event of coverage) expect(faultsIn("coverage", event)).toEqual([]);
  expect(new Set(tokens.map(({ id }) => id)).size).toBe(tokens.length);
  return { tokens, coverage };
}

export async function collectFiles(files: Files, config: Partial<WorkflowsConfig> = {}) {
  return collectFrom(checkout(files), config);
}

/** The one token of a repository with one job. */
export async function onlyToken(files: Files, config: Partial<WorkflowsConfig> = {}): Promise<Token> {
  const { tokens } = await collectFiles(files, config);
  const [token] = tokens;
  if (!token || tokens.length !== 1) throw new Error(`expected one token, got ${tokens.length}`);
  return token;
}

/** Grants as people write them: `contents: write`. */
export function written({ grants }: Pick<Token, "grants">): string[] | undefined {
  return grants?.map(({ scope, access }) => `${scope}: ${access}`);
}

/** Something that GitHub works out only when a job runs. */
export function expression(of: string): string {
  return `\${{ ${of} }}`;
}

function sound(token: Token): Token {
  expect(faultsIn("token", token)).toEqual([]);
  for (const field of judgedFields) expect([field, field in token !== field in token.unknown]).toEqual([field, true]);
  return token;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
