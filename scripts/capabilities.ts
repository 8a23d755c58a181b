/** Writes `policies/capabilities.json`, the built-ins that policies may call, or with `--check` fails when it is stale. */
import { readFile, writeFile } from "node:fs/promises";
import { findOpa, runOpa } from "../src/judge/opa.ts";
import { askedOfHost, type Builtin, unsafe } from "./host.ts";

interface Capabilities {
  builtins: Builtin[];
  [field: string]: unknown;
}

/** The oldest OPA that may compile policies: what it lacks, nobody may call. */
const BASE = "v0.70.0";

const path = new URL("../policies/capabilities.json", import.meta.url);
const opa = await findOpa(process.env);
const text = format(await capabilities());
if (!process.argv.includes("--check")) {
  await writeFile(path, text);
} else if (text !== (await readFile(path, "utf8").catch(() => ""))) {
  console.error("policies/capabilities.json is stale: run npx tsx scripts/capabilities.ts");
  process.exitCode = 1;
}

async function capabilities(): Promise<Capabilities> {
  const all = JSON.parse(await printed(["capabilities", "--version", BASE])) as Capabilities;
  const candidates = all.builtins.filter(({ decl }) => decl.result !== undefined);
  const fromHost = await askedOfHost(opa, candidates);
  const builtins = candidates.filter(({ name }) => !fromHost.has(name) && !Object.hasOwn(unsafe, name));
  return { ...all, builtins: builtins.sort((one, other) => (one.name < other.name ? -1 : 1)), allow_net: [] };
}

/** One built-in a line: a change of the list is then a change of lines. */
function format({ builtins, ...rest }: Capabilities): string {
  const lines = builtins.map((builtin) => `    ${JSON.stringify(builtin)}`);
  const fields = Object.entries(rest)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${[...fields, `  "builtins": [\n${lines.join(",\n")}\n  ]`].join(",\n")}\n}\n`;
}

async function printed(args: readonly string[]): Promise<string> {
  const { ok, stdout, stderr } = await runOpa(opa, args, ".");
  if (!ok) throw new Error(`opa ${args[0]}: ${stderr || stdout}`);
  return stdout;
}
