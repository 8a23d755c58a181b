import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { providerIds } from "../../src/collect/registry.ts";
import { repository, run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";

const cwd = await scratchFolder();
const tokenward = (...args: string[]) => run({ args: ["providers", ...args], cwd });

describe("tokenward providers", () => {
  it.each([
    { id: "wrokflows", says: 'there is no provider "wrokflows"; did you mean "workflows"?' },
    { id: "nothing-like-it", says: 'there is no provider "nothing-like-it"\n' },
    { id: "\u001b[2J", says: "there is no provider" },
  ])("knows no provider $id", async ({ id, says }) => {
    const { code, stdout, stderr } = await tokenward("show", id);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).toContain("[PROVIDER_UNKNOWN]");
    expect(stderr).not.toContain("\u001b");
  });

  it("lists every provider there is", async () => {
    const { stdout } = await tokenward("list");
    const documents = JSON.parse((await tokenward("list", "--format", "json")).stdout) as { id: string }[];

    expect(documents.map(({ id }) => id)).toEqual(providerIds);
    expect(stdout.split("\n")[0]).toMatch(/^PROVIDER +CREDENTIAL +TITLE +KINDS$/);
    expect(stdout).toMatch(/^workflows +none +GitHub Actions workflows of a checkout +github\/workflow-token$/m);
    for (const id of providerIds) expect(stdout).toMatch(new RegExp(`^${id} `, "m"));
  });

  it.each(providerIds)("shows of %s what its page shows", async (id) => {
    const page = await readFile(`${repository}docs/providers/${id}.md`, "utf8");

    const { code, stdout } = await run({ args: ["providers", "show", id], cwd, env: { COLUMNS: "120" } });
    const shown = JSON.parse((await tokenward("show", id, "-f", "json")).stdout) as Shown;

    expect(code).toBe(0);
    for (const key of Object.keys(shown.config.properties).filter((name) => name !== "use")) {
      expect(stdout).toMatch(new RegExp(`^  ${key} `, "m"));
      expect(page).toContain(`| \`${key}\``);
    }
    for (const kind of Object.keys(shown.fields)) expect(stdout).toMatch(new RegExp(`^  ${kind}$`, "m"));
    for (const text of Object.values(shown.grant)) expect(page).toContain(text.trimEnd());
    for (const { subject } of shown.hidden) expect(stdout.replace(/\s+/g, " ")).toContain(subject);
    expect(stdout.split("\n").filter((line) => line.length > 120 && !line.startsWith("  "))).toEqual([]);
  });

  it("shows which fields are known of a kind, in words for why not", async () => {
    const { stdout } = await tokenward("show", "workflows");

    expect(stdout).toMatch(/ {2}github\/workflow-token\n {4}known +principal, status, reach\n {4}varies +grants/);
    expect(stdout).toMatch(/ {4}not-exposed +created, rotated, expires\n {4}not-asked +owner/);
  });
});

interface Shown {
  grant: Record<string, string>;
  hidden: { subject: string }[];
  fields: Record<string, object>;
  config: { properties: Record<string, object> };
}
