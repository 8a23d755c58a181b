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
  {
    id: "markdown",
    title: "Markdown for job summaries, comments and mails; never larger than GitHub shows",
    extension: "md",
    load: async () => (await import("./markdown.ts")).renderMarkdown,
  },
  {
    id: "html",
    title: "one page for people, to mail and to print: charts, coverage, findings, controls",
    extension: "html",
    load: async () => (await import("./html.ts")).renderHtml,
  },
  {
    id: "github",
    title: "annotations of a GitHub job: the ten worst of each kind",
    extension: "github.log",
    isAnnotation: true,
    load: async () => (await import("./github.ts")).renderGithub,
  },
  {
    id: "gitlab-codequality",
    title: "GitLab Code Quality report",
    extension: "codequality.json",
    load: async () => (await import("./gitlab-codequality.ts")).renderGitlabCodequality,
  },
  {
    id: "gitlab-sast",
    title: "GitLab SAST report",
    extension: "sast.json",
    load: async () => (await import("./gitlab-sast.ts")).renderGitlabSast,
  },
  {
    id: "azure",
    title: "logging commands of an Azure pipeline",
    extension: "azure.log",
    isAnnotation: true,
    load: async () => (await import("./azure.ts")).renderAzure,
  },
  {
    id: "junit",
    title: "JUnit XML, for whatever shows test results",
    extension: "xml",
    load: async () => (await import("./junit.ts")).renderJunit,
  },
  {
    id: "csv",
    title: "a row for each finding, for spreadsheets",
    extension: "csv",
    load: async () => (await import("./csv.ts")).renderCsv,
  },
  {
    id: "ocsf",
    title: "OCSF 1.8.0 compliance findings, one event a line, for security data lakes",
    extension: "ocsf.ndjson",
    load: async () => (await import("./ocsf.ts")).renderOcsf,
  },
  {
    id: "oscal",
    title: "OSCAL 1.2.1 assessment results, for auditors' tools",
    extension: "oscal.json",
    load: async () => (await import("./oscal.ts")).renderOscal,
  },
  {
    id: "owners",
    title: "one message for each owner: what ends soon, what fails, what to do",
    extension: "owners.md",
    load: async () => (await import("./owners.ts")).renderOwners,
  },
  {
    id: "prometheus",
    title: "counts as gauges for Prometheus' textfile collector",
    extension: "prom",
    load: async () => (await import("./prometheus.ts")).renderPrometheus,
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
