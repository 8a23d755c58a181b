import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { ndjson, quietNdjson, tokens } from "../../bench/tokens.ts";
import { workflows } from "../../bench/workflows.ts";
import { faultsIn } from "../../src/model/validate.ts";

describe("tokens", () => {
  it("are all as their schema says, and no two have one id", () => {
    const made = [...tokens(500)];

    expect(made.flatMap((token) => faultsIn("token", token))).toEqual([]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(500);
  });

  it("come in pieces that make the same lines", () => {
    const lines = [...ndjson(500)].join("").trimEnd().split("\n");

    expect(lines.map((line) => JSON.parse(line))).toEqual([...tokens(500)]);
  });

  it("are the same for the same seed and others for another", () => {
    expect([...ndjson(50, 7)]).toEqual([...ndjson(50, 7)]);
    expect([...ndjson(50, 7)]).not.toEqual([...ndjson(50, 8)]);
  });
});

describe("quiet tokens", () => {
  const read = (pieces: Iterable<string>) =>
    [...pieces]
      .join("")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const quiet = read(quietNdjson(100));

  it("are all as their schema says, and no two have one id or one principal", () => {
    expect(quiet.flatMap((token) => faultsIn("token", token))).toEqual([]);
    expect(new Set(quiet.map(({ id }) => id)).size).toBe(100);
    expect(new Set(quiet.map(({ principal }) => principal.id)).size).toBe(100);
  });

  it("are as many as the others, every tenth of them the same", () => {
    const same = read(ndjson(100)).flatMap((token, index) => (isDeepStrictEqual(token, quiet[index]) ? [index] : []));

    expect(same).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });
});

describe("workflows", () => {
  const made = [...workflows(300)];

  it("are sound YAML with jobs, under names of their own", () => {
    const documents = made.map(({ text }) => parseDocument(text));

    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents.filter((document) => !document.hasIn(["jobs", "job-0", "steps"]))).toEqual([]);
    expect(new Set(made.map(({ name }) => name)).size).toBe(300);
  });

  it("are about 2 KB each, and differ", () => {
    const size = made.reduce((total, { text }) => total + text.length, 0) / made.length;

    expect(size).toBeGreaterThan(1_700);
    expect(size).toBeLessThan(2_500);
    expect(new Set(made.map(({ text }) => text)).size).toBe(300);
  });
});
