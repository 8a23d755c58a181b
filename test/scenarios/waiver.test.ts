import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const files = {
  "tokenward.yaml": "version: 1\nsources: [{ use: file, path: tokens.csv }]\nwaivers: waivers.yaml\n",
  "tokens.csv": "kind,native_id,name,account,expires\ngithub/classic-pat,7,ci,acme,never\n",
};
const present =
  "# ours\nversion: 1\nwaivers:\n  - { token: other,  policy: [idle], reason: r, owner: o, approver: a, expires: 2030-01-05 } # kept\n";
const finding = "no-expiry/github/acme/classic-pat/7";
const clock = ["--as-of", "2030-01-01T00:00:00Z"];
const add = (expires: string, what = finding) => [
  ...["waiver", "add", what, "--reason", "r", "--owner", "o", "--approver", "a", "--expires", expires, ...clock],
];

describe("waiver add", () => {
  it.each([
    { what: "a day too far away", args: add("2031-01-02"), says: "WAIVERS_INVALID" },
    { what: "a day that is none", args: add("soon"), says: "WAIVERS_INVALID" },
    {
      what: "a verdict that is no finding",
      args: add("2030-03-31", finding.replace("no-expiry", "expires-soon")),
      says: "WAIVER_NEEDLESS",
    },
  ])("writes nothing for $what", async ({ what, args, says }) => {
    const cwd = await laidOut(join(scratch, what), files);
    const { code, stderr } = await run({ cwd, args });

    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(join(cwd, "waivers.yaml"))).toBe(false);
  });

  it("asks nobody who cannot answer: what is not given ends it", async () => {
    const cwd = await laidOut(join(scratch, "unasked"), files);
    const { code, stdout, stderr } = await run({ cwd, args: ["waiver", "add", finding, "--reason", "r"] });

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("not given: --owner, --approver, --expires");
    expect(existsSync(join(cwd, "waivers.yaml"))).toBe(false);
  });

  it("appends to what is there, is told by list and explain, and refuses to do so twice", async () => {
    const cwd = await laidOut(join(scratch, "append"), { ...files, "waivers.yaml": present });

    expect(await run({ cwd, args: add("2030-03-31") })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("waivers.yaml:5:5"),
    });
    expect((await readFile(join(cwd, "waivers.yaml"), "utf8")).startsWith(present)).toBe(true);
    expect(await run({ cwd, args: add("2030-03-31") })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("WAIVER_PRESENT"),
    });
    const explained = await run({ cwd, args: ["explain", finding, ...clock] });
    expect(explained.stdout).toContain("waived until 2030-03-31: r; owner o, approved by a");
    const soon = await run({ cwd, args: ["waiver", "list", "--expiring", "30d", "--format", "json", ...clock] });
    expect(JSON.parse(soon.stdout)).toMatchObject([{ token: "other", by: "waivers.yaml:4:5" }]);
  });

  it("makes the file where there is none", async () => {
    const cwd = await laidOut(join(scratch, "new"), files);

    expect(await run({ cwd, args: add("2030-03-31") })).toMatchObject({ code: 0 });
    expect(await readFile(join(cwd, "waivers.yaml"), "utf8")).toContain("token: github/acme/classic-pat/7");
  });
});
