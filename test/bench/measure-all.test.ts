import { describe, expect, it } from "vitest";
import { type Bench, type Measure, quick } from "../../bench/bench.ts";
import { measureAll } from "../../bench/measure-all.ts";
import { procStatus } from "../../bench/meter.ts";
import { CommandFailed, node } from "../../bench/process.ts";
import { keys } from "../../bench/targets.ts";

const bench: Bench = {
  folder: ".",
  sizes: quick,
  meter: procStatus(),
};
const number = { value: 1, low: 1, high: 1, runs: 1, from: "" };
const sound: Measure = {
  keys: ["judge.growth", "judge.rss_growth"],
  run: async () => ({ "judge.growth": number, "judge.rss_growth": number }),
};
const failing: Measure = {
  keys: ["files.vs_parse"],
  run: async () => {
    throw new CommandFailed(node(["main.js"]), "2", "no policies");
  },
};

describe("measureAll", () => {
  it("tells a failed command, counts it, and keeps the other results", async () => {
    const said: string[] = [];

    const found = await measureAll([failing, sound], { bench, only: new Set(keys), say: (text) => said.push(text) });

    expect(found).toEqual({
      failures: 1,
      outcomes: {
        "files.vs_parse": { missing: "a command failed, see above" },
        "judge.growth": number,
        "judge.rss_growth": number,
      },
    });
    expect(said.join("\n")).toContain("ended with 2\nno policies");
  });

  it("lets a fault of its own end the benchmark", async () => {
    const broken: Measure = { keys: ["files.vs_parse"], run: async () => Promise.reject(new TypeError("a bug")) };

    await expect(measureAll([broken], { bench, only: new Set(keys), say: () => {} })).rejects.toThrow("a bug");
  });

  it("runs only what was asked for, and of a group gives only that", async () => {
    const found = await measureAll([failing, sound], { bench, only: new Set(["judge.growth"]), say: () => {} });

    expect(found).toEqual({ failures: 0, outcomes: { "judge.growth": number } });
  });
});
