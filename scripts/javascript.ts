import { chmod, writeFile } from "node:fs/promises";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { licensesOf } from "./licenses.ts";
import { validatorsSource } from "./validators.ts";

/** A module that comes in over a package's CommonJS form still asks for Node's own modules by `require`. */
const REQUIRE = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);`;

/** What a package loads at once and nothing here ever calls, by the end of the package's folder. */
const NEVER_CALLED = [
  // Policies may call only what WebAssembly itself has: `policies/capabilities.json`.
  { by: /opa-wasm\/src$/, path: /^\.\/builtins\/index$/ },
  // Commander starts other programs for commands that are files of their own.
  { by: /commander\/lib$/, path: /^node:child_process$/ },
];

/** Not bundled: optional peers, which who needs them installs beside tokenward. */
const PEERS = ["@aws-sdk/*"];

/** Writes `dist/validators.cjs`: the validators generated from `schemas/`. The compiler of the policies reads them from there. */
export async function buildValidators(root: string): Promise<Metafile> {
  return bundled(root, {
    stdin: { contents: await validatorsSource(`${root}schemas/`), resolveDir: root },
    format: "cjs",
    // Generated code that nobody reads, most of it long names.
    minify: true,
    outfile: "dist/validators.cjs",
  });
}

/** Writes the command and its threads as few files, with all they import: a start that opens fewer files is a faster start. */
export async function buildCommand(root: string): Promise<Metafile> {
  const metafile = await bundled(root, {
    entryPoints: { "cli/main": "src/cli/main.ts", "run/thread": "src/run/thread.ts" },
    format: "esm",
    splitting: true,
    outdir: "dist",
    // As deep as a source in its folder: `../../schemas/` is the same place from both.
    chunkNames: "chunks/[name]-[hash]",
    banner: { js: REQUIRE },
    external: PEERS,
    plugins: [withoutNeverCalled],
  });
  await chmod(`${root}dist/cli/main.js`, 0o755).catch(() => undefined);
  return metafile;
}

/** Writes `dist/LICENSES.txt`: what was bundled is handed on with the words of its authors. */
export async function writeLicenses(root: string, ...bundles: readonly Metafile[]): Promise<void> {
  const inputs = bundles.flatMap((bundle) => Object.keys(bundle.inputs));
  await writeFile(`${root}dist/LICENSES.txt`, await licensesOf(root, inputs));
}

/** Puts an empty module in the place of each; whoever calls one after all gets an error, never a wrong answer. */
const withoutNeverCalled: Plugin = {
  name: "without-never-called",
  setup(build) {
    const missed = new Set(NEVER_CALLED);
    for (const one of NEVER_CALLED) {
      build.onResolve({ filter: one.path }, ({ resolveDir }) => {
        if (!one.by.test(resolveDir)) return undefined;
        missed.delete(one);
        return { path: one.path.source, namespace: "never-called" };
      });
    }
    build.onLoad({ filter: /./, namespace: "never-called" }, () => ({ contents: "module.exports = {};" }));
    build.onEnd(() => {
      for (const { path } of missed) throw new Error(`no package asks for ${path} any more: take it from NEVER_CALLED`);
    });
  },
};

async function bundled(root: string, options: BuildOptions): Promise<Metafile> {
  const common = { absWorkingDir: root, bundle: true, platform: "node", target: "node20.19", metafile: true } as const;
  const { metafile, warnings } = await build({ ...common, logLevel: "warning", ...options });
  if (warnings.length > 0) throw new Error("esbuild warns of what it bundled: see above");
  if (!metafile) throw new Error("esbuild did not say what it bundled");
  return metafile;
}
