import { describe, expect, it } from "vitest";
import type { Diff, TokenChange } from "../../src/model/documents.gen.ts";
import { renderDiffJson } from "../../src/report/diff-json.ts";
import { renderDiffMarkdown } from "../../src/report/diff-markdown.ts";
import { renderDiffTable } from "../../src/report/diff-table.ts";
import { markdownFaults } from "../support/validators.ts";
import { text } from "./results.ts";

const change = (id: string, changes: TokenChange["changes"], says = "ends never"): TokenChange => ({
  ...{ id, kind: "npm/token", name: "", changes },
  details: [{ aspect: "expires", effect: "wider", says }],
});
const diffOf = (tokens: TokenChange[], over: Partial<Diff> = {}): Diff => ({
  ...{ schema_version: 1, tool: { name: "tokenward", version: "0.1.0" } },
  ...{ old: { file: "old.ndjson" }, new: { file: "new.ndjson", as_of: "2030-01-01T00:00:00Z" } },
  ...{ incomplete: false, summary: { widened: tokens.length, unchanged: 2 }, tokens, ...over },
});
const table = (diff: Diff) => [...renderDiffTable(diff, 80)].join("");
const markdown = (diff: Diff) => [...renderDiffMarkdown(diff)].join("");

describe("a difference for people", () => {
  it("tells a token once, where it is most urgent, and a nameless one by its id", () => {
    const output = table(
      diffOf([change("npm/a/token/2", ["appeared"]), change("npm/a/token/1", ["widened", "changed"])]),
    );

    expect(output.indexOf("WIDENED  1")).toBeGreaterThan(0);
    expect(output.indexOf("APPEARED  1")).toBeGreaterThan(output.indexOf("WIDENED  1"));
    expect(output).not.toContain("CHANGED");
    expect(output).toContain("- npm/a/token/1 (npm/token)");
  });

  it("counts what is too much to list, and leaves nothing out of JSON", async () => {
    const many = diffOf(Array.from({ length: 150 }, (_, index) => change(`npm/a/token/${index}`, ["widened"])));

    expect(table(many)).toContain("and 50 more: see the JSON");
    expect(markdown(many)).toContain("and 50 more, see the JSON");
    expect(JSON.parse(await text(renderDiffJson(many)))).toEqual(many);
  });

  it("says first that it is not the whole truth", () => {
    const doubtful = diffOf([], { incomplete: true, summary: { unknown: 3 }, doubts: ["other policies judged"] });

    expect(table(doubtful)).toContain("INCOMPLETE: 3 differences may be none");
    expect(table(doubtful)).toContain("\nOther policies judged\n");
    expect(markdown(doubtful)).toContain("INCOMPLETE: 3 differences may be none");
    expect(markdown(doubtful)).toContain("**Other policies judged**");
  });

  it.each([
    { name: "a terminal sequence", value: "\u001b]0;owned\u0007\u001b[2J" },
    { name: "a script", value: "</script><script>alert(1)</script>" },
    { name: "a line of a table", value: "a\n| b | c |" },
    { name: "an override of the direction", value: "\u202etxt.exe" },
  ])("executes nothing of $name", ({ value }) => {
    const hostile = diffOf([{ ...change(value, ["widened"], value), name: value, replaces: value }]);

    expect(table(hostile)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
    expect(markdown(hostile)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]|<script/u);
    expect(markdownFaults(markdown(hostile))).toEqual([]);
    expect(
      markdown(hostile)
        .split("\n")
        .filter((line) => line.startsWith("|")),
    ).toHaveLength(3);
  });
});
