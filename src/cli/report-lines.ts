import { createReadStream } from "node:fs";
import type { Finding } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import type { Result } from "../model/flow.ts";
import { readLines } from "../model/lines.ts";
import { dangerIn, parseReport } from "../model/report.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { isValid } from "../model/validate.ts";
import { readReport } from "./report.ts";

const OPENING = '  "findings": [';
const END = ["  ]", "}"];

/**
 * A saved report whose findings are read from the file while somebody asks for them, once: of any size, because tokenward
 * writes a finding a line. One that is laid out otherwise, or that is not sound, is read whole.
 */
export async function openReport(file: string): Promise<Result> {
  const lines = linesOf(file);
  let head = "";
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    if (next.value === OPENING) {
      const { head: parsed } = parseReport(`${head}  "findings": []\n}`, file);
      return {
        head: parsed,
        findings: findingsIn(lines, file, new Set(parsed.policies.map(({ policy }) => policy.id))),
      };
    }
    head += `${next.value}\n`;
  }
  return readReport(file);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    for await (const { text } of readLines(createReadStream(file, { highWaterMark: 256 * 1024 }))) yield text;
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("REPORT_UNREADABLE", { file, reason: reasonOf(cause) }, { cause });
  }
}

async function* findingsIn(
  lines: AsyncGenerator<string>,
  file: string,
  policies: ReadonlySet<string>,
): AsyncIterable<Finding> {
  const seen = new Set<string>();
  const end: string[] = [];
  for await (const line of lines) {
    const finding = end.length === 0 ? findingOf(line) : undefined;
    if (finding && policies.has(finding.policy) && !seen.has(finding.id)) {
      seen.add(finding.id);
      yield finding;
    } else if (end.push(line) > END.length) break;
  }
  if (end.join("") === END.join("")) return;
  // What is wrong with it is best told by who sees all of it; perhaps it is only laid out in another way.
  const { findings } = await readReport(file);
  for await (const finding of findings) if (!seen.has(finding.id)) yield finding;
}

function findingOf(line: string): Finding | undefined {
  const value = line.startsWith("    {") ? parsedJson(line.replace(/,$/, "")) : undefined;
  return isValid("finding", value) && dangerIn(value) === undefined ? value : undefined;
}
