import type { Result } from "../model/flow.ts";
import { json } from "../model/text.ts";
import { joined } from "./joined.ts";

/** One object a line: the run, every coverage event, every waiver, the baseline with its stale entries, every policy's verdicts, every finding, and last the summary with the decision. */
export async function* renderNdjson({ head, findings }: Result): AsyncIterable<string> {
  const {
    gate,
    summary,
    coverage,
    waivers = [],
    baseline,
    policies,
    schema_version,
    tool,
    as_of,
    bundle,
    profile,
    config,
    shard,
  } = head;
  // In the schema's order, so that a saved report gives the same bytes again.
  yield `{"run":${json({ schema_version, tool, as_of, bundle, profile, config, shard })}}\n`;
  for (const event of coverage) yield `{"coverage":${json(event)}}\n`;
  for (const waiver of waivers) yield `{"waiver":${json(waiver)}}\n`;
  if (baseline) {
    const { stale, ...told } = baseline;
    yield `{"baseline":${json(told)}}\n`;
    for (const entry of stale) yield `{"stale":${json(entry)}}\n`;
  }
  for (const { policy, verdicts } of policies) yield `{"policy":${json({ id: policy.id, verdicts })}}\n`;
  let isEmpty = true;
  for await (const piece of joined(findings, '}\n{"finding":')) {
    yield isEmpty ? `{"finding":${piece}` : piece;
    isEmpty = false;
  }
  if (!isEmpty) yield "}\n";
  yield `{"end":${json({ summary, gate })}}\n`;
}
