import { generateKeyPairSync } from "node:crypto";
import { mkdir, open, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../src/evidence/examine.ts";
import { publicKeyOf } from "../../src/evidence/signature.ts";
import { copied, filesOf, forged, packed } from "../support/packs.ts";
import { scratchFolder, withAcme } from "../support/scratch.ts";

const cwd = await withAcme(await scratchFolder());
const pack = join(cwd, "signed");
const keys = generateKeyPairSync("ed25519");
const publicKey = publicKeyOf(keys.publicKey.export({ format: "pem", type: "spki" }).toString(), "pub.pem");

beforeAll(async () => {
  await writeFile(join(cwd, "key.pem"), keys.privateKey.export({ format: "pem", type: "pkcs8" }));
  await packed(cwd, "signed", ["--evidence-key", "key.pem"]);
});

const changed = (name: string) => copied(pack, join(cwd, name));

/** A small generator with a seed: the same positions in every run. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** The first, the middle, the last and three other positions of a file. */
function positions(size: number, random: Iterator<number, never>): number[] {
  const others = [1, 2, 3].map(() => Math.floor(random.next().value * size));
  return [...new Set([0, Math.floor(size / 2), size - 1, ...others])];
}

async function flip(path: string, position: number): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, position);
    buffer[0] = (buffer[0] ?? 0) ^ (1 << (position % 8));
    await file.write(buffer, 0, 1, position);
  } finally {
    await file.close();
  }
}

describe("a pack as it was written", () => {
  it.each([{ key: publicKey }, { key: undefined }])("has no fault", async ({ key }) => {
    expect(await examine(pack, key)).toMatchObject({ faults: [] });
  });
});

/** What is said of a pack in which one bit is another, in each of some files; then it is as before. */
async function saidOf(folder: string, paths: readonly string[], round: number): Promise<string[]> {
  const flips = await Promise.all(
    paths.map(async (path) => {
      const { length } = await readFile(join(folder, path));
      const at = positions(length, seeded(round + length));
      return { path: join(folder, path), position: at[round % at.length] ?? 0 };
    }),
  );
  for (const { path, position } of flips) await flip(path, position);
  const said = await examine(folder).then(
    ({ faults }) => faults,
    (error: Error) => [error.message],
  );
  for (const { path, position } of flips) await flip(path, position);
  return said;
}

const ABOUT_ALL = ["manifest.json", "manifest.sig", "SHA256SUMS"];

describe.each([0, 1, 2, 3, 4, 5])("one bit that is another, place %i of 6 in every file", (round) => {
  it("is told of each file that the manifest lists", async () => {
    const folder = await changed("flipped");
    const paths = (await filesOf(folder)).filter((path) => !ABOUT_ALL.includes(path));

    const said = await saidOf(folder, paths, round);

    expect(paths.length).toBeGreaterThan(80);
    expect(paths.filter((path) => !said.some((fault) => fault.startsWith(`${path} has the SHA-256`)))).toEqual([]);
    expect((await examine(folder)).faults).toEqual([]);
  });

  it.each(ABOUT_ALL)("is told of %s", async (path) => {
    const folder = await changed("flipped");

    expect(await saidOf(folder, [path], round)).not.toEqual([]);
  });
});

describe("a pack that somebody changed", () => {
  it.each([
    {
      what: "a file is gone",
      change: (folder: string) => rm(join(folder, "report.json")),
      fault: "report.json is missing",
    },
    {
      what: "a file came in",
      change: (folder: string) => writeFile(join(folder, "policies/more.rego"), ""),
      fault: "policies/more.rego is not in manifest.json",
    },
    {
      what: "a file became a link to the same bytes",
      async change(folder: string) {
        await rm(join(folder, "report.json"));
        await symlink(join(pack, "report.json"), join(folder, "report.json"));
      },
      fault: "report.json is a link, and a pack holds plain files only",
    },
    {
      what: "a folder became a link",
      async change(folder: string) {
        await rm(join(folder, "policies"), { recursive: true });
        await symlink(join(pack, "policies"), join(folder, "policies"));
      },
      fault: "policies is a link, and a pack holds plain files only",
    },
    {
      what: "bytes were added",
      change: (folder: string) => writeFile(join(folder, "coverage.json"), "\n", { flag: "a" }),
      fault: expect.stringMatching(/^coverage\.json has \d+ bytes, manifest\.json says \d+$/),
    },
    {
      what: "the sums are gone",
      change: (folder: string) => rm(join(folder, "SHA256SUMS")),
      fault: "SHA256SUMS is missing",
    },
    {
      what: "the signature is gone",
      change: (folder: string) => rm(join(folder, "manifest.sig")),
      fault: "manifest.sig is missing, and manifest.json says that there is one",
    },
    {
      what: "all sums were made to fit",
      change: (folder: string) => forged(folder, "report.json", (text) => text.replace("critical", "low")),
      fault: "manifest.sig is no signature of manifest.json by the key that is named there",
    },
  ])("is told of where $what", async ({ change, fault }) => {
    const folder = await changed("changed");
    await change(folder);

    expect((await examine(folder)).faults).toContainEqual(fault);
  });

  it("is told of where somebody else signed it", async () => {
    const other = generateKeyPairSync("ed25519").publicKey.export({ format: "pem", type: "spki" }).toString();

    const { faults } = await examine(pack, publicKeyOf(other, "other.pem"));

    expect(faults).toEqual(["it is signed with another key than the one that was given"]);
  });

  it("is not read anywhere else, whatever paths its manifest has", async () => {
    const folder = await changed("paths");
    const text = await readFile(join(folder, "manifest.json"), "utf8");
    for (const path of ["../key.pem", "/etc/hostname", "a/../../key.pem", "a//b", ".hidden", "a\\\\b", ""]) {
      await writeFile(join(folder, "manifest.json"), text.replace('"path": "report.json"', `"path": "${path}"`));
      await rm(join(folder, "SHA256SUMS"), { force: true });

      await expect(examine(folder), path).rejects.toMatchObject({
        code: "EVIDENCE_UNREADABLE",
        message: expect.stringContaining("manifest.json/files/"),
      });
    }
  });
});

describe("a folder that is no pack", () => {
  it.each([
    { what: "it is not there", files: undefined, reason: "there is no such file or folder" },
    { what: "it is empty", files: {}, reason: "there is no manifest.json in it" },
    { what: "its manifest is of something else", files: { "manifest.json": "{}" }, reason: "manifest.json must have" },
    { what: "its manifest is no JSON", files: { "manifest.json": "{" }, reason: "manifest.json is not JSON" },
    {
      what: "its form is of a later time",
      files: { "manifest.json": '{"schema_version":2}' },
      reason: "it has the form 2, and 1 is known",
    },
  ])("is refused where $what", async ({ files, reason }) => {
    const folder = join(cwd, "none");
    await rm(folder, { recursive: true, force: true });
    if (files) await mkdir(folder);
    for (const [name, text] of Object.entries(files ?? {})) await writeFile(join(folder, name), text);

    await expect(examine(folder)).rejects.toMatchObject({
      code: "EVIDENCE_UNREADABLE",
      message: expect.stringContaining(reason),
    });
  });
});
