import type { ConfiguredSource } from "../model/config.ts";
import type { Source } from "../model/documents.gen.ts";
import type { Position } from "../model/errors.ts";
import type { Connection } from "../net/http.ts";
import { cleanTexts } from "./clean.ts";
import { expected } from "./gap.ts";
import type { Means } from "./index.ts";
import type { Check, Context, Provider } from "./provider.ts";
import { loadProvider } from "./registry.ts";

/** An answer of one source; `note`: there was nothing to ask. */
export type Finding = Omit<Check, "outcome"> & { outcome: Check["outcome"] | "note" };

/** What a source has for a run, and what it lacks. */
export interface Diagnosis {
  /** Counted from 1, in the order of the configuration. */
  number: number;
  use: string;
  position?: Position;
  checks: Finding[];
}

/** Asks each source's provider whether a run would succeed, and lists nothing; what one of them lacks keeps no other from being asked. */
export async function* diagnose(
  sources: readonly ConfiguredSource[],
  means: Means,
  only?: number,
): AsyncIterable<Diagnosis> {
  for (const [index, { source, root, position }] of sources.entries()) {
    const number = index + 1;
    if ((only ?? number) !== number || means.signal?.aborted) continue;
    const provider = await loadProvider(source.use);
    if (!provider) throw new Error(`no provider is registered for sources of ${source.use}`);
    const checks: Finding[] = [];
    const connect = (connection: Connection) => means.connect(connection, index);
    for await (const check of findings(provider, source, { ...means, connect, root })) checks.push(cleanTexts(check));
    yield { number, use: source.use, ...(position ? { position } : {}), checks };
  }
}

async function* findings(provider: Provider<Source>, source: Source, context: Context): AsyncIterable<Finding> {
  if (!provider.check) {
    yield { subject: "rights", outcome: "note", detail: `nothing is checked before a run; rights: ${provider.rights}` };
    return;
  }
  try {
    yield* provider.check(source, context);
  } catch (error) {
    const { code, message: detail, remedy } = expected(error);
    const subject = code.startsWith("CREDENTIAL_") ? "credential" : "check";
    yield { subject, outcome: code === "CREDENTIAL_MISSING" ? "missing" : "failed", detail, remedy };
  }
}
