import { createReadStream } from "node:fs";
import type { Format } from "../collect/file/source.ts";
import type { Config, ConfiguredSource } from "../model/config.ts";
import { isGap } from "../model/coverage.ts";
import type { Coverage, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { number } from "../model/number.ts";
import { world } from "./configured.ts";
import { asOfFrom, type ClockOptions } from "./options.ts";
import { writeError } from "./terminal.ts";
import { callsTold, tokensIn, type WireOptions, wireFor } from "./wire.ts";

/** All tokens there are, and what became of every question. */
export interface Estate {
  tokens: Token[];
  coverage: Coverage[];
  asOf: string;
}

/** The tokens of a saved inventory, or without one those that the configured sources have now. */
export async function estateFor(
  inventory: string | undefined,
  config: Config,
  options: ClockOptions & WireOptions,
): Promise<Estate> {
  if (inventory !== undefined) {
    const { suggested, stdin } = await instantOf([inventory], undefined);
    const asOf = asOfFrom(options, suggested);
    return gathered(reading([inventory], undefined, config), asOf, { ...world({}), stdin });
  }
  const { wire, asOf } = await wireFor(options, config, (suggested) => asOfFrom(options, suggested));
  const { tallies, ...means } = world(wire);
  const estate = await gathered(config, asOf, means);
  if (options.verbose) writeError(callsTold(tallies(), tokensIn(estate.coverage)));
  return estate;
}

/** Why not all tokens are among those that were read, in words; undefined: they are. */
export function shortfall({ tokens, coverage }: Estate): string | undefined {
  const gaps = coverage.filter(({ outcome }) => isGap(outcome));
  const [first] = gaps;
  if (first) {
    const { source, subject, outcome, detail } = first;
    const others = gaps.length > 1 ? `, and ${number(gaps.length - 1, "more read")} denied or failed` : "";
    return `${source} ${subject} ${outcome}${detail === undefined ? "" : ` (${detail})`}${others}`;
  }
  return tokens.length === 0 ? "no token was read" : undefined;
}

async function gathered(
  { sources }: Config,
  asOf: string,
  means: Omit<ReturnType<typeof world>, "tallies">,
): Promise<Estate> {
  const { collect } = await import("../collect/index.ts");
  const estate: Estate = { tokens: [], coverage: [], asOf };
  for await (const item of collect(sources.value, { asOf, ...means })) {
    if ("token" in item) estate.tokens.push(item.token);
    else estate.coverage.push(item.coverage);
  }
  return estate;
}

/** A configuration that reads these inventories instead of its sources. */
export function reading(inventories: readonly string[], stated: Format | undefined, config: Config): Config {
  const value = inventories.map((path): ConfiguredSource => {
    const format = stated ?? (path === "-" ? "ndjson" : undefined);
    return { source: { use: "file", path, ...(format ? { format } : {}) }, root: process.cwd() };
  });
  return { ...config, sources: { value, source: "command line" } };
}

/** An inventory says as of when it was collected: judging it again gives the same answer on any day. */
export async function instantOf(
  inventories: readonly string[],
  format: Format | undefined,
): Promise<{ suggested?: string; stdin: () => AsyncIterable<Uint8Array> }> {
  const [first = "-"] = inventories;
  if (!inventories.includes("-")) {
    const { head } = await peek(createReadStream(first));
    return { ...suggestion(head), stdin: () => process.stdin };
  }
  const { head, all } = await peek(process.stdin);
  const other = format ? undefined : otherFormat(head);
  if (other) throw new TokenwardError("STDIN_FORMAT", { format: other });
  return { ...suggestion(head), stdin: () => all };
}

const LONGEST_HEADER = 65_536;

/** The first line, and the whole stream again. A file that cannot be read is reported by its collector, with its place. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ head: string; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let head = "";
  while (!head.includes("\n") && head.length < LONGEST_HEADER) {
    const next = await iterator.next().catch(() => undefined);
    if (!next || next.done) break;
    seen.push(next.value);
    head += Buffer.from(next.value).toString("utf8");
  }
  async function* all(): AsyncIterable<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: head.split("\n", 1)[0] ?? "", all: all() };
}

/** The format that a first line shows a text to be in, where that is not NDJSON; a stream has no name that would tell. */
function otherFormat(line: string): Format | undefined {
  const text = line.replace(/^\uFEFF/, "").trim();
  if (/^(?:\[|\{$)/.test(text)) return "json";
  if (/^(?:---|#|- |\w+:(?:\s|$))/.test(text)) return "yaml";
  return /^(?:[^{]*,)?"?(?:kind|account)"?(?:,|$)/i.test(text) ? "csv" : undefined;
}

function suggestion(line: string): { suggested?: string } {
  const asOf = /^\{"header":.*"as_of":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(line)?.[1];
  return asOf ? { suggested: asOf } : {};
}
