import { countGaps } from "../model/coverage.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { writeShard } from "../model/shard.ts";
import { counts } from "./counts.ts";
import { knownIn, waivedIn } from "./waived.ts";
import { widthOf } from "./width.ts";

/** The run in one line: tokens, verdicts, coverage, decision; less of it where the full line does not fit the screen. */
export function summaryLine(head: Head, columns: number): string {
  return [line(head, 0), line(head, 1)].find((one) => widthOf(one) <= columns) ?? line(head, 2);
}

function line({ summary, gate, shard }: Head, shortened: 0 | 1 | 2): string {
  const { fail, unknown, pass, not_applicable } = summary.verdicts;
  const { critical, high, medium, low } = summary.severities;
  const [waived, known] = [waivedIn(summary), knownIn(summary)];
  const inside = (all: Readonly<Record<string, number>>) => counts(all) && ` (${counts(all)})`;
  const severities = shortened === 0 ? { critical, high, medium, low } : {};
  const verdicts = [
    `${fail} fail${inside({ ...severities, waived: waived.fail, "in baseline": known.fail })}`,
    `${unknown} unknown${inside({ waived: waived.unknown, "in baseline": known.unknown })}`,
    `${pass} pass`,
    ...(shortened === 0 ? [`${not_applicable} not applicable`] : []),
  ];
  const { read, empty, denied, failed } = summary.coverage;
  const asked =
    shortened === 2 && countGaps(summary.coverage) > 0 ? { denied, failed } : { read, empty, denied, failed };
  const coverage = `${shortened < 2 ? "coverage " : ""}${counts(asked) || "nothing asked"}`;
  const state = gate.incomplete ? `: INCOMPLETE${gate.allow_incomplete ? " (allowed)" : ""}` : "";
  const exit = `exit ${gate.exit_code}${shortened < 2 ? ` (fail on ${gate.fail_on})` : ""}`;
  const part = shard ? `shard ${writeShard(shard)}: ` : "";
  return `${part}${number(summary.tokens, "token")}: ${verdicts.join(", ")}; ${coverage}${state}; ${exit}`;
}
