import { spawn } from "node:child_process";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { main } from "./command.ts";
import { laidOut } from "./scratch.ts";

export interface Ended {
  code: number | null;
  /** Both streams, as they came. */
  said: string;
}

export type Script = (cwd: string, text: string, env?: Readonly<Record<string, string>>) => Promise<Ended>;

/** Runs a script as its machine would, with the built command as `tokenward`. */
export async function shellWithTokenward(folder: string, shell: "sh" | "bash" = "sh"): Promise<Script> {
  const bin = await laidOut(join(folder, "bin"), {
    tokenward: `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`,
  });
  await chmod(join(bin, "tokenward"), 0o755);
  return (cwd, text, env = {}) =>
    new Promise((done, fail) => {
      const path = `${bin}:${process.env.PATH ?? ""}`;
      const child = spawn(shell, ["-ec", text], {
        cwd,
        env: { ...env, PATH: path },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += String(piece)));
      child.on("error", fail).on("close", (code) => done({ code, said }));
    });
}
