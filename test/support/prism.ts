import { fileURLToPath } from "node:url";
import { getHttpOperationsFromSpec } from "@stoplight/prism-cli/dist/operations.js";
import { createLogger } from "@stoplight/prism-core";
import { createServer } from "@stoplight/prism-http-server";

/** Where a vendor's description is kept. */
export function descriptionOf(name: string): string {
  return fileURLToPath(new URL(`../fixtures/openapi/${name}.json`, import.meta.url));
}

/** A server that answers as a vendor's own description says: with its examples, or, where a request prefers it, with what its schemas allow. */
export async function prism(
  name: string,
  { isStrict }: { isStrict: boolean },
): Promise<{ base: string; close: () => Promise<void> }> {
  const server = createServer(await getHttpOperationsFromSpec(descriptionOf(name)), {
    components: { logger: createLogger(name, { enabled: false }) },
    cors: false,
    config: {
      mock: { dynamic: false },
      checkSecurity: isStrict,
      validateRequest: true,
      validateResponse: false,
      errors: isStrict,
      isProxy: false,
      upstreamProxy: undefined,
    },
  });
  const base = await server.listen(0, "127.0.0.1");
  return { base, close: () => server.close() };
}
