import { createHash } from "node:crypto";
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadAbout } from "../../src/judge/bundle.ts";
import { startEngine } from "../../src/judge/engine.ts";
import { findOpa } from "../../src/judge/opa.ts";
import { bundleWithOwn } from "../../src/judge/own.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { aToken } from "../support/tokens.ts";
import { folderOf, policySource } from "./policies.ts";

const nameless = policySource("naming/nameless", { rules: 'fail contains {"n": 1} if input.name == ""' });
const own = { "naming/nameless.rego": nameless };
const shipped = await loadAbout();
const scratch = await scratchFolder();

/** Named, the companion's 44 MB need not be hashed each time. */
const { path: opa } = await findOpa(process.env);
const WITH_OPA = { TOKENWARD_OPA: opa };

/** An environment without any OPA: only what was compiled before can be had. */
const NO_OPA = { PATH: "", TOKENWARD_OPA: "/nowhere/opa" };
const missing = { code: "OPA_UNUSABLE" };

async function given(files: Readonly<Record<string, string>> = own) {
  const setting = { folders: [await folderOf(files)], cache: join(await folderOf({}), "cache"), version: "1" };
  const [folder = ""] = setting.folders;
  return {
    folder,
    cache: setting.cache,
    bundle: (change: Partial<Parameters<typeof bundleWithOwn>[0]> = {}) =>
      bundleWithOwn({ ...setting, env: WITH_OPA, ...change }),
  };
}

/** The only folder that the cache has. */
async function entryIn(cache: string): Promise<string> {
  const entries = await readdir(cache);
  expect(entries).toHaveLength(1);
  return join(cache, entries[0] ?? "");
}

describe("policies of one's own", () => {
  it("stand beside the shipped ones, and judge", async () => {
    const { bundle } = await given();
    const { manifest, module, digest, own, thresholds } = await bundle();

    expect(manifest.policies.map(({ id }) => id)).toEqual(
      [...shipped.manifest.policies.map(({ id }) => id), "nameless"].sort(),
    );
    expect({ own, thresholds }).toEqual({ own: ["nameless"], thresholds: shipped.thresholds });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digest).not.toBe(shipped.digest);
    const index = manifest.policies.findIndex(({ id }) => id === "nameless");
    const data = { params: { any: {}, kinds: {} } };
    const [rows] = startEngine({ manifest, module, digest, own, thresholds }, data).evaluate([aToken({ name: "" })]);
    expect(rows).toEqual([[index, { n: 1 }]]);
  });

  it.each([
    { what: "in the place of a shipped one", file: "usage/idle.rego", told: "stands in the same place" },
    {
      what: "under the slug of a shipped one",
      file: "naming/idle.rego",
      told: "another policy has the slug idle already",
    },
    { what: "in the place of a shipped library", file: "lib/params.rego", told: "stands in the same place" },
  ])("are refused $what", async ({ file, told }) => {
    const { bundle } = await given({
      [file]: policySource(file.replace(".rego", ""), { rules: "fail contains {} if false" }),
    });

    await expect(bundle()).rejects.toMatchObject({ code: "POLICY_INVALID", message: expect.stringContaining(told) });
  });

  it.each([
    {
      what: "a misspelt field",
      text: nameless.replace("input.name", "input.nmae"),
      told: ":18:27: there is no input.nmae; did you mean input.name?",
    },
    {
      what: "METADATA with a fault",
      text: nameless.replace("medium", "urgent"),
      told: ": METADATA.severity must be one of",
    },
    {
      what: "a refused built-in",
      text: nameless.replace('input.name == ""', "time.now_ns() > 1"),
      told: ":18:27: rego_type_error: undefined function time.now_ns; use input.facts",
    },
  ])("are told of $what by the path that they have at home", async ({ text, told }) => {
    const { bundle, folder } = await given({ "naming/nameless.rego": text });
    const error = (await bundle().catch((reason: unknown) => reason)) as Error;

    expect(error).toMatchObject({ code: "POLICY_INVALID", remedy: "correct the lines named above" });
    expect(error.message).toContain(`${folder}/naming/nameless.rego${told}`);
    expect(error.message.split(folder)).toHaveLength(2);
  });

  it("may come from several folders", async () => {
    const second = await folderOf({
      "naming/long.rego": policySource("naming/long", { rules: "fail contains {} if false" }),
    });
    const { bundle, folder } = await given();
    const { manifest } = await bundle({ folders: [folder, second] });

    expect(manifest.policies.map(({ id }) => id)).toEqual(expect.arrayContaining(["long", "nameless"]));
  });

  it.each([
    { what: "is not there", folder: "/nowhere/policies", reason: "there is no such file or folder" },
    { what: "is empty", folder: undefined, reason: "there is no policy in it" },
  ])("are not looked for in vain: a folder that $what is an error", async ({ folder, reason }) => {
    const { bundle } = await given();
    const path = folder ?? (await folderOf({ "notes.md": "", "naming/nameless_test.rego": "package x" }));

    await expect(bundle({ folders: [path] })).rejects.toMatchObject({
      code: "POLICY_FOLDER",
      message: `cannot read the policy folder ${path}: ${reason}`,
    });
  });
});

describe("what was compiled once", () => {
  const kept = join(scratch, "cache");
  beforeAll(async () => {
    const folder = await laidOut(join(scratch, "own"), own);
    await bundleWithOwn({ folders: [folder], cache: kept, version: "1", env: WITH_OPA });
  });

  /** The same policies in a folder of their own, beside a copy of what compiling them left. */
  async function compiledBefore(): Promise<Awaited<ReturnType<typeof given>>> {
    const setting = await given();
    await cp(kept, setting.cache, { recursive: true });
    return setting;
  }

  it("is not compiled again, and needs no OPA", async () => {
    const { bundle, cache } = await given();
    await expect(bundle({ env: NO_OPA })).rejects.toMatchObject(missing);

    const first = await bundle();
    const second = await bundle({ env: NO_OPA });

    expect(second.digest).toBe(first.digest);
    expect(second.manifest).toEqual(first.manifest);
    expect((await readdir(await entryIn(cache))).sort()).toEqual(["manifest.json", "policy.wasm", "sha256"]);
  });

  it.each([
    {
      what: "a source was changed",
      change: (folder: string) => laidOut(folder, { "naming/nameless.rego": `${nameless}# more\n` }),
    },
    {
      what: "a source came in",
      change: (folder: string) => laidOut(folder, { "lib/x.rego": "package tokenward.lib.x\n" }),
    },
    { what: "a source was renamed", change: (folder: string) => rename(join(folder, "naming"), join(folder, "names")) },
  ])("is not taken for what it was before $what", async ({ change }) => {
    const { bundle, folder } = await compiledBefore();
    await bundle();

    await change(folder);

    await expect(bundle({ env: NO_OPA })).rejects.toMatchObject(missing);
  });

  it("is not taken by another version of tokenward", async () => {
    const { bundle } = await compiledBefore();
    await bundle();

    await expect(bundle({ env: NO_OPA, version: "2" })).rejects.toMatchObject(missing);
  });

  it("does not depend on tests, notes and where the folder stands", async () => {
    const { bundle, folder } = await compiledBefore();
    await bundle();
    const other = await folderOf({ ...own, "naming/nameless_test.rego": "package broken {", "notes.md": "x" });

    await expect(bundle({ env: NO_OPA, folders: [folder] })).resolves.toBeDefined();
    await expect(bundle({ env: NO_OPA, folders: [other] })).resolves.toBeDefined();
  });

  it.each([
    { what: "has one byte changed in its code", spoil: (entry: string) => flipped(join(entry, "policy.wasm")) },
    { what: "has one byte changed in its manifest", spoil: (entry: string) => flipped(join(entry, "manifest.json")) },
    { what: "was cut off", spoil: (entry: string) => writeFile(join(entry, "policy.wasm"), "") },
    { what: "lost a part", spoil: (entry: string) => rm(join(entry, "manifest.json")) },
    { what: "lost its sum", spoil: (entry: string) => writeFile(join(entry, "sha256"), "") },
  ])("is compiled anew when it $what", async ({ spoil }) => {
    const { bundle, cache } = await compiledBefore();
    const { digest } = await bundle();

    await spoil(await entryIn(cache));

    await expect(bundle({ env: NO_OPA })).rejects.toMatchObject(missing);
    expect((await bundle()).digest).toBe(digest);
    expect((await bundle({ env: NO_OPA })).digest).toBe(digest);
  });

  it("is given all the same where it cannot be kept", async () => {
    const { bundle, cache } = await given();
    await writeFile(cache, "a file where a folder should be");

    expect((await bundle()).manifest.policies.length).toBeGreaterThan(shipped.manifest.policies.length);
    expect(await readFile(cache, "utf8")).toBe("a file where a folder should be");
  });

  it("is not kept when a source was changed meanwhile", async () => {
    const { bundle, folder, cache } = await given();
    const busy = await folderOf({});
    const edit = `printf '# changed' >> '${folder}/naming/nameless.rego'`;
    const script = `#!/bin/sh\n[ "$1" = build ] && ${edit}\nexec '${opa}' "$@"\n`;
    await writeFile(join(busy, "opa"), script, { mode: 0o755 });

    await bundle({ env: { TOKENWARD_OPA: join(busy, "opa") } });

    expect(await readdir(cache).catch(() => [])).toEqual([]);
  });

  it("has the digest of its three parts", async () => {
    const { bundle, cache } = await compiledBefore();
    const { digest, thresholds } = await bundle();
    const entry = await entryIn(cache);
    const sum = createHash("sha256")
      .update(await readFile(join(entry, "policy.wasm")))
      .update(await readFile(join(entry, "manifest.json")))
      .update(JSON.stringify(thresholds));

    expect(digest).toBe(sum.digest("hex"));
  });
});

async function flipped(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
