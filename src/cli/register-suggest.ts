import type { Silence, Suggestion } from "../enrich/narrower.ts";
import { number } from "../model/number.ts";
import { json } from "../model/text.ts";
import { configFrom, intentFor } from "./configured.ts";
import { estateFor, shortfall } from "./inventories.ts";
import { aligned, wrapped } from "./layout.ts";
import type { ClockOptions, ConfigOptions } from "./options.ts";
import { columns, write, writeError } from "./terminal.ts";
import type { WireOptions } from "./wire.ts";

interface Options extends ConfigOptions, ClockOptions, WireOptions {
  register?: string;
  format: "table" | "json";
}

/** A suggestion with the token it is for, and the place of its entry. */
type Told = { token: string; name: string; by?: string } & Suggestion;

/** Why nothing is suggested, in words. */
const WHY: Readonly<Record<Silence, string>> = {
  "not-watched": "nobody watches the use",
  "grants-unknown": "the scopes are unknown",
  "access-unknown": "what some of the scopes allow is unknown",
  "narrow-enough": "no more is allowed than was seen used",
};
const WIDEST = 120;

export async function suggestScopes(inventory: string | undefined, options: Options): Promise<void> {
  const { narrower } = await import("../enrich/narrower.ts");
  const { openRegister } = await import("../model/register.ts");
  const config = await configFrom(options);
  const { register: entries = [] } = await intentFor({ config });
  const register = openRegister(entries);
  const estate = await estateFor(inventory, config, options);
  const suggestions: Told[] = [];
  const silent = new Map<Silence, string[]>();
  for (const token of estate.tokens) {
    const entry = register.find(token)?.entry;
    const found = narrower(token, entry);
    if (typeof found === "string") silent.set(found, withLast(silent.get(found), token.id));
    else suggestions.push({ token: token.id, name: token.name, ...(entry ? { by: entry.by } : {}), ...found });
  }
  const lacking = shortfall(estate);
  await write(options.format === "json" ? asJson(suggestions, silent) : page(suggestions, silent));
  if (lacking !== undefined) writeError(`${wrapped(`incomplete: ${lacking}`, Number.POSITIVE_INFINITY)}`);
  process.exitCode = lacking === undefined ? 0 : 3;
}

/** The same list, longer: a copy for each of a million tokens would take hours. */
function withLast(list: string[] = [], last: string): string[] {
  list.push(last);
  return list;
}

function asJson(suggestions: readonly Told[], silent: ReadonlyMap<Silence, string[]>): string {
  const without = [...silent].map(([reason, tokens]) => ({ reason, why: WHY[reason], tokens }));
  return `${json({ suggestions, without })}\n`;
}

function page(suggestions: readonly Told[], silent: ReadonlyMap<Silence, string[]>): string {
  const width = Math.min(columns(), WIDEST);
  const blocks = suggestions.map((one) => block(one, width));
  const counts = [...silent].map(([reason, tokens]) =>
    wrapped(`no suggestion for ${number(tokens.length, "token")}: ${WHY[reason]}`, width),
  );
  return [...blocks, counts.join("")].filter((text) => text !== "").join("\n");
}

function block({ token, name, by, used, since, granted, allowed, suggested, too_wide }: Told, width: number): string {
  const known = by === undefined ? "no entry" : `${by} ${allowed ? list(allowed) : "does not limit scopes"}`;
  const rows = [
    ["seen used", `${used} at most, since ${since.slice(0, 10)}`],
    ["granted", list(granted)],
    ["allowed", known],
    ["suggested", `scopes: ${list(suggested)}`],
    ...too_wide.map(({ scope, access, instead }) => [
      "too wide",
      `${scope} (${access}); ${instead.length > 0 ? `narrower: ${list(instead)}` : `no narrower scope is known, so ${used} stands for it`}`,
    ]),
  ].map(([head = "", text = ""]) => [`  ${head}`, text]);
  return wrapped(name === "" ? token : `${token} (${name})`, width) + aligned(rows, width);
}

function list(scopes: readonly string[]): string {
  const listed = scopes.slice(0, LISTED).join(", ");
  return scopes.length > LISTED ? `[${listed} and ${scopes.length - LISTED} more]` : `[${listed}]`;
}

const LISTED = 20;
