import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** A SARIF document, looked into only as far as uploading needs: what it says of findings is the server's to judge. */
export interface SarifFile {
  file: string;
  text: string;
  document: Mapping;
  runs: SarifRun[];
}

export interface SarifRun {
  run: Mapping;
  /** The tool's name. */
  tool: string;
  /** What stands before the last slash of `automationDetails.id`: each upload replaces the one before it of the same category. */
  category: string;
  /** What stands after it. */
  id: string;
  results: readonly unknown[];
}

/** Reads a document that may be uploaded: whole, and of a run that read everything unless that is tolerated. */
export function readSarif(text: string, file: string, allowIncomplete: boolean): SarifFile {
  const refuse = (reason: string) => new TokenwardError("SARIF_INVALID", { file, reason });
  const document = parsedJson(text);
  if (document === undefined) throw refuse("it is not JSON");
  if (!isMapping(document) || document.version !== "2.1.0") throw refuse('its version is not "2.1.0"');
  if (!Array.isArray(document.runs) || document.runs.length === 0) throw refuse("it has no runs");
  const runs = document.runs.map((run: unknown, index) => readRun(run, (what) => refuse(`run ${index + 1} ${what}`)));
  if (!allowIncomplete && runs.some(({ run }) => isIncomplete(run)))
    throw new TokenwardError("SARIF_INCOMPLETE", { file });
  return { file, text, document, runs };
}

/** The same under another category; twins within one would replace each other. */
export function inCategory(sarif: SarifFile, wanted: string | undefined): SarifFile {
  const category = wanted?.replace(/^\/+|\/+$/g, "");
  const runs = category ? sarif.runs.map((run) => renamed(run, category)) : sarif.runs;
  const seen = new Set<string>();
  for (const { tool, category: name } of runs) {
    const key = JSON.stringify([tool, name]);
    if (seen.has(key)) throw new TokenwardError("SARIF_TWINS", { file: sarif.file, tool, category: name });
    seen.add(key);
  }
  return category ? { ...sarif, runs, text: textOf(sarif, runs) } : sarif;
}

/** The run under another category, with other results if any are named. */
export function renamed(sarif: SarifRun, category: string, results = sarif.results): SarifRun {
  const { run, id } = sarif;
  const before = isMapping(run.automationDetails) ? run.automationDetails : {};
  // No category and no slash are the same to GitHub.
  const details = category === "" ? before : { ...before, id: `${category}/${id}` };
  const automationDetails = Object.keys(details).length > 0 ? { automationDetails: details } : {};
  return { ...sarif, category, results, run: { ...run, ...automationDetails, results } };
}

/** A document of the same kind with these runs alone. */
export function textOf({ document }: Pick<SarifFile, "document">, runs: readonly SarifRun[]): string {
  return JSON.stringify({ ...document, runs: runs.map(({ run }) => run) });
}

function readRun(run: unknown, refuse: (what: string) => TokenwardError): SarifRun {
  if (!isMapping(run)) throw refuse("is no mapping");
  if (!Array.isArray(run.results))
    throw refuse("has no results, not even an empty list, so old alerts would stay open");
  const driver = isMapping(run.tool) && isMapping(run.tool.driver) ? run.tool.driver : {};
  if (typeof driver.name !== "string" || driver.name === "") throw refuse("does not name its tool");
  const stated = isMapping(run.automationDetails) ? run.automationDetails.id : undefined;
  const id = typeof stated === "string" ? stated : "";
  const cut = id.lastIndexOf("/");
  return {
    run,
    tool: driver.name,
    category: id.slice(0, Math.max(cut, 0)),
    id: id.slice(cut + 1),
    results: run.results,
  };
}

function isIncomplete({ invocations }: Mapping): boolean {
  return Array.isArray(invocations) && invocations.some((one) => isMapping(one) && one.executionSuccessful === false);
}
