import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entriesIn, readBaseline } from "../../src/config/baseline.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { manifest } from "../support/tokens.ts";
import { folderWith } from "./given.ts";

const { policies } = manifest({ id: "idle" }, { id: "no-owner", aliases: ["nobody"] });
const entry = (over: object = {}): object => ({
  token: "github/acme/pat/7",
  policy: "idle",
  severity: "high",
  accepted: "2029-06-30",
  ...over,
});
const fileOf = (...entries: unknown[]) => JSON.stringify({ version: 1, entries }, null, 1);
const read = (text: string) => entriesIn(text, "baseline.json", policies);

function faults(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof TokenwardError && error.code === "BASELINE_INVALID") return error.message.split("\n").slice(1);
    throw error;
  }
  return [];
}

describe("a baseline is refused", () => {
  it.each([
    { what: "without a token", over: { token: undefined }, fault: '5:3: entries[0]: the key "token" is missing' },
    { what: "with an empty policy", over: { policy: "" }, fault: "not empty" },
    { what: "with a severity that is none", over: { severity: "hihg" }, fault: 'did you mean "high"?' },
    { what: "with a day that is none", over: { accepted: "2029-02-30" }, fault: "expected a date" },
    { what: "with an instant as its last day", over: { until: "2029-06-30T00:00:00Z" }, fault: "expected a date" },
    {
      what: "with a misspelt key",
      over: { untill: "2029-06-30" },
      fault: 'unknown key "untill"; did you mean "until"?',
    },
  ])("$what", ({ over, fault }) => {
    expect(faults(fileOf(entry(over)).replace("[\n", "[\n\n")).join()).toContain(fault);
  });

  it.each([
    { what: "an empty file", text: " \n", fault: "baseline.json:1:1: the file is empty" },
    { what: "another version", text: '{"version": 2, "entries": []}', fault: "expected 1, found 2" },
    { what: "no list", text: '{"version": 1}', fault: 'the key "entries" is missing' },
    {
      what: "half a file",
      text: '{"version": 1, "entries": [',
      fault: "baseline.json:1:28: not valid JSON: a value is missing",
    },
    { what: "more behind its end", text: '{"version": 1, "entries": []} x', fault: "more text after the end" },
    {
      what: "an unresolved conflict",
      text: '{"version": 1,\n<<<<<<< HEAD\n',
      fault: "baseline.json:2:1: two versions",
    },
    {
      what: "a key that stands twice",
      text: fileOf(entry()).replace('"accepted"', '"accepted": "2020-01-01", "accepted"'),
      fault: "entries[0].accepted is written twice",
    },
    {
      what: "a finding that stands twice, once under a former name of its policy",
      text: fileOf(entry({ policy: "no-owner" }), entry({ policy: "nobody" })),
      fault: "baseline.json:10:3: entries[1] is about the same finding as the entry on line 4",
    },
  ])("with $what", ({ text, fault }) => {
    expect(faults(text).join()).toContain(fault);
  });

  it("for all its faults at once, in the order of the file", () => {
    const all = faults(fileOf(entry({ severity: "grave" }), entry({ accepted: 7 }), entry({ token: "" })));

    expect(all.map((line) => line.split(":")[1])).toEqual(["7", "14", "17"]);
  });
});

describe("a baseline", () => {
  it("holds its entries in their order, by the names that policies have now", () => {
    const text = fileOf(entry({ policy: "nobody" }), entry({ discriminator: "b", until: "2030-01-01" }));

    expect(read(text)).toMatchObject([{ policy: "no-owner" }, { policy: "idle", discriminator: "b" }]);
  });

  it("may be written in any layout, with texts that need an escape, and for policies that are gone", () => {
    const text = fileOf(entry({ discriminator: 'a "b"\n', policy: "long-gone" })).replaceAll("\n ", "\r\n\t");

    expect(read(text)).toMatchObject([{ discriminator: 'a "b"\n', policy: "long-gone" }]);
  });

  it("is read from a file that a message names as people see it", async () => {
    const cwd = await folderWith({});
    await writeFile(join(cwd, "known.json"), fileOf(entry()));
    const reading = (name: string) => readBaseline({ path: join(cwd, name), from: "--baseline" }, { cwd, policies });

    expect(await reading("known.json")).toMatchObject({ file: "known.json", entries: [{ severity: "high" }] });
    await expect(reading("gone.json")).rejects.toThrow("the baseline gone.json (--baseline) cannot be read");
  });
});
