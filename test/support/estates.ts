import { createHash } from "node:crypto";
import { seeded, shuffled } from "./tokens.ts";

/** A folder with a configuration and all that its sources read. */
export type Estate = Readonly<Record<string, string>>;

type Random = () => number;
type Record_ = Readonly<Record<string, unknown>>;

const ACCOUNT = "acme/shop";
/** Names that sort otherwise by number, by case, by locale and by code unit than they come. */
const NAMES = ["b", "a10", "a9", "B", "ä", "z/1", "z-1", "_"] as const;
const FORMATS = ["csv", "ndjson", "json", "yaml", "inventory"] as const;

/**
 * What a company may have lying about, made from a seed: files in every format, in and out of the order of their names,
 * ids that stand twice within and across files and in workflows, records that are refused, and files that are broken, empty or gone.
 */
export function estate(seed: number): Estate {
  const random = seeded(seed + 1);
  const ids = Array.from({ length: 6 + below(12, random) }, (_, index) => `job-${index}`);
  const files = shuffled(NAMES, random)
    .slice(0, 2 + below(4, random))
    .map((name) => inventoryFile(name, ids, random));
  const workflows = Array.from({ length: below(5, random) }, (_, index) => workflowFile(index, random));
  const sources = shuffled(
    [
      ...files.map(([path]) => path),
      ...(random() < 0.5 ? ["*.csv"] : []),
      ...(random() < 0.3 ? ["gone.json"] : []),
      ...(random() < 0.3 && files[0] ? [files[0][0]] : []),
    ].map((path) => `  - { use: file, path: ${JSON.stringify(path)} }`),
    random,
  );
  if (random() < 0.8)
    sources.splice(below(sources.length + 1, random), 0, `  - { use: workflows, account: ${ACCOUNT} }`);
  return Object.fromEntries([
    ["tokenward.yaml", `version: 1\nsources:\n${sources.join("\n")}\n`],
    ...files,
    ...workflows,
  ]);
}

function below(count: number, random: Random): number {
  return Math.floor(random() * count);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[below(items.length, random)] as Item;
}

function inventoryFile(name: string, ids: readonly string[], random: Random): [path: string, text: string] {
  const format = pick(FORMATS, random);
  const records = Array.from({ length: below(14, random) }, () => aRecord(ids, random));
  if (format === "csv") return [`${name}.csv`, csv(records, random)];
  if (format === "inventory") return [`${name}.ndjson`, inventory(records, random)];
  if (format === "ndjson") return [`${name}.ndjson`, ndjson(records, random)];
  const text = random() < 0.15 ? "[" : `[${records.map((record) => JSON.stringify(record)).join(", ")}]\n`;
  return [`${name}.${format}`, text];
}

/** One in five is refused; ids come from few, and some of them are those of workflow jobs. */
function aRecord(ids: readonly string[], random: Random): Record_ {
  if (random() < 0.08) return pick([{}, { kind: "npm/x" }, { kind: "", account: "acme", native_id: 7 }], random);
  const token = {
    ...(random() < 0.15
      ? { id: jobId(below(5, random)), kind: "github/workflow-token" }
      : { kind: "github/classic-pat", native_id: pick(ids, random) }),
    account: ACCOUNT,
    name: pick(["deploy", "büild 🗝️", "=1+1", "a,b\t'c", "\u0085 x"], random),
    owner: pick(["team-reporting", "none"], random),
    status: "active",
    created: pick(["2028-01-01T00:00:00Z", "2029-12-01T00:00:00Z"], random),
    expires: pick(["never", "2029-06-01T00:00:00Z", "2030-02-01T00:00:00Z"], random),
  };
  return random() < 0.1 ? { ...token, created: "yesterday" } : token;
}

function jobId(index: number): string {
  return `github/${ACCOUNT}/workflow-token/w${index}.yml/build`;
}

function csv(records: readonly Record_[], random: Random): string {
  const columns = ["kind", "native_id", "id", "account", "name", "owner", "status", "created", "expires"];
  const cell = (value: unknown) => (value === undefined ? "" : `"${String(value).replaceAll('"', '""')}"`);
  const rows = [columns, ...records.map((record) => columns.map((column) => cell(record[column])))];
  if (random() < 0.2) rows.splice(below(rows.length, random) + 1, 0, ["too", "few"]);
  return rows.map((row) => `${row.join(",")}${pick(["\n", "\r\n"], random)}`).join("");
}

function ndjson(records: readonly Record_[], random: Random): string {
  const lines = records.map((record) => JSON.stringify(record));
  if (random() < 0.4)
    lines.splice(below(lines.length + 1, random), 0, pick(["{ no record", "", "[1]", "null"], random));
  return lines.map((line) => `${line}\n`).join("");
}

/** As `collect` writes it, with the coverage of its own sources: sometimes cut off, sometimes changed afterwards. */
function inventory(records: readonly Record_[], random: Random): string {
  const about = { source: "github", account: ACCOUNT, subject: "tokens of the organisation" };
  const coverage = Array.from({ length: 1 + below(3, random) }, (_, page) => ({
    coverage: { ...about, outcome: pick(["read", "denied", "empty"], random), items: page === 0 ? records.length : 0 },
  }));
  const tool = { name: "tokenward", version: "0.1.0" };
  const header = { schema_version: 1, tool, as_of: "2030-01-01T00:00:00Z", sources: [{ use: "github" }] };
  const lines = [{ header }, ...records.map((record) => ({ token: collected(record, random) })), ...coverage];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const fate = random();
  if (fate < 0.3) return body;
  const sha256 = createHash("sha256")
    .update(fate < 0.6 ? "changed" : body)
    .digest("hex");
  return `${body}${JSON.stringify({ end: { tokens: records.length, coverage: coverage.length, sha256 } })}\n`;
}

const UNTOLD = ["principal", "rotated", "last_used", "grants", "reach", "network", "environment"] as const;

/** A record as collectors hand it on; some have been read from workflows, so that they belong with their file. */
function collected({ native_id: native, ...record }: Record_, random: Random): Record_ {
  const index = below(5, random);
  const place = { uri: `.github/workflows/w${index}.yml`, line: 3, column: 1 };
  return {
    ...record,
    ...(native === undefined ? {} : { id: `github/${ACCOUNT}/classic-pat/${String(native)}` }),
    ...(random() < 0.3
      ? { id: jobId(index), location: place, workflow: { permissions_from: "job", triggers: ["push"] } }
      : {}),
    provider: "github",
    owner: record.owner === "none" ? null : record.owner,
    expires: record.expires === "never" ? null : record.expires,
    unknown: Object.fromEntries(UNTOLD.map((field) => [field, "not-exposed"])),
  };
}

function workflowFile(index: number, random: Random): [path: string, text: string] {
  const job = (key: string, permissions: string) =>
    `  ${key}: { runs-on: ubuntu-latest, permissions: ${permissions}, steps: [] }\n`;
  const text = pick(
    [
      `on: push\njobs:\n${job("build", "write-all")}${job("test", "{ contents: read }")}`,
      `on: [push, pull_request_target]\njobs:\n${job("build", "{ contents: writ, packages: write }")}`,
      "on: push\njobs:\n  call: { uses: ./.github/workflows/nowhere.yml }\n",
      "on: push\njobs: [\n",
      "",
    ],
    random,
  );
  return [`.github/workflows/w${index}.yml`, text];
}
