import { isGap } from "../model/coverage.ts";
import type { Finding } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { visible } from "../model/text.ts";

/** A hostile inventory may name any number of providers, and each would be series of its own for ever. */
const PROVIDERS = 100;

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** Gauges in Prometheus' text format, for the textfile collector: counts only, no token's name. */
export async function* renderPrometheus({ head, findings }: Result): AsyncIterable<string> {
  const { told, waived, known } = await count(findings);
  yield* family("build_info", "Version of the program.", [[{ version: head.tool.version }, 1]]);
  yield* family("last_run_timestamp_seconds", "Instant that the tokens were judged as of.", [
    [{}, Date.parse(head.as_of) / 1000],
  ]);
  yield* family("run_incomplete", "1 where not everything was read that was asked for.", [
    [{}, head.gate.incomplete ? 1 : 0],
  ]);
  yield* family("run_exit_code", "Exit code of the run.", [[{}, head.gate.exit_code]]);
  yield* family("tokens", "Tokens judged.", [[{}, head.summary.tokens]]);
  yield* family("verdicts", "Verdicts by kind.", entries(head.summary.verdicts, "verdict"));
  yield* family("reads", "Reads by outcome.", entries(head.summary.coverage, "outcome"));
  yield* family("source_up", "1 where everything asked of a source was read.", sources(head));
  yield* family("findings", "Findings worth telling that are neither waived nor in the baseline.", told);
  yield* family("findings_waived", "Findings that a waiver covers.", waived);
  yield* family("findings_baseline", "Findings in the baseline.", known);
  yield* family("waivers", "Waivers by state.", waiverStates(head));
  yield* family("baseline_entries", "Entries of the baseline by state.", entryStates(head));
}

async function count(findings: Result["findings"]): Promise<Record<State, Sample[]>> {
  const empty = () => new Map<string, [Labels, number]>();
  const all: Record<State, ReturnType<typeof empty>> = { told: empty(), waived: empty(), known: empty() };
  const providers = new Set<string>();
  for await (const { policy, severity, verdict, token, ...finding } of findings) {
    const samples = all[finding.waived ? "waived" : finding.baseline ? "known" : "told"];
    const provider = named(token.provider, providers);
    const labels = { policy, severity, provider, verdict };
    const key = JSON.stringify(labels);
    const sample = samples.get(key) ?? [labels, 0];
    sample[1] += 1;
    samples.set(key, sample);
  }
  return { told: ordered(all.told), waived: ordered(all.waived), known: ordered(all.known) };
}

type State = "told" | "waived" | "known";

function ordered(samples: ReadonlyMap<string, Sample>): Sample[] {
  return [...samples].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sample]) => sample);
}

function waiverStates({ waivers }: Head): Sample[] {
  if (!waivers) return [];
  const expired = waivers.filter((one) => one.expired).length;
  const unused = waivers.filter((one) => !one.expired && one.findings === 0).length;
  return entries({ used: waivers.length - expired - unused, unused, expired }, "state");
}

function entryStates({ baseline }: Head): Sample[] {
  if (!baseline) return [];
  const { findings, lapsed, waived, unjudged, stale } = baseline;
  return entries({ used: findings, lapsed, waived, unjudged, stale: stale.length }, "state");
}

function named(provider: Finding["token"]["provider"], known: Set<string>): string {
  if (known.size < PROVIDERS) known.add(provider);
  return known.has(provider) ? provider : "other";
}

function sources({ coverage }: Head): Sample[] {
  const up = new Map<string, number>();
  for (const { source, outcome } of coverage) {
    up.set(source, isGap(outcome) ? 0 : (up.get(source) ?? 1));
  }
  return [...up].sort(([one], [other]) => (one < other ? -1 : 1)).map(([source, value]) => [{ source }, value]);
}

function entries(counts: object, label: string): Sample[] {
  return Object.entries(counts).map(([name, value]) => [{ [label]: name }, Number(value)]);
}

function* family(name: string, help: string, samples: readonly Sample[]): Iterable<string> {
  if (samples.length === 0) return;
  yield `# HELP tokenward_${name} ${help}\n# TYPE tokenward_${name} gauge\n`;
  for (const [labels, value] of samples) yield `tokenward_${name}${written(labels)} ${value}\n`;
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(text: string): string {
  return visible(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
