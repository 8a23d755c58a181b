import { Readable } from "node:stream";
import { InvalidArgumentError } from "commander";
import { number } from "../model/number.ts";
import { type GraphFormat, graphFormats, MERMAID_DRAWS } from "../report/graph-text.ts";
import { configFrom, intentFor } from "./configured.ts";
import { estateFor, shortfall } from "./inventories.ts";
import { wrapped } from "./layout.ts";
import type { ClockOptions, ConfigOptions } from "./options.ts";
import { deliver } from "./output.ts";
import { writeError } from "./terminal.ts";
import type { WireOptions } from "./wire.ts";

interface Options extends ConfigOptions, ClockOptions, WireOptions {
  register?: string;
  format: GraphFormat;
  output: string;
  limit: number;
}

export async function graphRegister(inventory: string | undefined, options: Options): Promise<void> {
  const { graphOf } = await import("../report/graph.ts");
  const { openRegister } = await import("../model/register.ts");
  const config = await configFrom(options);
  const { register: entries = [] } = await intentFor({ config });
  const register = openRegister(entries);
  const estate = await estateFor(inventory, config, options);
  const owned = estate.tokens.map((token) => ({ token, owner: register.find(token)?.entry.owner }));
  const graph = graphOf(owned, options.limit);
  const text = graphFormats[options.format](graph);
  await deliver(Readable.from([text]), options.output);
  const lacking = shortfall(estate);
  if (graph.omitted > 0) tell(`${number(graph.omitted, "token")} left out; draw more with --limit`);
  const isTooMuch = graph.edges.length > MERMAID_DRAWS.edges || text.length > MERMAID_DRAWS.characters;
  if (options.format === "mermaid" && isTooMuch)
    tell(`more than Mermaid draws unless it is configured to; lower --limit, or use --format dot`);
  if (lacking !== undefined) tell(`incomplete: ${lacking}`);
  process.exitCode = lacking === undefined ? 0 : 3;
}

/** How many tokens to draw. */
export function drawable(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1 to 999999.");
}

function tell(text: string): void {
  writeError(wrapped(text, Number.POSITIVE_INFINITY));
}
