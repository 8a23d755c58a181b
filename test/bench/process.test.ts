import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { interleave } from "../../bench/interleave.ts";
import { bestMeter, fromInside, gnuTime, procStatus } from "../../bench/meter.ts";
import { CommandFailed, node, run, stop } from "../../bench/process.ts";

const folder = mkdtempSync(join(tmpdir(), "tokenward-test-"));
const note = join(folder, "usage");
const MEBIBYTE = 1_048_576;

afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("run", () => {
  it("fails with what the command said and how it ended", async () => {
    const task = node(["-e", "console.error('no such inventory'); process.exit(3)"]);

    const failure = run(task);

    await expect(failure).rejects.toThrow(CommandFailed);
    await expect(failure).rejects.toThrow(/ended with 3\nno such inventory/);
  });

  it("fails through a meter as it does without", async () => {
    await expect(run(node(["-e", "process.exit(3)"]), bestMeter(note))).rejects.toThrow("ended with 3");
  });

  it("can be stopped together with the meter around it", async () => {
    const begin = performance.now();
    const endless = run(node(["-e", "setInterval(() => {}, 1000)"]), bestMeter(note));

    setTimeout(stop, 300);

    await expect(endless).rejects.toThrow("SIGKILL");
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  it("times the whole process", async () => {
    const { wall, usage } = await run(node(["-e", "setTimeout(() => {}, 300)"]));

    expect(wall).toBeGreaterThan(0.3);
    expect(usage).toBeUndefined();
  });

  it("keeps settings for Node and for the product away from what is measured", async () => {
    const stdout = join(folder, "environment");
    for (const name of ["NODE_ENV", "TOKENWARD_PROFILE", "GITHUB_REPOSITORY"]) vi.stubEnv(name, "x");

    await run(node(["-p", "Object.keys(process.env).join()"], { stdout }));

    expect(readFileSync(stdout, "utf8")).toContain("PATH");
    expect(readFileSync(stdout, "utf8")).not.toMatch(/NODE_|TOKENWARD_|GITHUB_/);
  });
});

describe.each([
  { meter: gnuTime(note), isHere: bestMeter(note).id === "GNU time" },
  { meter: procStatus(), isHere: process.platform === "linux" },
  { meter: fromInside(note), isHere: true },
])("peak memory asked by $meter.id", ({ meter, isHere }) => {
  it.runIf(isHere)("counts what a worker held, also after it was freed", async () => {
    const worker = `const held = Buffer.alloc(${150 * MEBIBYTE}, 1); setTimeout(() => held.length, 100)`;
    const task = (code: string) =>
      node(["-e", `new (require("node:worker_threads").Worker)(${JSON.stringify(code)}, { eval: true })`]);

    const small = await run(task(""), meter);
    const large = await run(task(worker), meter);

    const more = ((large.usage?.rss ?? 0) - (small.usage?.rss ?? 0)) / MEBIBYTE;
    expect(more).toBeGreaterThan(120);
    expect(more).toBeLessThan(200);
  });
});

describe("interleave", () => {
  it("runs every task once before any runs again", async () => {
    const order = join(folder, "order");
    const append = (name: string) =>
      node(["-e", `require("node:fs").appendFileSync(${JSON.stringify(order)}, "${name}")`]);

    const samples = await interleave({ a: append("a"), b: append("b") }, { runs: 2 });

    expect(readFileSync(order, "utf8")).toBe("abab");
    expect([samples.a.length, samples.b.length]).toEqual([2, 2]);
  });
});
