import type { Result } from "../model/flow.ts";
import { json } from "../model/text.ts";
import { jsonArray } from "./json-array.ts";

/** The report document of `schemas/report.json`: the head first, in the schema's order, then a finding a line. */
export async function* renderJson({ head, findings }: Result): AsyncIterable<string> {
  const {
    schema_version,
    tool,
    as_of,
    bundle,
    profile,
    config,
    shard,
    parameters,
    disabled,
    waivers,
    baseline,
    gate,
    summary,
    coverage,
    policies,
  } = head;
  const run = { schema_version, tool, as_of, bundle, profile, config, shard, parameters, disabled };
  yield "{\n";
  yield* members(run);
  if (waivers) {
    yield '  "waivers": ';
    yield* jsonArray(waivers, "  ");
    yield ",\n";
  }
  yield* members({ baseline, gate, summary });
  yield '  "coverage": ';
  yield* jsonArray(coverage, "  ");
  yield ',\n  "policies": ';
  yield* jsonArray(policies, "  ");
  yield ',\n  "findings": ';
  yield* jsonArray(findings, "  ");
  yield "\n}\n";
}

function* members(of: object): Iterable<string> {
  for (const [key, value] of Object.entries(of)) if (value !== undefined) yield `  "${key}": ${json(value)},\n`;
}
