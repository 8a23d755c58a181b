/** All of CI but the tests: the types, the rules of style and of imports, and what is generated, beside each other. */
import { spawn } from "node:child_process";

const outcomes = await Promise.all(["types", "lint", "generate -- --check"].map(checked));
for (const { output } of outcomes) process.stdout.write(output);
if (outcomes.some(({ code }) => code !== 0)) process.exitCode = 1;

/** What a script of the package says, told once it has ended: nobody could read three at once. */
function checked(script: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", ...script.split(" ")], { stdio: ["ignore", "pipe", "pipe"] });
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
    child.on("error", reject).on("close", (code) => resolve({ code, output: Buffer.concat(pieces).toString() }));
  });
}
