import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sortKey } from "../../src/gate/digest.ts";
import { inReportOrder } from "../../src/gate/index.ts";
import { openSpool } from "../../src/gate/spool.ts";
import type { Finding } from "../../src/model/documents.gen.ts";
import { json } from "../../src/model/text.ts";
import { seeded, shuffled } from "../support/tokens.ts";

const token = { provider: "npm", account: "acme", kind: "npm/granular-token", name: "n" };
const location = { via: "virtual", uri: "tokens/x", line: 1, column: 1, end_line: 1, end_column: 2 } as const;

function finding(index: number, odd = ""): Finding {
  const severity = (["low", "medium", "high", "critical"] as const)[index % 4] ?? "low";
  const verdict = index % 5 === 0 ? "unknown" : "fail";
  const told = { message: "m", evidence: {}, thresholds: {}, unknown: {}, location };
  const policy = ["idle", "too-old", "no-owner"][index % 3] ?? "idle";
  return {
    id: `${index}`.padStart(32, "0"),
    policy,
    verdict,
    severity,
    ...told,
    token: { ...token, id: `npm/acme/t/${odd}${index}` },
  };
}

const lineOf = (one: Finding) => Buffer.from(`${sortKey(one)}\t${json(one)}\n`);

function scratchFolder(): () => string {
  const folder = mkdtempSync(join(tmpdir(), "tokenward-spool-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

const nowhere = () => {
  throw new Error("nothing should go to disk");
};

describe("findings in report order", () => {
  const odd = ["", "a b", '"', "\\", "é", "令", "\u0001"];
  const all = Array.from({ length: 700 }, (_, index) => finding(index, odd[index % odd.length]));
  const expected = [...all].sort(inReportOrder);

  it.each([
    { what: "in memory", run: undefined, isSpilled: false },
    { what: "from a few runs on disk", run: 40_000, isSpilled: true },
    { what: "from more runs than are merged at once", run: 1_000, isSpilled: true },
  ])("come back $what, whatever the order they came in", ({ run, isSpilled }) => {
    const scratch = isSpilled ? scratchFolder() : nowhere;
    const spool = openSpool(scratch, run);
    for (const one of shuffled(all, seeded(3))) spool.add(lineOf(one));

    const findings = spool.close();

    expect([...findings]).toEqual(expected);
    expect([...(findings.joined?.(" ,\n") ?? [])].join("")).toBe(expected.map((one) => json(one)).join(" ,\n"));
    expect([...findings], "a second time").toHaveLength(all.length);
    if (isSpilled) expect(readdirSync(scratch()).length).toBeGreaterThan(1);
  });

  it("are none where none were found", () => {
    expect([...openSpool(nowhere).close()]).toEqual([]);
  });

  it.each([
    { what: "in a folder that is gone", scratch: () => "/nowhere/at/all" },
    { what: "because no folder can be made", scratch: () => mkdtempSync("/nowhere/at/all/") },
  ])("that cannot be kept $what are an error of the disk, not a bug", ({ scratch }) => {
    const spool = openSpool(scratch, 10);

    expect(() => spool.add(lineOf(finding(1)))).toThrow(
      expect.objectContaining({ code: "SPOOL_FAILED", message: expect.stringMatching(/: there is no such file/) }),
    );
  });
});
