import { join, relative, resolve, sep } from "node:path";
import type { Provider } from "../provider.ts";
import { accountOf } from "./account.ts";
import { summary, unlisted } from "./coverage.ts";
import { FOLDER, findFiles } from "./find.ts";
import { KIND } from "./normalise.ts";

/** `schemas/sources/workflows.json`. */
export interface WorkflowsConfig {
  use: "workflows";
  root?: string;
  paths?: string[];
  account?: string;
  default_permissions?: "read" | "write";
}

/** The tokens that GitHub gives to the jobs of a repository's workflows, read from a checkout without any credential. */
export const workflows = {
  id: "workflows",
  title: "GitHub Actions workflows of a checkout",
  kinds: [KIND],
  rights: "none: it reads the workflow files of a checkout and the remote's name in its git configuration",
  fields: {
    [KIND]: {
      principal: "known",
      owner: "not-asked",
      status: "known",
      created: "not-exposed",
      rotated: "not-exposed",
      expires: "not-exposed",
      last_used: "not-asked",
      grants: "varies",
      reach: "known",
      network: "not-asked",
      environment: "varies",
    },
  },

  async *collect(config, context) {
    const root = resolve(context.root, config.root ?? ".");
    const account = accountOf(config.account, root, context.env);
    const uriOf = (path: string) => relative(context.cwd, join(root, path)).split(sep).join("/") || ".";
    const found = await findFiles(root, config.paths);
    if ("refusal" in found) {
      yield { coverage: unlisted(account, uriOf(found.path), found.refusal) };
      return;
    }
    const counts = { found: found.paths.length, read: 0, tokens: 0 };
    if (counts.found > 0) {
      // The YAML parser takes longer to load than a small repository to read: it waits until there is a file.
      const { contents } = await import("./contents.ts");
      yield* contents({ ...found, root, account, uriOf, setting: config.default_permissions }, counts);
    }
    yield { coverage: summary(account, config.paths?.join(", ") ?? FOLDER, counts) };
  },
} as const satisfies Provider<WorkflowsConfig>;
