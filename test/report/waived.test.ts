import { describe, expect, it } from "vitest";
import type { ToldWaiver } from "../../src/model/documents.gen.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { renderTable } from "../../src/report/table.ts";
import { waivedCompany } from "./company.ts";
import { finding, plain, result, text } from "./results.ts";

const terms = { reason: "a reason", owner: "team-a", approver: "ciso" };
const waived = { by: "waivers.yaml:3:5", ...terms, expires: "2030-03-31" };
const entry = (over: Partial<ToldWaiver>): ToldWaiver => ({
  ...{ by: "waivers.yaml:3:5", ...terms, expires: "2030-03-31", token: "t/1", policies: ["idle"], findings: 1 },
  ...over,
});

describe("the table", () => {
  it("tells what is waived apart from what failed, with its last day, reason, owner and approver", async () => {
    const table = await text(renderTable(result({ findings: [finding({ waived })] }), plain));

    expect(table).not.toContain("FAIL ");
    expect(table).not.toContain("PASS ");
    expect(table).toContain("WAIVED  1 finding is waived (1 high)");
    expect(table.replace(/\s+/g, " ")).toContain(
      "waived until 2030-03-31: a reason; owner team-a, approved by ciso (waivers.yaml:3:5)",
    );
  });

  it("says of a failure that its waiver has expired", async () => {
    const table = await text(renderTable(result({ findings: [finding({ expired_waiver: waived })] }), plain));

    expect(table.replace(/\s+/g, " ")).toContain("its waiver waivers.yaml:3:5 expired on 2030-03-31");
  });

  it.each([
    { what: "expired", over: { expired: true as const, findings: 2 }, told: "t/1: 2 findings back" },
    { what: "expired and needless", over: { expired: true as const, findings: 0 }, told: "nothing is left of it" },
    { what: "unused", over: { findings: 0 }, told: "covers nothing: idle for t/1" },
    { what: "written as what it is not", over: { findings: 0, token: "t/*" }, told: "a pattern is written as" },
  ])("names a waiver that is $what", async ({ over, told }) => {
    const table = await text(renderTable(result({ waivers: [entry(over)] }), plain));

    expect(table.replace(/\s+/g, " ")).toContain(told);
  });

  it("does not call a waiver unused where it sees one shard alone", async () => {
    const { head, findings } = result({ waivers: [entry({ findings: 0 })] });
    const table = await text(renderTable({ head: { ...head, shard: { index: 1, of: 2 } }, findings }, plain));

    expect(table).not.toContain("WAIVERS");
  });
});

describe("SARIF", () => {
  const results = async (sarifIncludeSuppressed: boolean) => {
    const sarif = await text(renderSarif(waivedCompany(), { ...plain, sarifIncludeSuppressed }));
    return (JSON.parse(sarif) as { runs: [{ results: { suppressions?: object[] }[] }] }).runs[0].results;
  };

  it("leaves out what is waived, as its reader would open it as an alert", async () => {
    expect((await results(false)).filter(({ suppressions }) => suppressions)).toEqual([]);
  });

  it("keeps it on request, each with the reason why it is suppressed", async () => {
    const suppressed = (await results(true)).flatMap(({ suppressions = [] }) => suppressions);

    expect(suppressed.length).toBe((await results(true)).length - (await results(false)).length);
    expect(suppressed[0]).toEqual({
      kind: "external",
      status: "accepted",
      justification: expect.stringContaining("replaced in the spring"),
    });
  });
});
