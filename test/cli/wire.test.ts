import { join } from "node:path";
import { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { callsTold, tokensIn, type WireOptions, wireFor, withReplay, withWire } from "../../src/cli/wire.ts";
import { scratchFolder } from "../support/scratch.ts";

let scratch: string;
beforeAll(async () => {
  scratch = await scratchFolder();
});

const config = { sources: { value: [{ source: { use: "file" as const, path: "a.csv" }, root: "/" }], source: "flag" } };
const asOf = (suggested?: string) => suggested ?? "2030-01-01T00:00:00Z";

function parsed(args: readonly string[]): WireOptions {
  const command = withWire(new Command("check"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: "user" }).opts<WireOptions>();
}

describe("options", () => {
  it.each([
    [["--record", "a", "--replay", "a"], /cannot be used with option/],
    [["--resume", "a", "--replay", "b"], /cannot be used with option/],
    [["--record", "a", "--resume", "b"], /cannot be used with option/],
    [["--record"], /argument missing/],
    [["--max-wait", "soon"], /Write a duration/],
    [["--max-wait", "1y"], /Write a duration/],
  ])("%j are refused", (args, message) => {
    expect(() => parsed(args)).toThrow(message);
  });

  it.each([
    [[], {}],
    [["--max-wait", "2h"], { maxWait: 7_200_000 }],
    [["-v", "--resume", "kept"], { verbose: true, resume: "kept" }],
  ])("%j are taken", (args, options) => {
    expect(parsed(args)).toEqual(options);
  });

  it("of a command that only reads what was recorded are fewer", () => {
    expect(withReplay(new Command("explain")).options.map(({ long }) => long)).toEqual(["--replay"]);
  });
});

describe("the network of a run", () => {
  it("is the plain one where nothing else is asked for", async () => {
    expect(await wireFor({}, config, asOf)).toEqual({ wire: {}, asOf: "2030-01-01T00:00:00Z" });
    expect(await wireFor({ maxWait: 5 }, config, asOf)).toMatchObject({ wire: { limits: { wait: 5 } } });
  });

  it("goes with the folder that it is kept in, and with its instant", async () => {
    const folder = join(scratch, "kept");

    await wireFor({ resume: folder }, config, () => "2029-06-01T00:00:00Z");

    expect(await wireFor({ replay: folder, maxWait: 5 }, config, asOf)).toEqual({
      wire: { keeping: { mode: "replay", folder }, limits: { wait: 5 } },
      asOf: "2029-06-01T00:00:00Z",
    });
  });
});

describe("what --verbose tells", () => {
  const tally = (requests: number, retries: number, waited: number) => ({ requests, retries, waited });

  it.each([
    [tally(0, 0, 0), 0, "0 requests, 0 retries, waited 0 seconds for rate limits, no tokens"],
    [
      tally(1, 1, 61_400),
      8,
      "1 request, 1 retry, waited 1 minute 1 second for rate limits, 125.0 calls per 1,000 tokens",
    ],
    [
      tally(214, 2, 30_000),
      5_000,
      "214 requests, 2 retries, waited 30 seconds for rate limits, 42.8 calls per 1,000 tokens",
    ],
  ])("of %j and %i tokens", (of, tokens, told) => {
    expect(callsTold(new Map([["github", of]]), new Map([["github", tokens]]))).toBe(`github: ${told}\n`);
  });

  it("counts the tokens of a source over all its coverage", () => {
    const coverage = [
      { source: "github", items: 2 },
      { source: "file", items: 9 },
      { source: "github", items: 3 },
    ];

    expect(tokensIn(coverage)).toEqual(
      new Map([
        ["github", 5],
        ["file", 9],
      ]),
    );
    expect(callsTold(new Map(), tokensIn(coverage))).toBe("");
  });
});
