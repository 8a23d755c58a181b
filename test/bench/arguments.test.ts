import { describe, expect, it } from "vitest";
import { readArguments, USAGE } from "../../bench/arguments.ts";
import { keys, quickKeys } from "../../bench/targets.ts";

describe("readArguments", () => {
  it.each([
    { title: "an unknown option", args: ["--fast"], fault: "--fast" },
    { title: "a measure that there is not", args: ["--only", "judge.growth,judge.speed"], fault: "judge.speed" },
    { title: "a name that every object has", args: ["--only", "constructor"], fault: "constructor" },
    { title: "a list of nothing", args: ["--only", ""], fault: "no such measure" },
    { title: "--json without a file", args: ["--json"], fault: "--json" },
    { title: "an argument that belongs to nothing", args: ["judge.growth"], fault: "judge.growth" },
    { title: "a table of small sizes for the docs", args: ["--write-docs", "--quick"], fault: "full size" },
    { title: "half a table for the docs", args: ["--write-docs", "--only", "judge.growth"], fault: "every measure" },
  ])("refuses $title", ({ args, fault }) => {
    expect(readArguments(args)).toEqual({ fault: expect.stringContaining(fault) });
  });

  it("measures everything at full size without a word", () => {
    expect(readArguments([])).toEqual({ quick: false, help: false, writeDocs: false, only: new Set(keys) });
  });

  it("takes the options together", () => {
    const read = readArguments(["--quick", "--json", "out.json", "--only", "judge.growth, files.vs_parse"]);

    expect(read).toMatchObject({ quick: true, json: "out.json", only: new Set(["judge.growth", "files.vs_parse"]) });
  });

  it("takes a word for all measures that begin with it", () => {
    const read = readArguments(["--only", "start,formats.inventory"]);

    expect(read).toMatchObject({
      only: new Set([
        ...["start.version_vs_node", "start.check_100_workflows_vs_node"],
        ...["formats.inventory.ndjson", "formats.inventory.cyclonedx", "formats.inventory.ics"],
      ]),
    });
  });

  it("leaves most formats out where it has to be quick, unless they are asked for", () => {
    expect(readArguments(["--quick"])).toMatchObject({ only: new Set(quickKeys) });
    expect(quickKeys.filter((key) => key.startsWith("formats."))).toHaveLength(4);
    expect(readArguments(["--quick", "--only", "formats.html"])).toMatchObject({ only: new Set(["formats.html"]) });
  });

  it.each(keys)("names %s in its help", (key) => {
    expect(USAGE).toContain(key);
  });
});
