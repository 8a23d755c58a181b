import type { ConfiguredSource } from "../model/config.ts";
import type { Gathered } from "../model/flow.ts";
import { instantAt } from "../model/instant.ts";
import { maskSecrets } from "../model/mask.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import type { Http } from "../net/http.ts";
import { cut, widthOf } from "../report/width.ts";

/** A line that is drawn again and again is for eyes on a terminal; a log, and who is read to, get lines that stay. */
export type How = "line" | "plain";

/** Sees what sources give and ask, and tells of it when it is time to. */
export interface Progress {
  /** Passes on what the source at this place gives. */
  watched(items: AsyncIterable<Gathered>, place: number): AsyncIterable<Gathered>;
  /** A connection that the source at this place has opened. */
  asks(http: Pick<Http, "tally">, place: number): void;
  tell(): void;
  /** Leaves no half line behind; among lines that stay, how far it came is the last. */
  close(): void;
}

export interface ProgressMeans {
  how: How;
  screen: { write: (text: string) => void; columns: () => number };
  /** Milliseconds since 1970. */
  now: () => number;
}

/** In lines that stay, the same source is told of again only so often. */
const PLAIN_EVERY_MS = 10_000;
export function openProgress(
  sources: readonly Pick<ConfiguredSource, "source">[],
  { how, screen, now }: ProgressMeans,
): Progress {
  const states = sources.map<State>(({ source }) => ({
    name: nameOf(source),
    tokens: 0,
    lines: 0,
    before: 0,
    opened: [],
  }));
  let place = -1;
  let isOver = false;
  let drawn = "";
  let told = { text: "", key: "", at: Number.NEGATIVE_INFINITY };

  const line = (): { text: string; key: string } | undefined => {
    const state = states[place];
    if (!state) return undefined;
    const until = waitingUntil(state);
    const text = `${part(place, states.length)}${stateText(state, { until, isOver })}`;
    return { text, key: `${place} ${until} ${isOver}` };
  };
  const draw = (text: string): void => {
    const fitting = cut(text, screen.columns() - 1);
    // Blanks, not an escape, take away what was longer: any terminal knows them, also one that wants no colour.
    if (fitting !== drawn) screen.write(`\r${fitting}${" ".repeat(Math.max(0, widthOf(drawn) - widthOf(fitting)))}`);
    drawn = fitting;
  };
  const print = (text: string, key: string): void => {
    if (text !== told.text) screen.write(`${text}\n`);
    told = { text, key, at: now() };
  };

  return {
    async *watched(items, at) {
      const state = states[at];
      place = at;
      for await (const item of items) {
        if (state) count(item, state);
        yield item;
      }
      isOver = at === states.length - 1;
    },
    asks: (http, at) => void states[at]?.opened.push(http),
    tell() {
      const next = line();
      if (!next) return;
      if (how === "line") draw(next.text);
      else if (next.key !== told.key || now() - told.at >= PLAIN_EVERY_MS) print(next.text, next.key);
    },
    close() {
      const last = line();
      if (how === "plain" && last) print(last.text, last.key);
      if (drawn !== "") screen.write(`\r${" ".repeat(widthOf(drawn))}\r`);
      drawn = "";
    },
  };
}

/** A terminal that cannot move its cursor. */
export function escapeless({ TERM }: Readonly<Record<string, string | undefined>>): boolean {
  return TERM === "dumb";
}

type Opened = Pick<Http, "tally">;

interface State {
  name: string;
  tokens: number;
  /** Lines that are read elsewhere; those at hand not counted, which would mean to look through them. */
  lines: number;
  /** Those of inputs before this one. */
  before: number;
  opened: Opened[];
}

function count(item: Gathered, state: State): void {
  if ("token" in item) state.tokens += 1;
  else if ("raw" in item) {
    if (item.raw.first === 1) state.before = state.lines;
    state.lines = state.before + item.raw.first - 1;
  }
}

/** `github acme`, `file tokens.csv`: as the configuration calls it. */
function nameOf({ use, account, path }: ConfiguredSource["source"]): string {
  const which = [account, path].find((one) => typeof one === "string") ?? "";
  return visible(maskSecrets(`${use} ${which}`)).trim();
}

function part(place: number, count: number): string {
  return count > 1 ? `${place + 1} of ${count}: ` : "";
}

function waitingUntil({ opened }: State): number | undefined {
  const waits = opened.flatMap((http) => http.tally().until ?? []);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

function stateText(
  { name, tokens, lines, opened }: State,
  { until, isOver }: { until: number | undefined; isOver: boolean },
): string {
  const calls = opened.reduce((sum, http) => sum + http.tally().requests, 0);
  const facts = [
    ...(tokens > 0 || lines === 0 ? [number(tokens, "token")] : []),
    ...(lines > 0 ? [number(lines, "line")] : []),
    ...(calls > 0 ? [number(calls, "call")] : []),
    ...(until === undefined ? [] : [`waiting for its rate limit until ${instantAt(until)}`]),
    ...(isOver ? ["all is read"] : []),
  ];
  return `${name}: ${facts.join(", ")}`;
}
