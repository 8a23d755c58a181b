import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getHttpOperationsFromSpec } from "@stoplight/prism-cli/dist/operations.js";
import { createLogger } from "@stoplight/prism-core";
import { createServer } from "@stoplight/prism-http-server";
import type { Answered } from "../../support/faults.ts";
import type { Received } from "../../support/loopback.ts";

/** GitLab as its own description has it. */
export interface Described {
  /** The answer of the description, or undefined where it does not know the path. With a seed: made up, the same each time. */
  answer(received: Received, seed?: number): Promise<Answered | undefined>;
  /** What requests did that the description does not allow. */
  violations: string[];
  close(): Promise<void>;
}

export async function describedGitlab(): Promise<Described> {
  const file = fileURLToPath(new URL("../../fixtures/openapi/gitlab.json", import.meta.url));
  const text = readFileSync(file, "utf8");
  const known = Object.keys((JSON.parse(text) as { paths: Record<string, unknown> }).paths).map(patternOf);
  const server = createServer(await getHttpOperationsFromSpec(file), {
    components: { logger: createLogger("gitlab", { enabled: false }) },
    cors: false,
    config: {
      mock: { dynamic: false },
      checkSecurity: false,
      validateRequest: true,
      validateResponse: false,
      errors: false,
      isProxy: false,
      upstreamProxy: undefined,
    },
  });
  const base = await server.listen(0, "127.0.0.1");
  const violations: string[] = [];
  return {
    violations,
    close: () => server.close(),
    async answer({ path, url }, seed) {
      if (!known.some((pattern) => pattern.test(url.pathname))) return undefined;
      const headers = seed === undefined ? {} : { prefer: `dynamic=true, seed=${seed}` };
      const response = await fetch(base + path, { headers });
      const violated = response.headers.get("sl-violations");
      if (violated?.includes('"request"')) violations.push(`${path}: ${violated}`);
      return {
        status: response.status,
        headers: { "content-type": "application/json" },
        body: await response.text(),
      };
    },
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}
