import { type InventoryFormatId, inventoryFormatIds } from "../src/report/inventory-registry.ts";
import { type FormatId, formatIds } from "../src/report/registry.ts";

export interface Target {
  sign: "≥" | "≤";
  limit: number;
  unit?: "MB";
  /** What is divided by what, at full size. */
  what: string;
}

const named = {
  "judge.vs_opa_eval": {
    sign: "≥",
    limit: 15,
    what: "time of `opa eval` ÷ time of `judge`: the same policies, 50,000 tokens, JSON out",
  },
  "judge.vs_parse": {
    sign: "≤",
    limit: 6,
    what: "time of `judge` for 1,000,000 tokens, NDJSON in and out ÷ time of one thread that only reads and parses them",
  },
  "judge.growth": { sign: "≤", limit: 1.1, what: "time per token at 1,000,000 tokens ÷ at 100,000" },
  "judge.rss_1m_mb": {
    sign: "≤",
    limit: 400,
    unit: "MB",
    what: "peak resident memory at 1,000,000 tokens, all threads",
  },
  "judge.rss_growth": { sign: "≤", limit: 1.25, what: "peak resident memory at 1,000,000 tokens ÷ at 100,000" },
  "judge.two_threads": {
    sign: "≥",
    limit: 1.7,
    what: "time with `--jobs 1` ÷ time with `--jobs 2`, 300,000 tokens",
  },
  "start.version_vs_node": { sign: "≤", limit: 2, what: "time of `--version` ÷ time of `node -e 0`" },
  "start.check_100_workflows_vs_node": {
    sign: "≤",
    limit: 6,
    what: "time of `check` in a repository of 100 workflow files ÷ time of `node -e 0`",
  },
  "files.vs_parse": {
    sign: "≤",
    limit: 1.5,
    what: "time of `check` for 10,000 workflow files ÷ time of only reading and parsing them with `yaml`",
  },
} as const satisfies Record<string, Target>;

export type ReportKey = `formats.${FormatId}`;
export type InventoryKey = `formats.inventory.${InventoryFormatId}`;
export type Key = keyof typeof named | ReportKey | InventoryKey;

export function reportKey(id: FormatId): ReportKey {
  return `formats.${id}`;
}

export function inventoryKey(id: InventoryFormatId): InventoryKey {
  return `formats.inventory.${id}`;
}

/** A format whose memory grows with what it writes does not write it while it comes. */
const FLAT = { sign: "≤", limit: 1.25 } as const;

const reports = formatIds.map((id): [ReportKey, Target] => [
  reportKey(id),
  {
    ...FLAT,
    what: `peak resident memory of \`judge\` with 50,000 findings as \`${id}\` ÷ with 5,000, of as many tokens`,
  },
]);

const inventories = inventoryFormatIds.map((id): [InventoryKey, Target] => [
  inventoryKey(id),
  { ...FLAT, what: `peak resident memory of \`collect\` with 50,000 tokens as \`${id}\` ÷ with 5,000` },
]);

const ofFormats = Object.fromEntries([...reports, ...inventories]) as Record<ReportKey | InventoryKey, Target>;

/** Every number that the benchmark gives, in the order of its table. */
export const targets: Readonly<Record<Key, Target>> = { ...named, ...ofFormats };

export const keys = Object.keys(targets) as Key[];

/** Every so many formats one is measured where it has to be quick. */
const EVERY = 6;

/** What is measured in a minute: all but most of the formats. */
export const quickKeys: readonly Key[] = [
  ...(Object.keys(named) as Key[]),
  ...[...reports, ...inventories].filter((_, index) => index % EVERY === 0).map(([key]) => key),
];

export function isKey(text: string): text is Key {
  return Object.hasOwn(targets, text);
}

export function isMet({ sign, limit }: Target, value: number): boolean {
  return sign === "≥" ? value >= limit : value <= limit;
}
