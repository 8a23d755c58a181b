import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOpa } from "../../src/judge/opa.ts";
import { compileModule, instantiate } from "../../src/judge/opa-wasm.ts";
import { filesIn } from "../../src/judge/tar.ts";
import { opa, regoFiles, root } from "./on-disk.ts";

const check = ["check", "--strict", "--schema", "schemas", "--capabilities", "policies/capabilities.json", "policies"];

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "tokenward-policies-"));
  await cp(join(root, "policies"), join(scratch, "policies"), { recursive: true });
  await cp(join(root, "schemas"), join(scratch, "schemas"), { recursive: true });
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

describe("the policies", () => {
  it("are formatted", async () => {
    const { stdout } = await runOpa(opa, ["fmt", "--list", "policies"], root);

    expect(stdout).toBe("");
  });

  it("pass the strict type check with the host's built-ins", async () => {
    expect(await runOpa(opa, check, root)).toMatchObject({ ok: true, stderr: "" });
  });

  it("are covered by their tests to the last line", async () => {
    const { stdout } = await runOpa(opa, ["test", "policies", "--coverage", "--format", "json"], root);
    const { coverage, files } = JSON.parse(stdout || "{}") as { coverage?: number; files?: object };

    expect({ coverage, files: Object.keys(files ?? {}) }).toEqual({ coverage: 100, files: await regoFiles() });
  });

  it("pass the same tests as WebAssembly", async () => {
    const packages = (await regoFiles()).filter((file) => file.endsWith("_test.rego")).map(packagePath);
    const native = JSON.parse((await runOpa(opa, ["test", "policies", "--format", "json"], root)).stdout) as unknown[];

    const outcomes = await inWebAssembly(packages);

    expect(outcomes.filter(([, outcome]) => outcome !== true)).toEqual([]);
    expect(outcomes).toHaveLength(native.length);
  });
});

describe("the type check", () => {
  it.each([
    { slip: "a misspelt fact", from: "input.facts.age", to: "input.facts.agge", told: "input.facts.agge" },
    { slip: "a misspelt field", from: "input.rotated", to: "input.rotted", told: "input.rotted" },
    {
      slip: "a clock",
      from: "input.facts.age > limit",
      to: "time.now_ns() > limit",
      told: "undefined function time.now_ns",
    },
    { slip: "a print", from: "input.facts.age > limit", to: "print(limit)", told: "undefined function internal.print" },
    {
      slip: "a hanging replace",
      from: "> limit",
      to: '> count(replace("a", "", "b"))',
      told: "undefined function replace",
    },
    { slip: "an unused import", from: "import rego.v1", to: "import rego.v1\n\nimport data.x", told: "unused" },
  ])("refuses $slip", async ({ from, to, told }) => {
    const { ok, stderr } = await checkedWith("lifetime/too_old.rego", from, to);

    expect(ok).toBe(false);
    expect(stderr).toContain(told);
  });

  it("accepts the same copy without a slip", async () => {
    expect(await checkedWith("lifetime/too_old.rego", "", "")).toMatchObject({ ok: true, stderr: "" });
  });
});

it("keeps the list of built-ins as the compiler and the module tell it", async () => {
  const script = ["--import", "tsx", "scripts/capabilities.ts", "--check"];

  await expect(promisify(execFile)(process.execPath, script, { cwd: root })).resolves.toMatchObject({ stderr: "" });
});

/** Type-checks the copy with one text in one file replaced, then puts the file back. */
async function checkedWith(file: string, from: string, to: string): ReturnType<typeof runOpa> {
  const path = join(scratch, "policies", file);
  const source = await readFile(path, "utf8");
  expect(source).toContain(from);
  await writeFile(path, source.replace(from, to));
  try {
    return await runOpa(opa, check, scratch);
  } finally {
    await writeFile(path, source);
  }
}

function packagePath(file: string): string {
  return file.replace(/^policies/, "tokenward").replace(/\.rego$/, "");
}

/** Every `test_` rule of these packages with what WebAssembly makes of it. */
async function inWebAssembly(packages: readonly string[]): Promise<[name: string, outcome: unknown][]> {
  const sources = await regoFiles();
  const entryPoints = packages.flatMap((path) => ["-e", path]);
  const limits = ["--capabilities", "policies/capabilities.json"];
  await runOpa(opa, ["build", "-t", "wasm", ...entryPoints, ...limits, "-o", "tests.tar.gz", ...sources], scratch);
  const wasm = filesIn(await readFile(join(scratch, "tests.tar.gz"))).get("policy.wasm") ?? new Uint8Array();
  const instance = instantiate(compileModule(wasm), { initial: 256, maximum: 1_024 });
  return packages.flatMap((path) => {
    const [first] = instance.evaluate(new TextEncoder().encode("{}").buffer, path) as {
      result: Record<string, unknown>;
    }[];
    return Object.entries(first?.result ?? {})
      .filter(([name]) => name.startsWith("test_"))
      .map(([name, outcome]): [string, unknown] => [`${path}/${name}`, outcome]);
  });
}
