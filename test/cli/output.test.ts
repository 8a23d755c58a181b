import { existsSync, WriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { deliver } from "../../src/cli/output.ts";

const scratch = await mkdtemp(join(tmpdir(), "tokenward-output-"));
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function* pieces(): AsyncIterable<string> {
  yield "one ";
  yield "two";
}

it.each([{ path: "a.txt" }, { path: "new/folders/b.txt" }, { path: "new/folders/c.txt" }])(
  "writes $path and the folders it is in",
  async ({ path }) => {
    await deliver(pieces(), join(scratch, path));

    expect(await readFile(join(scratch, path), "utf8")).toBe("one two");
  },
);

it("hands thousands of rows over as a few pieces: memory does not grow with their number", async () => {
  const written = vi.spyOn(WriteStream.prototype, "write");
  async function* rows(): AsyncIterable<string> {
    for (let row = 0; row < 5_000; row += 1) yield `${String(row).padStart(99)}\n`;
  }

  await deliver(rows(), join(scratch, "rows.txt"));

  const pieces = written.mock.calls.length;
  written.mockRestore();
  expect(pieces).toBeGreaterThan(1);
  expect(pieces).toBeLessThan(20);
  expect((await readFile(join(scratch, "rows.txt"), "utf8")).split("\n").map(Number)).toEqual([
    ...Array(5_000).keys(),
    0,
  ]);
});

it("refuses to go below a file", async () => {
  await writeFile(join(scratch, "file"), "");

  const target = join(scratch, "file/below/c.txt");

  await expect(deliver(pieces(), target)).rejects.toMatchObject({
    code: "OUTPUT_FAILED",
    message: `cannot write ${target}: a part of its path is no folder`,
  });
});

it.skipIf(!existsSync("/dev/null"))("writes to a device, which has nothing to flush", async () => {
  await deliver(pieces(), "/dev/null");

  expect(existsSync("/dev/null")).toBe(true);
});

const proc = existsSync("/proc/self");
it.skipIf(!proc)(
  "gives up on a folder that takes no children instead of asking forever",
  { timeout: 10_000 },
  async () => {
    await expect(deliver(pieces(), "/proc/tokenward/below/report.json")).rejects.toMatchObject({
      code: "OUTPUT_FAILED",
      message: "cannot write /proc/tokenward/below/report.json: there is no such file or folder",
    });
  },
);
