import { spawnSync } from "node:child_process";
import { chmod, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const csv = (...ids: string[]) =>
  ["kind,native_id,account,owner,scopes", ...ids.map((id) => `github/classic-pat,${id},acme,,read public_repo`)]
    .map((line) => `${line}\n`)
    .join("");
const token = (id: string) => `github/acme/classic-pat/${id}`;
const config = "version: 1\nsources: [{ use: file, path: tokens.csv }]\nregister: tokens.yaml\n";
const entry = (id: string) => `  - token: ${token(id)}\n    owner: team-${id}\n    purpose: jobs of ${id}\n`;
const register = (...ids: string[]) => `# ours\nversion: 1\ntokens:\n${ids.map(entry).join("\n")}`;
const sync = (...more: string[]) => ["register", "sync", ...more];
const textIn = (cwd: string, file = "tokens.yaml") => readFile(join(cwd, file), "utf8");

describe("register sync refuses, and leaves the register as it is,", () => {
  const brackets = `version: 1\ntokens: [{ token: "${token("a")}", owner: o, purpose: p }]\n`;

  it.each([
    { what: "without a register", files: { "tokenward.yaml": "version: 1\n" }, says: "REGISTER_UNNAMED" },
    {
      what: "a form that cannot be added to",
      files: { "tokens.yaml": brackets },
      says: "tokens.yaml:2: nothing was written",
    },
    {
      what: "a faulty register",
      files: { "tokens.yaml": "version: 1\ntokens: [{ token: x }]\n" },
      says: "REGISTER_INVALID",
    },
    { what: "a file that is no part of it", args: ["--file", "other.yaml"], says: "REGISTER_FILE" },
    {
      what: "a missing folder below a file",
      args: ["--register", "tokens.csv/tokens.yaml"],
      says: "REGISTER_UNREADABLE",
    },
    { what: "a folder that takes no file", args: ["--register", "/proc/tokens.yaml"], says: "OUTPUT_FAILED" },
  ])("$what", async ({ what, files = {}, args = [], says }) => {
    const all = { "tokenward.yaml": config, "tokens.csv": csv("a", "b"), ...files };
    const cwd = await laidOut(join(scratch, what), all);

    const { code, stderr } = await run({ cwd, args: sync("tokens.csv", ...args) });

    expect(stderr).toContain(says);
    expect(code).toBe(2);
    expect((await readdir(cwd)).sort()).toEqual(Object.keys(all).sort());
    if ("tokens.yaml" in all) expect(await textIn(cwd)).toBe(all["tokens.yaml"]);
  });

  it.each([
    { what: "unread.csv", why: "a source that is missing" },
    { what: "empty.csv", why: "no token at all" },
  ])("to take entries out after $why", async ({ what }) => {
    const cwd = await laidOut(join(scratch, `prune ${what}`), {
      "tokenward.yaml": config,
      "empty.csv": csv(),
      "tokens.yaml": register("a"),
    });

    const { code, stderr } = await run({ cwd, args: sync(what, "--prune") });

    expect(stderr).toContain("PRUNE_INCOMPLETE");
    expect(code).toBe(3);
    expect(await textIn(cwd)).toBe(register("a"));
  });
});

describe("register sync", () => {
  it("makes the file, tells so, and the second time does nothing", async () => {
    const cwd = await laidOut(join(scratch, "new"), { "tokenward.yaml": config, "tokens.csv": csv("b", "a") });

    const first = await run({ cwd, args: sync() });
    const text = await textIn(cwd);
    const before = await stat(join(cwd, "tokens.yaml"));
    const second = await run({ cwd, args: sync() });

    expect(first).toMatchObject({
      code: 0,
      stdout: "tokens.yaml: 2 entries written, each with TODO for its purpose; 2 without an owner\n",
    });
    expect(second).toMatchObject({ code: 0, stdout: "every token has its entry\n" });
    expect(await textIn(cwd)).toBe(text);
    expect((await stat(join(cwd, "tokens.yaml"))).mtimeMs).toBe(before.mtimeMs);
    expect(parse(text)).toEqual({
      version: 1,
      tokens: ["a", "b"].map((id) => ({
        token: token(id),
        owner: "TODO",
        purpose: "TODO",
        scopes: ["public_repo"],
      })),
    });
    expect(await run({ cwd, args: ["check", "--fail-on", "never", "--allow-incomplete"] })).toMatchObject({ code: 0 });
  });

  it.each([
    { what: "line ends of another system", form: (text: string) => text.replaceAll("\n", "\r\n") },
    { what: "a byte order mark", form: (text: string) => `\uFEFF${text}` },
    { what: "document marks", form: (text: string) => `---\n${text}...\n` },
    { what: "no last line end", form: (text: string) => text.trimEnd() },
    {
      what: "odd blanks and comments",
      form: (text: string) => text.replaceAll("owner: ", "owner:    ").replaceAll("\n\n", "   # end\n\n"),
    },
    { what: "no indent", form: (text: string) => text.replaceAll("\n  ", "\n") },
    { what: "keys in quotes", form: (text: string) => text.replaceAll(/(owner|purpose|tokens|version):/g, '"$1":') },
  ])("keeps every byte of a file with $what", async ({ what, form }) => {
    const text = form(register("a", "c"));
    const cwd = await laidOut(join(scratch, what), {
      "tokenward.yaml": config,
      "tokens.csv": csv("a", "b", "c"),
      "tokens.yaml": text,
    });

    expect(await run({ cwd, args: sync() })).toMatchObject({ code: 0 });

    const after = await textIn(cwd);
    const added = after.split(/(?<=\n)/).filter((line) => !text.split(/(?<=\n)/).includes(line));
    expect(added.join("")).toContain(token("b"));
    let rest = after;
    for (const piece of text.split(/(?<=\n)/)) {
      expect(rest).toContain(piece);
      rest = rest.slice(rest.indexOf(piece) + piece.length);
    }
    expect(parse(after.replace(/^\uFEFF/, "")).tokens.map((one: { token: string }) => one.token)).toEqual(
      ["a", "b", "c"].map(token),
    );
    expect(await run({ cwd, args: sync() })).toMatchObject({ code: 0, stdout: "every token has its entry\n" });
    expect(await textIn(cwd)).toBe(after);
  });

  it("tells with --dry-run what would change, and writes nothing", async () => {
    const files = { "tokenward.yaml": config, "tokens.csv": csv("a", "b"), "tokens.yaml": register("a") };
    const cwd = await laidOut(join(scratch, "dry"), files);

    const { code, stdout } = await run({ cwd, args: sync("--dry-run") });

    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "--- tokens.yaml",
        "+++ tokens.yaml",
        "@@ -6,0 +7,6 @@",
        "+",
        `+  - token: ${token("b")}`,
        "+    owner: TODO",
        "+    purpose: TODO",
        "+    scopes:",
        "+      - public_repo",
        "",
      ].join("\n"),
    );
    expect(await textIn(cwd)).toBe(register("a"));
  });

  it("writes what was read of an incomplete run, and says so", async () => {
    const cwd = await laidOut(join(scratch, "incomplete"), {
      "tokenward.yaml": config.replace("path: tokens.csv }", "path: tokens.csv }, { use: file, path: gone.csv }"),
      "tokens.csv": csv("a"),
    });

    const { code, stderr } = await run({ cwd, args: sync() });

    expect(code).toBe(3);
    expect(stderr).toContain("incomplete: file gone.csv failed (gone.csv does not exist)");
    expect(await textIn(cwd)).toContain(token("a"));
    expect(await run({ cwd, args: sync("--allow-incomplete") })).toMatchObject({ code: 0 });
  });

  it("takes out with --prune what names a token that is gone, and keeps patterns and accounts that nobody asked for", async () => {
    const others = `\n  - token: gitlab/elsewhere/deploy-token/9\n    owner: o\n    purpose: p\n\n  - token: { id: "gone*" }\n    owner: o\n    purpose: p\n`;
    const cwd = await laidOut(join(scratch, "prune"), {
      "tokenward.yaml": config,
      "tokens.csv": csv("b"),
      "tokens.yaml": register("a", "b", "c") + others,
    });

    expect(await run({ cwd, args: sync() })).toMatchObject({ code: 0, stdout: "every token has its entry\n" });
    const { code, stdout, stderr } = await run({ cwd, args: sync("--prune") });

    expect({ code, stdout }).toEqual({ code: 0, stdout: "tokens.yaml: 2 entries taken out\n" });
    expect(stderr).toContain("1 entry of accounts that this run did not read stayed");
    expect(await textIn(cwd)).toBe(register("b") + others);
  });

  it("puts the entries of a folder into the owner's file, else into unassigned.yaml, or where --file says", async () => {
    const files = {
      "tokenward.yaml": config.replace("tokens.yaml", "tokens"),
      "tokens.csv": csv("a", "b").replace("b,acme,,", "b,acme,team-x,"),
      "tokens/x.yaml": register("x").replace("team-x", "team-x"),
      "tokens/y.yaml": register("y"),
    };
    const cwd = await laidOut(join(scratch, "folder"), files);

    expect(await run({ cwd, args: sync() })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^tokens\/x\.yaml: 1 entry written.*\ntokens\/unassigned\.yaml: 1 entry written/),
    });
    expect(await textIn(cwd, "tokens/x.yaml")).toContain(token("b"));
    expect(await textIn(cwd, "tokens/unassigned.yaml")).toContain(token("a"));
    expect(await textIn(cwd, "tokens/y.yaml")).toBe(files["tokens/y.yaml"]);
    await writeFile(join(cwd, "tokens.csv"), csv("d"));
    expect(await run({ cwd, args: sync("--file", "tokens/y.yaml") })).toMatchObject({ code: 0 });
    expect(await textIn(cwd, "tokens/y.yaml")).toContain(token("d"));
  });

  it("writes through a link, and keeps who may read the file", async () => {
    const cwd = await laidOut(join(scratch, "link"), {
      "tokenward.yaml": config,
      "tokens.csv": csv("a", "b"),
      "real.yaml": register("a"),
    });
    await chmod(join(cwd, "real.yaml"), 0o640);
    await symlink("real.yaml", join(cwd, "tokens.yaml"));

    expect(await run({ cwd, args: sync() })).toMatchObject({ code: 0 });

    expect(await textIn(cwd, "real.yaml")).toContain(token("b"));
    expect((await stat(join(cwd, "real.yaml"))).mode & 0o777).toBe(0o640);
  });

  it("says when the disk takes no more, and leaves nothing behind", async () => {
    const cwd = await laidOut(join(scratch, "full"), { "tokenward.yaml": config, "tokens.csv": csv("a") });
    await writeFile(join(cwd, "run.sh"), `ulimit -f 0\ntrap '' XFSZ\nexec "$@"\n`);

    const result = spawnSync(
      "sh",
      ["run.sh", process.execPath, join(import.meta.dirname, "../../dist/cli/main.js"), ...sync()],
      { cwd, encoding: "utf8" },
    );

    expect(result.stderr).toContain("OUTPUT_FAILED");
    expect(result.status).toBe(2);
    expect((await readdir(cwd)).sort()).toEqual(["run.sh", "tokens.csv", "tokenward.yaml"]);
  });
});
