import { describe, expect, it } from "vitest";
import { numberSentences, reasonedNumbers } from "../../src/report/numbers.ts";
import { finding, policy } from "./results.ts";

const count = policy({ id: "too-old", params: { most: { type: "integer", default: 1, doc: "" } } });
const set = (value: number, kind = "a/b") =>
  finding({ thresholds: { most: { value, source: `x:${value}`, reason: "because" } }, token: { kind } });

describe("the numbers of a group", () => {
  it("are not told where they are built in, or set without a word", () => {
    const numbers = reasonedNumbers();

    numbers.add(finding());
    numbers.add(finding({ thresholds: { most: { value: 3, source: "tokenward.yaml:2:9" } } }));

    expect(numbers.lines(count)).toEqual([]);
  });

  it("are counted past the fifth, and kinds past the third", () => {
    const numbers = reasonedNumbers();

    for (const kind of ["a/1", "a/2", "a/3", "a/4", "a/1"]) numbers.add(set(0, kind));
    for (const value of [1, 2, 3, 4, 5, 6]) numbers.add(set(value));

    expect(numbers.lines(count)).toEqual([
      "most 0 for a/1, a/2, a/3 and 1 more kind at x:0: because",
      ...[1, 2, 3, 4].map((value) => `most ${value} for a/b at x:${value}: because`),
      "and others, for 2 more findings",
    ]);
  });

  it("are told as they are where the policy is not known", () => {
    const numbers = reasonedNumbers();

    numbers.add(set(7));

    expect(numbers.lines(undefined)).toEqual(["most 7 for a/b at x:7: because"]);
  });
});

it("the numbers of one finding are a sentence each", () => {
  expect(numberSentences(set(7), count)).toEqual(["The number most 7 is set at x:7: because"]);
});
