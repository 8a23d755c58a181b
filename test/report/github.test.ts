import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/documents.gen.ts";
import { renderGithub } from "../../src/report/github.ts";
import { finding, gap, result, text } from "./results.ts";

function of(severity: Finding["severity"], count: number): Finding[] {
  return Array.from({ length: count }, (_, index) =>
    finding({ severity, token: { id: `t/a/k/${severity}-${index}` } }),
  );
}

async function lines(findings: Finding[], gate = {}): Promise<string[]> {
  const written = await text(renderGithub(result({ findings, gate })));
  return written.split("\n").filter((line) => line !== "");
}

describe("the ten annotations that GitHub shows of a kind", () => {
  it.each([
    { failures: 10, own: 10, rest: [] },
    { failures: 11, own: 9, rest: ["and 2 more findings, see the report"] },
    { failures: 500, own: 9, rest: ["and 491 more findings, see the report"] },
  ])("are $own findings of $failures, and the rest is counted", async ({ failures, own, rest }) => {
    const told = await lines(of("high", failures));

    expect(told.filter((line) => line.includes("title=too-old"))).toHaveLength(own);
    expect(told.filter((line) => line.includes("title=tokenward")).map((line) => line.split("::")[2])).toEqual(rest);
  });

  it("begin with the word that the run is incomplete, which takes the place of a finding", async () => {
    const told = await lines(of("critical", 10), { incomplete: true });

    expect(told[0]).toMatch(/^::error title=tokenward::The run is incomplete/);
    expect(told.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(told.at(-1)).toContain("and 2 more findings");
  });

  it("tell in the first what could not be read, or what to do where there was nothing to read", async () => {
    const denied = { source: "github", subject: "deploy keys", outcome: "denied", items: 0, detail: "403" } as const;
    const first = async (given: Parameters<typeof result>[0]) =>
      (await text(renderGithub(result({ findings: [], gate: { incomplete: true }, ...given })))).split("::")[2];

    expect(await first({ coverage: [denied] })).toMatch(/not judged\. github deploy keys: denied: 403\n$/);
    expect(await first({ tokens: 0 })).toMatch(/no token was collected; to fix: name sources/);
  });

  it("keep a place among the warnings for what could not be judged", async () => {
    const unknown = gap({ field: "created", reason: "denied", why: "denied", token: { id: "t/a/k/u" } });
    const told = await lines([...of("medium", 10), unknown]);

    expect(told.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
    expect(told.at(-1)).toBe(
      "::warning title=tokenward::1 verdict not possible, because too little is known; see the report",
    );
  });
});

it.each([
  { uri: "../outside.yml", via: "source" },
  { uri: "tokens/t/a/k/1", via: "virtual" },
] as const)("names no file for a finding at $uri, which is none of the repository", async ({ uri, via }) => {
  const location = { via, uri, line: 3, column: 1, end_line: 3, end_column: 2 };

  expect((await lines([finding({ location })]))[0]).toMatch(/^::error title=/);
});

it("stands on the line that declares the token, whatever its file is called", async () => {
  const location = { via: "source", uri: "a, b: 100%.yml", line: 3, column: 5, end_line: 4, end_column: 6 } as const;

  expect((await lines([finding({ location })]))[0]).toMatch(
    /^::error file=a%2C b%3A 100%25\.yml,line=3,endLine=4,col=5,endColumn=6,title=too-old \(high\)::/,
  );
});
