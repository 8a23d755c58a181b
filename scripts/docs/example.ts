import { nightly } from "../../src/cli/ci-nightly.ts";
import { tool } from "../../src/cli/version.ts";
import type { Page } from "./page.ts";

/** The nightly workflow as `init --ci github --nightly` writes it, to be read and called. */
export function examplePage(): Page {
  const { path, text } = nightly.github(`./tools/${tool.name}-${tool.version}.tgz`);
  return { path: `examples/ci/${path}`, text };
}
