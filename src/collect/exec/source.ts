import { resolve } from "node:path";
import type { Context } from "../provider.ts";

/** As `schemas/sources/exec.json` has it. */
export interface ExecSource {
  use: "exec";
  command: [string, ...string[]];
  cwd?: string;
  env?: string[];
  timeout?: string;
  max_bytes?: number;
}

/** What any program needs to find its parts and to speak the user's language; secrets are named one by one. */
const ALWAYS = ["PATH", "HOME", "LANG"];
const LONGEST = 200;

/** Where a program runs and with which variables, and those that were named and are not set. */
export function settingOf(
  { cwd = ".", env: names = [] }: ExecSource,
  { root, env }: Pick<Context, "root" | "env">,
): { cwd: string; env: Record<string, string>; unset: string[] } {
  const given = [...ALWAYS, ...names].flatMap((name) => {
    const value = env[name];
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  return { cwd: resolve(root, cwd), env: Object.fromEntries(given), unset: names.filter((name) => !env[name]) };
}

/** How reports name a command: up to its first option, because arguments may hold what nobody should read. */
export function nameOf(command: readonly string[]): string {
  const [program = "", ...others] = command;
  const options = others.findIndex((word) => word.startsWith("-"));
  return [program, ...(options < 0 ? others : others.slice(0, options))].join(" ").slice(0, LONGEST);
}
