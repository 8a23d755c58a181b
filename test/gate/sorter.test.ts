import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { merged, textOf } from "../../src/gate/runs.ts";
import { openSorter } from "../../src/gate/sorter.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokenward-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A line of ten bytes, its end counted. */
const line = (number: number) => Buffer.from(`${String(number).padStart(9, "0")}\n`);
const onDisk = () => readdirSync(folder).map((name) => statSync(join(folder, name)).size);
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

it.each([1, 127, 128, 129, 200, 128 * 128 + 3])("gives %i runs back in one order", (count) => {
  const sorter = openSorter(() => folder, "lines", 1);
  for (let index = 0; index < count; index += 1) sorter.add(line((index * 7_919) % count));

  const found = Array.from(merged(sorter.close()), (one) => Number(textOf(one)));

  expect(found).toEqual([...found].sort((one, other) => one - other));
  expect(found).toHaveLength(count);
});

it("keeps each line once on disk, and few files, however many runs were merged", () => {
  const sorter = openSorter(() => folder, "lines", 1);

  for (let index = 1; index <= 1_000; index += 1) {
    sorter.add(line(index));

    expect(sum(onDisk())).toBe(10 * index);
    expect(onDisk().length).toBeLessThan(2 * 128);
  }
});

it("writes a line again only where files of its own size are merged", () => {
  const sorter = openSorter(() => folder, "lines", 1);
  for (let index = 0; index < 128 * 10; index += 1) sorter.add(line(index));

  expect(onDisk().sort((one, other) => one - other)).toEqual(Array(10).fill(1_280));
});

it("orders lines that begin alike for hundreds of bytes, and bytes beyond ASCII, as their bytes do", () => {
  const lines = ["b", "a", "ä", "\u{1f511}", "\uffff", ""].map((end) => `${"x".repeat(300)}${end}`);
  const expected = [...lines, "é", "z"].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));

  const found = merged([...lines, "z", "é"].map((text) => new TextEncoder().encode(`${text}\n`)));

  expect(Array.from(found, (one) => textOf(one))).toEqual(expected);
});
