import { expect, it } from "vitest";
import { registerRows } from "../../src/cli/register-rows.ts";

const pattern = (line: number, rank: number) => ({ by: `tokens.yaml:${line}`, selector: "name a*", rank });

it("says nothing where there is no register", () => {
  expect(registerRows(undefined)).toEqual([]);
});

it("says that no entry matches", () => {
  expect(registerRows([])).toEqual([["  none", "no entry matches this token"]]);
});

it("says which entry counts, and why the others do not", () => {
  expect(registerRows([{ by: "tokens.yaml:9", selector: "t/1" }, pattern(3, 2), pattern(5, 2), pattern(7, 1)])).toEqual(
    [
      ["  tokens.yaml:9", "counts: the exact id"],
      ["  tokens.yaml:3", "does not count: 2 fixed characters in name a*"],
      ["  tokens.yaml:5", "does not count: 2 fixed characters in name a* too, but it stands later"],
      ["  tokens.yaml:7", "does not count: 1 fixed character in name a*"],
    ],
  );
});

it("names a few of many", () => {
  const rows = registerRows(Array.from({ length: 20 }, (_, line) => pattern(line, 1)));

  expect(rows).toHaveLength(9);
  expect(rows.at(-1)).toEqual(["  …", "and 12 more"]);
});
