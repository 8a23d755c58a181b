import { hash } from "node:crypto";
import type { InventoryHeader, Token } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import { dayAfter } from "../model/waiver.ts";
import { gapText, nameOf } from "./sentence.ts";

/** Days ahead. */
const ALARMS = [30, 14, 7, 1];
/** Octets of a line, its break not counted. */
const FOLDED_AT = 75;
const LONGEST = 500;

interface Event {
  uid: string;
  /** `2030-01-09`. */
  day: string;
  summary: string;
  description: string;
  alarms: readonly number[];
}

/**
 * RFC 5545: an event on the day that each token ends, with alarms ahead of it. What has ended is left out; tokens whose end nobody
 * knows, and reads that brought nothing, are events of the run's own day, because a calendar without them would look whole.
 */
export async function* renderIcs(
  { tool, as_of }: InventoryHeader,
  items: AsyncIterable<Collected>,
): AsyncIterable<string> {
  const stamp = as_of.replace(/[-:]/g, "");
  const today = as_of.slice(0, 10);
  yield lines("BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${escaped(tool.name)}//${escaped(tool.version)}//EN`);
  const gaps: string[] = [];
  let unknown = 0;
  for await (const item of items) {
    if ("coverage" in item) gaps.push(...gapText(item.coverage));
    else if (item.token.expires === undefined) unknown += 1;
    else if (item.token.expires !== null && item.token.expires > as_of) {
      yield eventText(ending(item.token, item.token.expires), stamp);
    }
  }
  for (const event of notes(today, { gaps, unknown })) yield eventText(event, stamp);
  yield lines("END:VCALENDAR");
}

function ending(token: Token, expires: string): Event {
  const { id, kind, owner, principal, evidence } = token;
  const who = owner ?? principal?.name ?? principal?.id;
  const details = [
    `kind: ${kind}`,
    `token: ${id}`,
    ...(who ? [`owner: ${who}`] : []),
    ...(evidence?.url ? [evidence.url] : []),
  ];
  return {
    uid: uidOf("ends", id),
    day: lastDay(expires),
    summary: `${nameOf(token)} ends`,
    description: details.join("\n"),
    alarms: ALARMS,
  };
}

/** The day of the last second that it works: what ends at midnight has had its last day. */
function lastDay(expires: string): string {
  return new Date(Date.parse(expires) - 1_000).toISOString().slice(0, 10);
}

function* notes(day: string, { gaps, unknown }: { gaps: readonly string[]; unknown: number }): Iterable<Event> {
  if (gaps.length > 0) {
    const summary = `Incomplete: ${number(gaps.length, "read")} denied or failed, ends are missing here`;
    yield {
      uid: uidOf("incomplete", compact(day)),
      day,
      summary,
      description: gaps.slice(0, 20).join("\n"),
      alarms: [],
    };
  }
  if (unknown > 0) {
    const summary = `${number(unknown, "token")} whose end nobody knows`;
    yield {
      uid: uidOf("unknown", compact(day)),
      day,
      summary,
      description: "their providers do not tell, or were not asked",
      alarms: [],
    };
  }
}

function uidOf(...name: readonly string[]): string {
  return `${hash("sha256", name.join("\0")).slice(0, 32)}@tokenward.invalid`;
}

function eventText({ uid, day, summary, description, alarms }: Event, stamp: string): string {
  const subject = escaped(summary);
  return lines(
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    // An all-day event ends on the day that it no longer covers.
    `DTEND;VALUE=DATE:${compact(dayAfter(day, 1))}`,
    `SUMMARY:${subject}`,
    `DESCRIPTION:${escaped(description)}`,
    "TRANSP:TRANSPARENT",
    ...alarms.flatMap((days) => [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${subject}`,
      `TRIGGER:-P${days}D`,
      "END:VALARM",
    ]),
    "END:VEVENT",
  );
}

function compact(day: string): string {
  return day.replaceAll("-", "");
}

function escaped(text: string): string {
  return text
    .split("\n")
    .map((line) => visible(line.slice(0, LONGEST)).replace(/[\\;,]/g, "\\$&"))
    .join("\\n");
}

function lines(...contents: readonly string[]): string {
  return contents.map((content) => `${folded(content)}\r\n`).join("");
}

/** Long lines go on behind a break and a blank, never inside a character. */
function folded(content: string): string {
  let [text, octets] = ["", 0];
  for (const character of content) {
    const size = Buffer.byteLength(character);
    if (octets + size > FOLDED_AT) [text, octets] = [`${text}\r\n `, 1];
    text += character;
    octets += size;
  }
  return text;
}
