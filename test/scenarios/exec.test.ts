import { execFileSync, spawn } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { main, repository, run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const instant = ["--as-of", "2030-01-01T00:00:00Z"];
const hasPython = isThere("python3");

describe(`examples/exec${hasPython ? "" : ": skipped, because there is no python3"}`, () => {
  beforeAll(() => cp(join(repository, "examples/exec"), join(scratch, "examples/exec"), { recursive: true }));

  it.skipIf(!hasPython)("does what its README shows", async () => {
    const page = await readFile(join(scratch, "examples/exec/README.md"), "utf8");
    const [, command = "", shown = ""] = /```text\n\$ tokenward (.*)\n([\s\S]*?)```/.exec(page) ?? [];

    const { stdout, stderr, code } = await run({ cwd: scratch, args: command.split(" ") });

    expect({ stderr, code }).toEqual({ stderr: "", code: 1 });
    // Where the page leaves lines out, it says so by a line with `…` alone.
    for (const part of shown.split(/^…$/m)) expect(stdout).toContain(part.trimEnd());
  });

  it("has programs of 30 lines at most", async () => {
    for (const program of ["list_tickets.py", "list_billing.sh"]) {
      const text = await readFile(join(scratch, "examples/exec", program), "utf8");
      expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
    }
  });

  it("has a shell program that refuses what it cannot write, and reads a last line without its end", async () => {
    const cwd = join(scratch, "examples/exec");
    const rows = 'k1,printer,a,2029-10-11T09:00:00Z,never,x\nk2,"month",b,2029-10-11T09:00:00Z,never,x';
    await laidOut(cwd, { "quoted.csv": `id\n${rows}`, "open.csv": `id\n${rows.replaceAll('"', "")}` });
    const list = (file: string) => ({ use: "exec", command: ["sh", "list_billing.sh", file] });
    const sources = (file: string) => JSON.stringify({ version: 1, sources: [list(file)] });
    await laidOut(cwd, { "quoted.yaml": sources("quoted.csv"), "open.yaml": sources("open.csv") });

    const quoted = await run({ cwd, args: ["collect", "-c", "quoted.yaml", ...instant] });
    const open = await run({ cwd, args: ["collect", "-c", "open.yaml", ...instant] });

    expect(quoted).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("collected 1 token; 1 read denied or failed"),
    });
    expect(quoted.stdout).toContain('it said: quoted.csv: cannot write \\"month\\" as JSON');
    expect(open).toMatchObject({ code: 0, stderr: "collected 2 tokens\n" });
  });
});

describe("a run of a program", () => {
  const config = (script: string) =>
    JSON.stringify({ version: 1, sources: [{ use: "exec", command: [process.execPath, "-e", script] }] });
  const lasting = `require("fs").writeFileSync("pid", String(process.pid));
    process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)`;

  it("that fails is told with the line that asked for it, and leaves the run incomplete", async () => {
    const record = '{"kind":"npm/token","account":"acme","native_id":"a"}';
    const script = `console.log(${JSON.stringify(record)}); console.error("no route"); process.exitCode = 1`;
    const cwd = await laidOut(join(scratch, "fails"), { "tokenward.yaml": config(script) });

    const { stdout, code } = await run({ cwd, args: ["check", ...instant, "-f", "json"] });

    const { coverage, summary, gate } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ code, tokens: summary, gate }).toMatchObject({
      code: 3,
      tokens: { tokens: 1 },
      gate: { incomplete: true },
    });
    expect(coverage).toEqual([
      expect.objectContaining({
        outcome: "failed",
        items: 1,
        detail: expect.stringContaining("ended with exit code 1; it said: no route"),
        location: { uri: "tokenward.yaml", line: 1, column: 25 },
      }),
    ]);
  });

  it.each(["check", "collect"])("ends with Ctrl-C during %s, also one that will not", async (command) => {
    const cwd = await laidOut(join(scratch, `stopped-${command}`), { "tokenward.yaml": config(lasting) });
    const env = { PATH: process.env.PATH ?? "" };
    const child = spawn(process.execPath, [main, command, ...instant], { cwd, env, stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    let pid = "";
    while (pid === "") {
      await sleep(20);
      pid = await readFile(join(cwd, "pid"), "utf8").catch(() => "");
    }
    child.kill("SIGINT");

    expect(await ended).toBe(3);
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
  });
});

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    // Not to be found, or not to be run.
    return false;
  }
}
