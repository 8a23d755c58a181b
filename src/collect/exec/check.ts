import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";
import type { Check, Context } from "../provider.ts";
import { type ExecSource, settingOf } from "./source.ts";

/** Whether the program could be started, and gets what it is to get; it is not started. */
export async function* checks(source: ExecSource, context: Context): AsyncIterable<Check> {
  const { cwd, env, unset } = settingOf(source, context);
  for (const name of source.env ?? []) yield variableCheck(name, unset.includes(name));
  const [program] = source.command;
  const found = await findProgram(program, cwd, env.PATH ?? "");
  if (found) yield { subject: `program ${program}`, outcome: "ok", detail: "it is there and may be executed" };
  else {
    const detail = program.includes("/") ? "it is not there, or may not be executed" : "no folder of the PATH has it";
    const remedy = "correct the first word of command in tokenward.yaml, or install the program";
    yield { subject: `program ${program}`, outcome: "failed", detail, remedy };
  }
}

function variableCheck(name: string, isUnset: boolean): Check {
  if (!isUnset) return { subject: `variable ${name}`, outcome: "ok", detail: "it is set" };
  const remedy = `set ${name}, or take it out of env in tokenward.yaml`;
  return { subject: `variable ${name}`, outcome: "missing", detail: "it is not set", remedy };
}

async function findProgram(program: string, cwd: string, path: string): Promise<boolean> {
  const places = program.includes("/") ? [cwd] : path.split(delimiter).filter((folder) => folder !== "");
  for (const place of places) if (await isProgram(resolve(cwd, place, program))) return true;
  return false;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Whatever keeps us from it keeps us from starting it.
    return false;
  }
}
