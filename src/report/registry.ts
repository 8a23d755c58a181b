import { TokenwardError } from "../model/errors.ts";
import type { Format, Render, Reporter } from "./reporter.ts";

/** Every format, in the order help shows them; the code of one is loaded only when it is asked for. */
export const formats = [
  {
    id: "table",
    title: "for people: what failed, what is unknown, what could not be read",
    extension: "txt",
    load: async () => (await import("./table.ts")).renderTable,
  },
  {
    id: "json",
    title: "the whole report as one document, to keep, compare and render again",
    extension: "json",
    load: async () => (await import("./json.ts")).renderJson,
  },
  {
    id: "ndjson",
    title: "one object a line: run, coverage, policies, findings, summary",
    extension: "ndjson",
    load: async () => (await import("./ndjson.ts")).renderNdjson,
  },
  {
    id: "sarif",
    title: "SARIF 2.1.0 for code scanning",
    extension: "sarif",
    load: async () => (await import("./sarif.ts")).renderSarif,
  },
] as const satisfies readonly (Format & { load: () => Promise<Render> })[];

export type FormatId = (typeof formats)[number]["id"];

export const formatIds: readonly FormatId[] = formats.map(({ id }) => id);

/** The format of that name, loaded. */
export async function reporter(id: string): Promise<Reporter> {
  const format = formats.find((one) => one.id === id);
  if (!format) throw new TokenwardError("FORMAT_UNKNOWN", { format: id, known: formatIds.join(", ") });
  const { load, ...about } = format;
  return { ...about, render: await load() };
}
