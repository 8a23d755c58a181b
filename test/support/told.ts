import { parse as parseCsv } from "csv-parse/sync";
import type { FormatId } from "../../src/report/registry.ts";
import { sarifFaults } from "./sarif.ts";
import {
  actionFaults,
  azureFaults,
  codequalityFaults,
  htmlFaults,
  junitFaults,
  markdownFaults,
  ocsfFaults,
  oscalFaults,
  oscalResult,
  prometheusFaults,
  sastFaults,
} from "./validators.ts";

/** What a format's text says, read back by somebody else's parser where there is one. */
export interface Told {
  /** How many failed and unknown verdicts it tells of; absent: the format has no place for them. */
  fail?: number;
  unknown?: number;
  /** Everything that a validator nobody here wrote holds against it. */
  faults: readonly string[] | Promise<readonly string[]>;
  /** The text as its reader sees it, decoded; absent: the format names no token. */
  shown?: string;
}

/** Every format's reader; a new format has to say how it is checked. */
export const readers: Readonly<Record<FormatId, (text: string) => Told>> = {
  table: (text) => ({ ...inWords(text), faults: [], shown: text }),
  json(text) {
    const { findings } = JSON.parse(text) as { findings: { verdict: string }[] };
    return { ...byVerdict(findings), faults: [], shown: text };
  },
  ndjson(text) {
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { finding?: { verdict: string } });
    return { ...byVerdict(lines.flatMap(({ finding }) => (finding ? [finding] : []))), faults: [], shown: text };
  },
  sarif(text) {
    const { runs } = JSON.parse(text) as { runs: { results: unknown[] }[] };
    return { fail: runs[0]?.results.length ?? 0, faults: sarifFaults(text), shown: text };
  },
  markdown(text) {
    const row = text.split("\n").filter((line) => line.startsWith("|"))[2] ?? "";
    const cells = row.split("|").map((cell) => Number(cell.trim()));
    const [, , fail = Number.NaN, , , , , unknown = Number.NaN] = cells;
    return { fail, unknown, faults: markdownFaults(text), shown: entitiesIn(text) };
  },
  html(text) {
    const rows = text.match(/<tr class="f">/g)?.length ?? 0;
    const counted = sumOf(text, /<p class="more">and (\d+) more \(/g);
    const unknown = sumOf(text, /<tr class="u"><th scope="row">.*?<\/th><td>(\d+)<\/td>/g);
    return { fail: rows + counted, unknown, faults: htmlFaults(text), shown: entitiesIn(text) };
  },
  github(text) {
    const lines = text.split("\n").filter((line) => line !== "");
    const own = lines.filter((line) => !line.includes("title=tokenward::"));
    return {
      fail: own.length + more(text),
      unknown: verdictsIn(text),
      faults: lines.flatMap(actionFaults),
      shown: text,
    };
  },
  "gitlab-codequality"(text) {
    const items = JSON.parse(text) as { check_name: string }[];
    const fail = items.filter(({ check_name }) => check_name !== "incomplete").length;
    return { fail, faults: codequalityFaults(items), shown: text };
  },
  "gitlab-sast"(text) {
    const report = JSON.parse(text) as { vulnerabilities: unknown[] };
    return { fail: report.vulnerabilities.length, faults: sastFaults(report), shown: text };
  },
  azure(text) {
    const lines = text
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "");
    const own = lines.filter((line) => line.includes(";code="));
    return {
      fail: own.length + more(text),
      unknown: verdictsIn(text),
      faults: lines.flatMap(azureFaults),
      shown: text,
    };
  },
  junit(text) {
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    const unread = count(/<error type="unread"/g);
    return {
      fail: count(/<failure /g),
      unknown: count(/<error /g) - unread,
      faults: junitFaults(text),
      shown: text,
    };
  },
  csv(text) {
    const rows = parseCsv(text, { columns: true, relax_quotes: false, record_delimiter: "\r\n" }) as { row: string }[];
    const count = (kind: string) => rows.filter(({ row }) => row === kind).length;
    const bare = text.replaceAll("\r\n", "").match(/[\r\n]/g) ? ["a line break inside a row"] : [];
    const formulas = rows.flatMap((row) => Object.values(row).filter((value) => /^[=+\-@\t\r]/.test(value)));
    return { fail: count("fail"), unknown: count("unknown"), faults: [...bare, ...formulas], shown: text };
  },
  ocsf(text) {
    const events = text
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as OcsfEvent);
    const judged = events.filter(({ compliance }) => compliance.control !== "coverage");
    const count = (status: number) => judged.filter(({ compliance }) => compliance.status_id === status).length;
    return {
      fail: count(3),
      unknown: count(2),
      faults: events.flatMap((event) => ocsfFaults(event)),
      shown: text,
    };
  },
  oscal(text) {
    const { observations = [] } = oscalResult(text);
    const verdicts = observations.flatMap(({ props = [] }) =>
      props.flatMap(({ name, value }) => (name === "verdict" ? [{ verdict: value }] : [])),
    );
    return { ...byVerdict(verdicts), faults: oscalFaults(text), shown: text };
  },
  owners(text) {
    const sum = (pattern: RegExp) => [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
    const heads = text.split("\n").filter((_, index, lines) => lines[index - 2]?.startsWith("## "));
    const fail = heads.flatMap((line) => [...line.matchAll(/(\d+) (?:critical|high|medium|low)/g)]);
    return {
      fail: fail.reduce((total, [, count]) => total + Number(count), 0),
      unknown: sum(/(\d+) verdicts? not possible/g),
      faults: markdownFaults(text),
      shown: entitiesIn(text),
    };
  },
  prometheus(text) {
    const sum = (verdict: string) =>
      [...text.matchAll(/^tokenward_findings\{(.*)\} (\d+)$/gm)]
        .filter(([, labels]) => labels?.includes(`verdict="${verdict}"`))
        .reduce((total, [, , value]) => total + Number(value), 0);
    return { fail: sum("fail"), unknown: sum("unknown"), faults: prometheusFaults(text) };
  },
};

interface OcsfEvent {
  compliance: { control: string; status_id: number };
}

/** Lines that a CI system is meant to obey; what is left must hold no command. */
export const commands: Partial<Record<FormatId, RegExp>> = {
  github: /^::(?:error|warning|notice) (?:[\w]+=[^:,\n]*,?)*::/gm,
  azure: /^##vso\[task\.logissue (?:\w+=[^\];\n]*;)*\]/gm,
};

function byVerdict(findings: readonly { verdict: string }[]): { fail: number; unknown: number } {
  const fail = findings.filter(({ verdict }) => verdict === "fail").length;
  return { fail, unknown: findings.length - fail };
}

function inWords(text: string): { fail: number; unknown: number } {
  const [, fail, unknown] =
    /: (\d+) fail(?: \([^)]*\))?, (\d+) unknown/.exec(text.trimEnd().split("\n").at(-1) ?? "") ?? [];
  return { fail: Number(fail), unknown: Number(unknown) };
}

function more(text: string): number {
  return sumOf(text, /and (\d+) more findings?, see/g);
}

function sumOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
}

function verdictsIn(text: string): number {
  return Number(/(\d+) verdicts? not possible/.exec(text)?.[1] ?? 0);
}

function entitiesIn(text: string): string {
  return text.replace(/&#8203;/g, "").replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
