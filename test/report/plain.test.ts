import { describe, expect, it } from "vitest";
import { renderTable } from "../../src/report/table.ts";
import { company, waivedCompany } from "./company.ts";
import { finding, plain, read, result, text } from "./results.ts";

const said = (of: Parameters<typeof renderTable>[0]) => text(renderTable(of, { ...plain, colour: true, plain: true }));

describe("the table as sentences", () => {
  it.each([
    { run: "a company's", of: company() },
    { run: "one with waivers", of: waivedCompany() },
    { run: "an empty one", of: result({ tokens: 0, pass: 0 }) },
  ])("tells $run run without colour, columns, drawing or empty lines, each line a sentence", async ({ of }) => {
    const lines = (await said(of)).trimEnd().split("\n");

    expect(lines.filter((line) => !/[.!?:]$/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes("\u001b"))).toEqual([]);
    expect(lines.filter((line) => / {2}|^ |[│─|]/.test(line))).toEqual([]);
  });

  it("says first what the run came to, and before that nothing but that it is not whole", async () => {
    const coverage = [{ ...read, outcome: "denied" as const, detail: "403", remedy: "ask the owner" }];
    const gate = { incomplete: true, exit_code: 3 as const };

    const lines = (await said(result({ coverage, gate }))).split("\n");

    expect(lines[1]).toMatch(/^The run is incomplete: /);
    expect(lines[2]).toMatch(/^Result: .*exit 3/);
    expect(lines).toContainEqual(expect.stringContaining("to fix: ask the owner."));
  });

  it("tells of a finding its severity, id, token, kind, place and message", async () => {
    expect((await said(result({ findings: [finding()] }))).split("\n")).toContain(
      "High, finding 5b83058b, registry-pull (gitlab/deploy-token) at gitlab/acme/deploy-token/7: issued 120 days ago; the limit is 90 days.",
    );
  });

  it("is one line for a name that would be many, and moves no cursor", async () => {
    const hostile = finding({ token: { name: "a\n::error::\u001b[2J" } });

    const written = await said(result({ findings: [hostile] }));

    expect(written).not.toMatch(/^::/m);
    expect(written).not.toContain("\u001b");
    expect(written).toContain("\\u001b[2J");
  });
});
