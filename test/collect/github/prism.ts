import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** What of Prism is used; its packages are CommonJS. */
interface Prism {
  getHttpOperationsFromSpec(file: string): Promise<unknown>;
  createServer(
    operations: unknown,
    options: unknown,
  ): { listen(port: number, host: string): Promise<string>; close(): Promise<void> };
  createLogger(name: string, options: unknown): unknown;
}

/** A server that answers as a vendor's own description says: with its examples, or, where a request prefers it, with what its schemas allow. */
export async function prism(file: string): Promise<{ base: string; close: () => Promise<void> }> {
  const { getHttpOperationsFromSpec } = require("@stoplight/prism-cli/dist/operations") as Prism;
  const { createServer } = require("@stoplight/prism-http-server") as Prism;
  const { createLogger } = require("@stoplight/prism-core") as Prism;
  const path = fileURLToPath(new URL(`../../fixtures/openapi/${file}.json`, import.meta.url));
  const server = createServer(await getHttpOperationsFromSpec(path), {
    components: { logger: createLogger("mock", { enabled: false }) },
    cors: false,
    config: {
      mock: { dynamic: false },
      checkSecurity: true,
      validateRequest: true,
      validateResponse: false,
      errors: true,
      isProxy: false,
    },
  });
  const base = await server.listen(0, "127.0.0.1");
  return { base, close: () => server.close() };
}
