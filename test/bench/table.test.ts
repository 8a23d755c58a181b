import { describe, expect, it } from "vitest";
import type { Outcomes } from "../../bench/bench.ts";
import { humanTable, markdownTable, numbers } from "../../bench/table.ts";
import { isMet, keys, targets } from "../../bench/targets.ts";

const outcomes: Outcomes = {
  "judge.rss_1m_mb": { value: 400.4, low: 380, high: 410, runs: 5, from: "asked by /proc", note: "a note" },
  "judge.growth": { value: 1.04321, low: 1, high: 1.1, runs: 5, from: "10 ÷ 9" },
  "judge.vs_opa_eval": { missing: "there is no OPA" },
};

describe("isMet", () => {
  it.each([
    { key: "judge.growth", value: 1.1, met: true },
    { key: "judge.growth", value: 1.1001, met: false },
    { key: "judge.vs_opa_eval", value: 15, met: true },
    { key: "judge.vs_opa_eval", value: 14.999, met: false },
    { key: "judge.growth", value: Number.NaN, met: false },
    { key: "judge.vs_opa_eval", value: Number.NaN, met: false },
  ] as const)("says $met of $key at $value", ({ key, value, met }) => {
    expect(isMet(targets[key], value)).toBe(met);
  });
});

describe("humanTable", () => {
  const lines = humanTable(outcomes).split("\n");

  it("never calls met what could not be measured, and says why", () => {
    const line = lines.find((text) => text.startsWith("judge.vs_opa_eval"));

    expect(line).toMatch(/ - .* not measured .*there is no OPA$/);
    expect(line).not.toContain("yes");
  });

  it("shows a missed target although its number rounds to it", () => {
    expect(lines.find((text) => text.startsWith("judge.rss_1m_mb"))).toMatch(/400 MB +≤ 400 MB +NO +5 .*a note$/);
  });

  it("has one line for each measure in the fixed order, below its head", () => {
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "measure",
      "judge.vs_opa_eval",
      "judge.growth",
      "judge.rss_1m_mb",
      "",
    ]);
  });

  it("puts the columns below each other", () => {
    const places = lines.slice(0, -1).map((line) => line.search(/target|[≤≥]/));

    expect(new Set(places).size).toBe(1);
  });
});

describe("markdownTable", () => {
  it("says of each measure what it is, its target, its value and whether it is met", () => {
    expect(markdownTable(outcomes).split("\n").slice(2)).toEqual([
      `| \`judge.vs_opa_eval\` | ${targets["judge.vs_opa_eval"].what} | ≥ 15 | - | not measured |`,
      `| \`judge.growth\` | ${targets["judge.growth"].what} | ≤ 1.1 | 1.04 | yes |`,
      `| \`judge.rss_1m_mb\` | ${targets["judge.rss_1m_mb"].what} (a note) | ≤ 400 MB | 400 MB | NO |`,
      "",
    ]);
  });
});

describe("numbers", () => {
  it("has exactly the names of the measures, null where nothing was measured", () => {
    const found = numbers(outcomes);

    expect(Object.keys(found)).toEqual([...keys]);
    expect(found).toMatchObject({ "judge.growth": 1.043, "judge.vs_opa_eval": null, "files.vs_parse": null });
  });

  it("keeps beside the memory growth of a format its time and its memory", () => {
    const beside = { seconds: 7.123456, mb: 201.5 };

    const found = numbers({ "formats.csv": { value: 1.2, low: 1, high: 2, runs: 3, from: "", beside } });

    expect(found).toMatchObject({ "formats.csv": 1.2, "formats.csv.seconds": 7.123, "formats.csv.mb": 201.5 });
  });
});
