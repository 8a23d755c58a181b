import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { repository } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const MEBIBYTE = 1024 * 1024;
const shell = promisify(execFile);
const scratch = await scratchFolder();

interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string; mode: number }[];
}
let packed: Packed;
let manifest: { bin: { tokenward: string }; dependencies?: object };

beforeAll(async () => {
  // Without scripts: `dist/` is there, and building it again would take it from under the other tests.
  const args = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination", scratch];
  const { stdout } = await shell("npm", args, { cwd: repository });
  [packed] = JSON.parse(stdout) as [Packed];
  await shell("tar", ["xzf", join(scratch, packed.filename), "-C", scratch]);
  manifest = JSON.parse(await readFile(join(scratch, "package/package.json"), "utf8")) as typeof manifest;
});

describe("the package", () => {
  const paths = () => packed.files.map(({ path }) => path);

  it.each([
    "dist/cli/main.js",
    "dist/run/thread.js",
    "dist/validators.cjs",
    "dist/LICENSES.txt",
    "dist/policies/policy.wasm",
    "dist/policies/manifest.json",
    "schemas/config.json",
    "schemas/token.json",
    "schemas/sources/aws.json",
    "schemas/sources/file.json",
    "policies/lifetime/no_expiry.rego",
    "policies/data/thresholds.yaml",
    "policies/data/scope-capabilities.json",
    "policies/data/scope-corrections.json",
    "policies/data/scopes/NOTICE.md",
    "policies/data/scopes/aws.json",
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    "README.md",
  ])("holds %s", (path) => {
    expect(paths()).toContain(path);
  });

  it("holds no tests, sources, examples or left-overs", () => {
    const kept = /^(?:(?:dist|schemas|policies)\/|(?:CHANGELOG|README)\.md$|LICENSE$|NOTICE$|package\.json$)/;
    const stray = paths().filter((path) => !kept.test(path) || /_test\.rego$|\.test\.|\.tmp|\.map$/.test(path));

    expect(stray).toEqual([]);
  });

  it("installs nothing besides itself, unless OPA is wanted", () => {
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it.each(["@open-policy-agent/opa-wasm", "ajv", "commander", "globby", "micromatch", "yaml"])(
    "hands on the licence of %s",
    async (name) => {
      const licenses = await readFile(join(scratch, "package/dist/LICENSES.txt"), "utf8");

      expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    },
  );

  it("is under 5 MB unpacked, the client of live sources included", () => {
    expect(packed.unpackedSize).toBeLessThan(5 * MEBIBYTE);
  });
});

describe("the package installed without optional dependencies", () => {
  it("checks a repository without OPA, compiler or anything else on the PATH", async () => {
    const installed = await install(join(scratch, "project"));
    const cwd = await laidOut(join(scratch, "repository"), {
      ".github/workflows/ci.yml":
        "on: push\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    });
    const nowhere = await laidOut(join(scratch, "empty"), {});

    const { stdout, stderr } = await shell(process.execPath, [installed, "check"], { cwd, env: { PATH: nowhere } });

    expect(stdout).toContain("PASS  every policy that applies to the 1 token passes");
    expect(stderr).toBe("");
  });
});

/** As `npm install --omit=optional` lays it: the unpacked package, alone. */
async function install(project: string): Promise<string> {
  const modules = join(project, "node_modules");
  await mkdir(modules, { recursive: true });
  await shell("cp", ["-r", join(scratch, "package"), join(modules, "tokenward")]);
  return join(modules, "tokenward", manifest.bin.tokenward);
}
