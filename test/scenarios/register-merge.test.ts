import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const config = "version: 1\nregister: tokens.yaml\n";
const csv = (...ids: string[]) =>
  ["kind,native_id,account,owner,scopes", ...ids.map((id) => `github/classic-pat,${id},acme,,read public_repo`)]
    .map((line) => `${line}\n`)
    .join("");

/** What one person does on a branch. */
type Work = (cwd: string) => Promise<unknown>;

const syncs =
  (...ids: string[]): Work =>
  async (cwd) => {
    await writeFile(join(cwd, "../seen.csv"), csv(...ids));
    expect(await run({ cwd, args: ["register", "sync", "../seen.csv"] })).toMatchObject({ code: 0 });
  };
const prunes =
  (...ids: string[]): Work =>
  async (cwd) => {
    await writeFile(join(cwd, "../seen.csv"), csv(...ids));
    expect(await run({ cwd, args: ["register", "sync", "../seen.csv", "--prune"] })).toMatchObject({ code: 0 });
  };
/** A person decides on one line of one entry. */
const edits =
  (id: string, from: string, to: string): Work =>
  async (cwd) => {
    const path = join(cwd, "tokens.yaml");
    const [before = "", after = ""] = (await readFile(path, "utf8")).split(`/${id}\n`);
    expect(after).toContain(from);
    await writeFile(path, `${before}/${id}\n${after.replace(from, to)}`);
  };

async function merged(
  name: string,
  [one, other]: readonly [Work, Work],
): Promise<{ status: number | null; text: string }> {
  const cwd = join(await laidOut(join(scratch, name), { "repository/tokenward.yaml": config }), "repository");
  const git = (...args: string[]) => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    return spawnSync("git", [...who, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" },
    });
  };
  const commit = () => {
    git("add", "-A");
    git("commit", "-qm", "work");
  };
  git("init", "-q", "-b", "main");
  await syncs("b", "d", "f")(cwd);
  commit();
  for (const [branch, work] of [
    ["one", one],
    ["other", other],
  ] as const) {
    git("checkout", "-q", "-b", branch, "main");
    await work(cwd);
    commit();
  }
  const { status } = git("merge", "-q", "--no-edit", "one");
  return { status, text: await readFile(join(cwd, "tokens.yaml"), "utf8") };
}

const idsIn = (text: string) =>
  parse(text).tokens.map(({ token }: { token: string }) => token.slice(token.lastIndexOf("/") + 1));

describe("changes of different entries merge in git", () => {
  it.each<{ what: string; work: [Work, Work]; ids: string[] }>([
    { what: "two entries in different places", work: [syncs("c"), syncs("e")], ids: ["b", "c", "d", "e", "f"] },
    { what: "one at the top and one at the end", work: [syncs("a"), syncs("z")], ids: ["a", "b", "d", "f", "z"] },
    {
      what: "an entry behind one whose last line is changed",
      work: [syncs("c"), edits("b", "- public_repo", "- repo")],
      ids: ["b", "c", "d", "f"],
    },
    {
      what: "an entry before one whose first value is changed",
      work: [syncs("c"), edits("d", "owner: TODO", "owner: team")],
      ids: ["b", "c", "d", "f"],
    },
    {
      what: "an entry at the end and a change of the last one's last line",
      work: [syncs("z"), edits("f", "- public_repo", "- repo")],
      ids: ["b", "d", "f", "z"],
    },
    {
      what: "the last line of one entry and the first value of the next",
      work: [edits("b", "- public_repo", "- repo"), edits("d", "owner: TODO", "owner: team")],
      ids: ["b", "d", "f"],
    },
    {
      what: "an entry taken out and changes of its neighbour",
      work: [prunes("b", "f"), edits("f", "purpose: TODO", "purpose: jobs")],
      ids: ["b", "f"],
    },
    { what: "the same entry written by both", work: [syncs("c"), syncs("c")], ids: ["b", "c", "d", "f"] },
  ])("$what", async ({ what, work, ids }) => {
    const { status, text } = await merged(what, work);

    expect(status).toBe(0);
    expect(idsIn(text)).toEqual(ids);
  });

  it("but two new entries in the same place have to be put one after the other by hand", async () => {
    const { status, text } = await merged("same place", [syncs("x"), syncs("z")]);

    expect(status).not.toBe(0);
    const kept = text.replaceAll(/^(?:<<<<<<<|=======|>>>>>>>).*\n/gm, "");
    expect(kept).toContain("/x\n");
    expect(kept).toContain("/z\n");
  });
});
