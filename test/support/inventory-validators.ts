import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import ICAL from "ical.js";

/** What the schema of CycloneDX holds against a document, and two references of one name. */
export function cyclonedxFaults(text: string): string[] {
  const document = JSON.parse(text) as { components?: { "bom-ref": string }[] };
  bom(document);
  const references = (document.components ?? []).map((component) => component["bom-ref"]);
  const twice = references.filter((one, index) => references.indexOf(one) !== index);
  return [
    ...(bom.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...twice.map((one) => `${one} stands twice`),
  ];
}

const bom = compiled();

function compiled() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const name of ["spdx.schema.json", "jsf-0.82.schema.json"]) ajv.addSchema(schemaIn(name), name);
  return ajv.compile(schemaIn("bom-1.6.schema.json"));
}

function schemaIn(name: string): object {
  return JSON.parse(readFileSync(new URL(`./schemas/cyclonedx/${name}`, import.meta.url), "utf8")) as object;
}

export interface Event {
  summary: string;
  description: string;
  start: string;
  end: string;
  alarms: string[];
}

/** The events of a calendar, as somebody else's parser reads them. */
export function eventsIn(text: string): Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    summary: String(event.getFirstPropertyValue("summary")),
    description: String(event.getFirstPropertyValue("description")),
    start: String(event.getFirstPropertyValue("dtstart")),
    end: String(event.getFirstPropertyValue("dtend")),
    alarms: event.getAllSubcomponents("valarm").map((alarm) => String(alarm.getFirstPropertyValue("trigger"))),
  }));
}

/** What that parser does not see: the ends and lengths of lines, and identities that stand twice. */
export function calendarFaults(text: string): string[] {
  const bare = text.replaceAll("\r\n", "").match(/[\r\n]/) ? ["a line that does not end with CRLF"] : [];
  const long = text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75);
  const torn = text.includes("\uFFFD") ? ["a fold inside a character"] : [];
  const uids = [...text.matchAll(/^UID:(.*)$/gm)].map(([, uid]) => uid);
  const twice = new Set(uids).size < uids.length ? ["a UID stands twice"] : [];
  return [...bare, ...long, ...torn, ...twice];
}
