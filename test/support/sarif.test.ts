import { expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.ts";
import { company } from "../report/company.ts";
import { plain, text } from "../report/results.ts";
import { codeqlFaults, ingestionFaults, oasisFaults, sarifFaults } from "./sarif.ts";

const run = "runs.0";
const one = `${run}.results.0`;
const place = `${one}.locations.0.physicalLocation`;
const rule = `${run}.tool.driver.rules.0`;
const tags = Array.from({ length: 11 }, (_, index) => `tag-${index}`);

/** One good file, broken in one place; `to` is left out where the place is taken away, `from` where it becomes a copy. */
const mutants: { defect: string; at: string; to?: unknown; from?: string; by: string[] }[] = [
  { defect: "no locations", at: `${one}.locations`, by: ["ingestion"] },
  { defect: "empty locations", at: `${one}.locations`, to: [], by: ["ingestion"] },
  { defect: "only a logical location", at: place, by: ["ingestion"] },
  { defect: "an empty uri", at: `${place}.artifactLocation.uri`, to: "", by: ["ingestion"] },
  { defect: "a uri with spaces", at: `${place}.artifactLocation.uri`, to: "a b.yml", by: ["oasis", "ingestion"] },
  { defect: "an https uri", at: `${place}.artifactLocation.uri`, to: "https://example.com/a", by: ["ingestion"] },
  { defect: "an ARN as uri", at: `${place}.artifactLocation.uri`, to: "arn:aws:iam::1:user/a", by: ["ingestion"] },
  { defect: "an absolute file uri", at: `${place}.artifactLocation.uri`, to: "file:///srv/a.yml", by: ["ingestion"] },
  { defect: "an absolute path", at: `${place}.artifactLocation.uri`, to: "/srv/a.yml", by: ["ingestion"] },
  { defect: "a uri that climbs", at: `${place}.artifactLocation.uri`, to: "../a.yml", by: ["ingestion"] },
  { defect: "no region", at: `${place}.region`, by: ["ingestion"] },
  { defect: "a region without start", at: `${place}.region`, to: { endLine: 1 }, by: ["oasis", "ingestion"] },
  { defect: "line 0", at: `${place}.region.startLine`, to: 0, by: ["oasis", "codeql", "ingestion"] },
  { defect: "a region of no width", at: `${place}.region.endColumn`, to: 1, by: ["ingestion"] },
  { defect: "no message", at: `${one}.message.text`, to: " ", by: ["ingestion"] },
  { defect: "a level that is none", at: `${one}.level`, to: "high", by: ["oasis", "codeql"] },
  { defect: "a suppression", at: `${one}.suppressions`, to: [{ kind: "external" }], by: ["ingestion"] },
  {
    defect: "a suppression of no kind",
    at: `${one}.suppressions`,
    to: [{ kind: "ours" }],
    by: ["oasis", "codeql", "ingestion"],
  },
  { defect: "a guid that is none", at: `${one}.guid`, to: "1", by: ["oasis", "codeql"] },
  {
    defect: "a date that is none",
    at: `${run}.invocations.0.startTimeUtc`,
    to: "today",
    by: ["oasis", "codeql", "ingestion"],
  },
  { defect: "a word as severity", at: `${rule}.properties.security-severity`, to: "high", by: ["ingestion"] },
  { defect: "a severity over 10", at: `${rule}.properties.security-severity`, to: "10.5", by: ["ingestion"] },
  { defect: "a severity that is no text", at: `${rule}.properties.security-severity`, to: 8.5, by: ["ingestion"] },
  { defect: "11 tags", at: `${rule}.properties.tags`, to: tags, by: ["ingestion"] },
  { defect: "an unlisted rule", at: `${one}.ruleId`, to: "not-ours", by: ["ingestion"] },
  { defect: "a rule index out of range", at: `${one}.ruleIndex`, to: 99, by: ["ingestion"] },
  { defect: "another rule's index", at: `${one}.ruleIndex`, to: 1, by: ["ingestion"] },
  { defect: "a rule without help", at: `${rule}.help`, by: ["ingestion"] },
  { defect: "a rule without description", at: `${rule}.shortDescription`, by: ["ingestion"] },
  { defect: "a description over 1024", at: `${rule}.fullDescription.text`, to: "a".repeat(1025), by: ["ingestion"] },
  {
    defect: "one rule twice",
    at: `${run}.tool.driver.rules.6`,
    from: rule,
    by: ["oasis", "codeql", "ingestion"],
  },
  {
    defect: "one tag twice",
    at: `${rule}.properties.tags.1`,
    to: "security",
    by: ["oasis", "codeql", "ingestion"],
  },
  { defect: "an unknown property", at: `${one}.colour`, to: "red", by: ["oasis", "codeql"] },
  { defect: "two runs", at: "runs.1", from: run, by: ["ingestion"] },
  { defect: "missing results", at: `${run}.results`, by: ["ingestion"] },
  { defect: "a category without slash", at: `${run}.automationDetails`, to: { id: "nightly" }, by: ["ingestion"] },
  {
    defect: "one fingerprint twice",
    at: `${run}.results.1.partialFingerprints`,
    from: `${one}.partialFingerprints`,
    by: ["ingestion"],
  },
  { defect: "no fingerprint", at: `${one}.partialFingerprints`, by: ["ingestion"] },
  { defect: "a passing result", at: `${one}.kind`, to: "pass", by: ["ingestion"] },
];

it.each(mutants)("finds $defect", async ({ at, to, from, by }) => {
  const log: unknown = JSON.parse(await text(renderSarif(company(), plain)));
  change(log, at, from === undefined ? to : read(log, from));

  const faults = { oasis: oasisFaults(log), codeql: codeqlFaults(log), ingestion: ingestionFaults(log) };

  expect(Object.entries(faults).flatMap(([name, found]) => (found.length > 0 ? [name] : []))).toEqual(by);
  expect(sarifFaults(log)).toHaveLength(Object.values(faults).flat().length);
});

function read(value: unknown, path: string): unknown {
  return path.split(".").reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function change(log: unknown, path: string, to: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = read(log, keys.join(".")) as Record<string, unknown>;
  if (to === undefined) delete parent[last];
  else parent[last] = structuredClone(to);
}
