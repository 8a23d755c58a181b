import type { Source } from "../model/documents.gen.ts";
import type { Provider } from "./provider.ts";

/** Every provider, by the `use` of its sources; a module is loaded when a source asks for it. */
const registry = [
  { id: "aws", load: async () => (await import("./aws/index.ts")).aws },
  { id: "exec", load: async () => (await import("./exec/index.ts")).exec },
  { id: "file", load: async () => (await import("./file/index.ts")).file },
  { id: "github", load: async () => (await import("./github/index.ts")).github },
  { id: "gitlab", load: async () => (await import("./gitlab/index.ts")).gitlab },
  { id: "workflows", load: async () => (await import("./workflows/index.ts")).workflows },
] as const satisfies readonly { id: string; load: () => Promise<Provider<never>> }[];

/** Every provider's id, in order. */
export const providerIds: readonly string[] = registry.map(({ id }) => id);

/** The provider of a source; its configuration has been validated against the schema that belongs to it. */
export async function loadProvider(id: string): Promise<Provider<Source> | undefined> {
  return (await registry.find((entry) => entry.id === id)?.load()) as Provider<Source> | undefined;
}

/** All providers, for what asks every one of them the same question. */
export async function providers(): Promise<Provider<never>[]> {
  return Promise.all(registry.map(({ load }) => load()));
}
