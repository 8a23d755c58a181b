import type { Finding } from "../model/documents.gen.ts";
import type { Findings, Result } from "../model/flow.ts";
import { json } from "../model/text.ts";

/** One object a line: the run, every coverage event, every policy's verdicts, every finding, and last the summary with the decision. */
export async function* renderNdjson({ head, findings }: Result): AsyncIterable<string> {
  const { gate, summary, coverage, policies, schema_version, tool, as_of, bundle, profile, config, shard } = head;
  // In the schema's order, so that a saved report gives the same bytes again.
  yield `{"run":${json({ schema_version, tool, as_of, bundle, profile, config, shard })}}\n`;
  for (const event of coverage) yield `{"coverage":${json(event)}}\n`;
  for (const { policy, verdicts } of policies) yield `{"policy":${json({ id: policy.id, verdicts })}}\n`;
  for await (const text of texts(findings)) yield `{"finding":${text}}\n`;
  yield `{"end":${json({ summary, gate })}}\n`;
}

/** Findings as the JSON they are kept as, where they are kept so. */
function texts(findings: Findings | AsyncIterable<Finding>): Iterable<string> | AsyncIterable<string> {
  if ("texts" in findings && findings.texts) return findings.texts();
  return written(findings);
}

async function* written(findings: Iterable<Finding> | AsyncIterable<Finding>): AsyncIterable<string> {
  for await (const finding of findings) yield json(finding);
}
