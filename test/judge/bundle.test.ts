import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterEach, expect, it, vi } from "vitest";
import { scopeTables } from "../../scripts/policies.ts";
import { loadAbout, loadBundle } from "../../src/judge/bundle.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { repository } from "../support/command.ts";

/** Files that seem to be missing, by the end of their names. */
const missing = vi.hoisted(() => ({ name: "" }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const readUnlessMissing = (path: string, ...rest: []) =>
    missing.name && path.endsWith(missing.name) ? Promise.reject(new Error("ENOENT")) : real.readFile(path, ...rest);
  return { ...real, readFile: readUnlessMissing };
});

afterEach(() => {
  missing.name = "";
});

it.each(["policy.wasm", "manifest.json", "thresholds.json", "digest"])(
  "without its %s the bundle is refused by the name of that file",
  async (name) => {
    missing.name = name;

    await expect(loadBundle()).rejects.toMatchObject({
      code: "BUNDLE_MISSING",
      message: `the compiled policies are not at dist/policies/${name}`,
      cause: { message: "ENOENT" },
    });
  },
);

it("its metadata can be read without its code", async () => {
  missing.name = "policy.wasm";

  const { manifest } = await loadAbout();

  expect(manifest.policies.length).toBeGreaterThan(10);
  for (const policy of manifest.policies) expect(faultsIn("policy", policy)).toEqual([]);
});

it("its digest is the SHA-256 over code, manifest, numbers and what scopes allow, in this order", async () => {
  const sha = createHash("sha256");
  for (const name of ["policy.wasm", "manifest.json", "thresholds.json"])
    sha.update(await readFile(`${repository}dist/policies/${name}`));
  for (const path of await scopeTables(`${repository}policies/data/`)) sha.update(await readFile(path));

  expect((await loadBundle()).digest).toBe(sha.digest("hex"));
});
