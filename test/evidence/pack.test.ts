import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openPack } from "../../src/evidence/pack.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();

it.each([
  { what: "holds a file", lay: (path: string) => laidOut(path, { "notes.md": "" }) },
  { what: "is a file", lay: (path: string) => writeFile(path, "") },
])("a place that $what is left alone", async ({ what, lay }) => {
  const folder = join(scratch, what.replaceAll(" ", "-"));
  await lay(folder);
  const before = await readdir(scratch);

  await expect(openPack(folder)).rejects.toMatchObject({ code: "EVIDENCE_FOLDER" });
  expect(await readdir(scratch)).toEqual(before);
});

it("a place below a file is refused before anything is read", async () => {
  await writeFile(join(scratch, "file"), "");

  await expect(openPack(join(scratch, "file/pack"))).rejects.toMatchObject({
    code: "EVIDENCE_FOLDER",
    message: expect.stringContaining(join(scratch, "file/pack")),
  });
});

it("a full disk is told, and nothing is left of what was written", async () => {
  const pack = await openPack(join(scratch, "full"));
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" });
  async function* pieces(): AsyncIterable<string> {
    yield "some";
    throw full;
  }

  await expect(pack.add("inventory.ndjson", pieces())).rejects.toMatchObject({
    code: "EVIDENCE_FOLDER",
    message: expect.stringContaining("no space is left on the device"),
  });
  await pack.drop();
  expect((await readdir(scratch)).filter((name) => name.includes("full"))).toEqual([]);
});
