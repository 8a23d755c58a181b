import type { Log, Result, Run } from "sarif";

/** A run of so many results, each with its own fingerprint; the numbers say which. */
export function runOf(numbers: readonly number[], more: Partial<Run> = {}): Run {
  const driver = { name: "tokenward", rules: [{ id: "too-old" }] };
  return { tool: { driver }, invocations: [{ executionSuccessful: true }], ...more, results: numbers.map(resultOf) };
}

export function sarifOf(...runs: readonly Run[]): string {
  return JSON.stringify({ $schema: "https://example.com/sarif.json", version: "2.1.0", runs: [...runs] } satisfies Log);
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function resultOf(number: number): Result {
  const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return {
    ruleId: "too-old",
    message: { text: `token ${number} is too old` },
    locations: [{ physicalLocation: { artifactLocation: { uri: `tokens/${number}` }, region } }],
    partialFingerprints: { primaryLocationLineHash: `${number.toString(16).padStart(16, "0")}:1` },
  };
}
