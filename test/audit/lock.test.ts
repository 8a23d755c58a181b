import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Holder, locked } from "../../src/audit/lock.ts";
import { scratchFolder } from "../support/scratch.ts";

const dir = await scratchFolder();
const lock = join(dir, ".tokenward-lock");
const now = Date.now();
const me: Holder = { pid: 7, host: "here", now, isAlive: (pid) => pid === 7 || pid === 8 };

beforeEach(() => writeFile(lock, '{"pid":8,"host":"here"}\n'));

describe("a folder in which another audit", () => {
  it.each([
    { what: "is at work", text: '{"pid":8,"host":"here"}', by: 'process 8 on "here"' },
    { what: "may be at work on another machine", text: '{"pid":9,"host":"there"}', by: 'process 9 on "there"' },
    { what: "began just now", text: "", by: "an audit that began just now" },
    { what: "has left something that nobody understands", text: "[]", by: "an audit that began just now" },
  ])("$what is closed", async ({ text, by }) => {
    await writeFile(lock, text);

    await expect(locked(dir, me)).rejects.toMatchObject({ code: "AUDIT_LOCKED", message: expect.stringContaining(by) });
    expect(await readFile(lock, "utf8")).toBe(text);
  });

  it.each([
    { what: "was killed", text: '{"pid":9,"host":"here"}', age: 0 },
    { what: "began the day before on another machine", text: '{"pid":9,"host":"there"}', age: 25 },
    { what: "left an empty lock the day before", text: "", age: 25 },
  ])("$what is open again", async ({ text, age }) => {
    await writeFile(lock, text);
    const made = new Date(now - age * 3_600_000);
    await utimes(lock, made, made);

    const unlock = await locked(dir, me);

    expect(JSON.parse(await readFile(lock, "utf8"))).toMatchObject({ pid: 7, host: "here" });
    await unlock();
    expect(await readdir(dir)).toEqual([]);
  });
});

it("of many that want a lock nobody holds, one gets it", async () => {
  await writeFile(lock, '{"pid":9,"host":"here"}');

  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => locked(dir, me)));

  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("who was taken over leaves the new lock alone", async () => {
  await writeFile(lock, '{"pid":9,"host":"here"}');
  const unlock = await locked(dir, me);
  await writeFile(lock, '{"pid":8,"host":"here"}');

  await unlock();

  expect(await readFile(lock, "utf8")).toContain('"pid":8');
});
