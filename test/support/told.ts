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
  /** How many failed and unknown verdicts it tells of that count; absent: the format has no place for them. */
  fail?: number;
  unknown?: number;
  /** How many findings it tells of as waived. */
  waived?: number;
  /** How many it tells of as in the baseline. */
  known?: number;
  /** Everything that a validator nobody here wrote holds against it. */
  faults: readonly string[] | Promise<readonly string[]>;
  /** The text as its reader sees it, decoded; absent: the format names no token. */
  shown?: string;
}

/** Every format's reader; a new format has to say how it is checked. */
export const readers: Readonly<Record<FormatId, (text: string) => Told>> = {
  table: (text) => ({ ...inWords(text), faults: [], shown: text }),
  json(text) {
    const { findings } = JSON.parse(text) as { findings: Verdict[] };
    return { ...byVerdict(findings), faults: [], shown: text };
  },
  ndjson(text) {
    const lines = linesOf(text).map((line) => JSON.parse(line) as { finding?: Verdict });
    return { ...byVerdict(lines.flatMap(({ finding }) => (finding ? [finding] : []))), faults: [], shown: text };
  },
  sarif(text) {
    const { runs } = JSON.parse(text) as { runs: { results: unknown[] }[] };
    const waived = Number(/(\d+) findings? left out: waived/.exec(text)?.[1] ?? 0);
    const known = Number(/(\d+) findings? left out: in the baseline/.exec(text)?.[1] ?? 0);
    return { fail: runs[0]?.results.length ?? 0, waived, known, faults: sarifFaults(text), shown: text };
  },
  markdown(text) {
    const row = text.split("\n").filter((line) => line.startsWith("|"))[2] ?? "";
    const titles = (text.split("\n").find((line) => line.startsWith("|")) ?? "").split("|").map((cell) => cell.trim());
    const cells = row.split("|").map((cell) => Number(cell.trim()));
    const under = (title: string) => cells[titles.indexOf(title)];
    const [fail = Number.NaN, unknown = Number.NaN] = [under("Fail"), under("Unknown")];
    return {
      fail,
      unknown,
      waived: under("Waived") ?? 0,
      known: under("In baseline") ?? 0,
      faults: markdownFaults(text),
      shown: entitiesIn(text),
    };
  },
  html(text) {
    const rows = text.match(/<tr class="f">/g)?.length ?? 0;
    const counted = sumOf(text, /<p class="more">and (\d+) more \(/g);
    const unknown = sumOf(text, /<tr class="u"><th scope="row">.*?<\/th><td>(\d+)<\/td>/g);
    const [accepted = "", known = ""] = [
      /<section id="waived">[\s\S]*?<\/section>/,
      /<section id="baseline">[\s\S]*?<\/section>/,
    ].map((section) => section.exec(text)?.[0] ?? "");
    const listed = (section: string, row: RegExp) =>
      (section.match(row)?.length ?? 0) + sumOf(section, /<p class="more">and (\d+) more, in the CSV/g);
    const waived = listed(accepted, /<tr class="w">/g);
    return {
      fail: rows + counted,
      unknown,
      waived,
      known: listed(known, /<tr class="b">/g),
      faults: htmlFaults(text),
      shown: entitiesIn(text),
    };
  },
  github(text) {
    const lines = linesOf(text);
    const own = lines.filter((line) => !line.includes("title=tokenward::"));
    return {
      fail: own.length + more(text),
      unknown: verdictsIn(text),
      waived: acceptedIn(text, "waived"),
      known: acceptedIn(text, "in the baseline"),
      faults: lines.flatMap(actionFaults),
      shown: text,
    };
  },
  "gitlab-codequality"(text) {
    const items = JSON.parse(text) as { check_name: string; severity: string }[];
    const fail = items.filter(({ check_name, severity }) => check_name !== "incomplete" && severity !== "info").length;
    return { fail, faults: codequalityFaults(items), shown: text };
  },
  "gitlab-sast"(text) {
    const report = JSON.parse(text) as { vulnerabilities: unknown[] };
    return {
      fail: report.vulnerabilities.length,
      waived: acceptedIn(text, "waived"),
      known: acceptedIn(text, "in the baseline"),
      faults: sastFaults(report),
      shown: text,
    };
  },
  azure(text) {
    const lines = linesOf(text);
    const own = lines.filter((line) => line.includes(";code="));
    return {
      fail: own.length + more(text),
      unknown: verdictsIn(text),
      waived: acceptedIn(text, "waived"),
      known: acceptedIn(text, "in the baseline"),
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
      waived: count(/<skipped message="[^"]*; waived until/g),
      known: count(/<skipped message="[^"]*; in the baseline/g),
      faults: junitFaults(text),
      shown: text,
    };
  },
  csv(text) {
    const rows = parseCsv(text, { columns: true, relax_quotes: false, record_delimiter: "\r\n" }) as {
      row: string;
      waiver: string;
      baseline_since: string;
    }[];
    const open = rows.filter(({ waiver, baseline_since }) => waiver === "" && baseline_since === "");
    const count = (kind: string) => open.filter(({ row }) => row === kind).length;
    const known = rows.filter(({ baseline_since }) => baseline_since !== "").length;
    const waived = rows.filter(({ waiver }) => waiver !== "").length;
    const bare = text.replaceAll("\r\n", "").match(/[\r\n]/g) ? ["a line break inside a row"] : [];
    const formulas = rows.flatMap((row) => Object.values(row).filter((value) => /^[=+\-@\t\r]/.test(value)));
    return {
      fail: count("fail"),
      unknown: count("unknown"),
      waived,
      known,
      faults: [...bare, ...formulas],
      shown: text,
    };
  },
  ocsf(text) {
    const events = linesOf(text).map((line) => JSON.parse(line) as OcsfEvent);
    const judged = events.filter(({ compliance }) => compliance.control !== "coverage");
    const open = judged.filter(({ status_id }) => status_id === 1);
    const count = (status: number) => open.filter(({ compliance }) => compliance.status_id === status).length;
    return {
      fail: count(3),
      unknown: count(2),
      waived: judged.filter(({ comment }) => comment?.startsWith("waived")).length,
      known: judged.filter(({ comment }) => comment?.startsWith("in the baseline")).length,
      faults: events.flatMap((event) => ocsfFaults(event)),
      shown: text,
    };
  },
  oscal(text) {
    const { observations = [] } = oscalResult(text);
    const verdicts = observations.flatMap(({ props = [] }) => {
      const { verdict, waived, baseline } = Object.fromEntries(props.map(({ name, value }) => [name, value]));
      const accepted = {
        ...(waived === undefined ? {} : { waived: {} }),
        ...(baseline === undefined ? {} : { baseline: {} }),
      };
      return verdict === undefined ? [] : [{ verdict, ...accepted }];
    });
    return { ...byVerdict(verdicts), faults: oscalFaults(text), shown: text };
  },
  owners(text) {
    const heads = text.split("\n").filter((_, index, lines) => lines[index - 2]?.startsWith("## "));
    return {
      fail: sumOf(heads.join("\n"), /(\d+) (?:critical|high|medium|low)/g),
      unknown: sumOf(text, /(\d+) verdicts? not possible/g),
      waived: sumOf(text, /; (\d+) findings? waived/g),
      known: sumOf(text, /; (\d+) findings? in the baseline/g),
      faults: markdownFaults(text),
      shown: entitiesIn(text),
    };
  },
  prometheus(text) {
    const verdict = (word: string) =>
      sumOf(text, new RegExp(`^tokenward_findings\\{.*verdict="${word}".*\\} (\\d+)$`, "gm"));
    const waived = sumOf(text, /^tokenward_findings_waived\{.*\} (\d+)$/gm);
    const known = sumOf(text, /^tokenward_findings_baseline\{.*\} (\d+)$/gm);
    return { fail: verdict("fail"), unknown: verdict("unknown"), waived, known, faults: prometheusFaults(text) };
  },
};

interface OcsfEvent {
  status_id: number;
  comment?: string;
  compliance: { control: string; status_id: number };
}

/** Lines that a CI system is meant to obey; what is left must hold no command. */
export const commands: Partial<Record<FormatId, RegExp>> = {
  github: /^::(?:error|warning|notice) (?:[\w]+=[^:,\n]*,?)*::/gm,
  azure: /^##vso\[task\.logissue (?:\w+=[^\];\n]*;)*\]/gm,
};

interface Verdict {
  verdict: string;
  waived?: object;
  baseline?: object;
}

type Counts = Required<Pick<Told, "fail" | "unknown" | "waived" | "known">>;

function byVerdict(findings: readonly Verdict[]): Counts {
  const open = findings.filter(({ waived, baseline }) => !waived && !baseline);
  const fail = open.filter(({ verdict }) => verdict === "fail").length;
  const waived = findings.filter((one) => one.waived).length;
  return { fail, unknown: open.length - fail, waived, known: findings.length - open.length - waived };
}

function inWords(text: string): Counts {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const [, fail, of, unknown, among] = /: (\d+) fail(?: \(([^)]*)\))?, (\d+) unknown(?: \(([^)]*)\))?/.exec(last) ?? [];
  const counted = (what: string) => {
    const [failed = 0, unknowns = 0] = [of, among].map((counts) =>
      Number(new RegExp(`(\\d+) ${what}`).exec(counts ?? "")?.[1] ?? 0),
    );
    return { fail: failed, unknown: unknowns };
  };
  const [waived, known] = [counted("waived"), counted("in baseline")];
  return {
    fail: Number(fail) - waived.fail - known.fail,
    unknown: Number(unknown) - waived.unknown - known.unknown,
    waived: waived.fail + waived.unknown,
    known: known.fail + known.unknown,
  };
}

function acceptedIn(text: string, what: string): number {
  return Number(new RegExp(`(\\d+) findings? (?:is|are) ${what}`).exec(text)?.[1] ?? 0);
}

function more(text: string): number {
  return sumOf(text, /and (\d+) more findings?, see/g);
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
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
