import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { howToTell, type ProgressOptions, watching } from "../../src/cli/progress.ts";
import { type How, openProgress } from "../../src/cli/progress-told.ts";
import type { Gathered } from "../../src/model/flow.ts";
import type { Tally } from "../../src/net/http.ts";
import { aToken } from "../support/tokens.ts";

describe("how progress is told", () => {
  const auto: ProgressOptions = { progress: "auto" };

  it.each([
    { what: "into a file or a pipe", options: auto, isTTY: false, how: undefined },
    { what: "in CI", options: auto, env: { CI: "true" }, how: undefined },
    { what: "of a quiet run", options: { ...auto, quiet: true }, how: undefined },
    { what: "where nobody wants it", options: { progress: "never" as const }, how: undefined },
    { what: "on a terminal", options: auto, how: "line" },
    { what: "outside CI, said so", options: auto, env: { CI: "false" }, how: "line" },
    { what: "on a terminal that moves no cursor", options: auto, env: { TERM: "dumb" }, how: "plain" },
    {
      what: "anywhere, as wished",
      options: { progress: "always" as const },
      isTTY: false,
      env: { CI: "1" },
      how: "line",
    },
    {
      what: "in lines, as wished",
      options: { progress: "plain" as const },
      isTTY: false,
      env: { CI: "1" },
      how: "plain",
    },
  ])("$what: $how", ({ options, isTTY = true, env = {}, how }) => {
    expect(howToTell(options, { isTTY, env })).toBe(how);
  });
});

interface Told {
  how?: How;
  columns?: number;
  sources?: Parameters<typeof openProgress>[0];
}

function told({ how = "plain", columns = 80, sources = [github] }: Told) {
  const written: string[] = [];
  const clock = { now: Date.parse("2030-01-01T00:00:00Z") };
  const screen = { write: (text: string) => void written.push(text), columns: () => columns };
  const progress = openProgress(sources, { how, screen, now: () => clock.now });
  const watch = async (place: number, ...items: Gathered[]) => {
    for await (const _ of progress.watched(given(items), place)) progress.tell();
  };
  return { written, clock, progress, watch };
}

async function* given(items: readonly Gathered[]): AsyncIterable<Gathered> {
  yield* items;
}

const github = { source: { use: "github" as const, account: "acme" } };
const one: Gathered = { token: aToken(), origin: { source: "github" } };
const asking = (tally: Partial<Tally>) => ({ tally: () => ({ requests: 0, retries: 0, waited: 0, ...tally }) });

describe("what is told", () => {
  it("is nothing before a source is asked", () => {
    const { progress, written } = told({});

    progress.tell();
    progress.close();

    expect(written).toEqual([]);
  });

  it("is of the source that is read now: its tokens and calls, and until when it has to wait", async () => {
    const { progress, watch, written } = told({ sources: [github, { source: { use: "file", path: "a.csv" } }] });
    progress.asks(asking({ requests: 3 }), 0);
    progress.asks(asking({ requests: 4, until: Date.parse("2030-01-01T00:10:00Z") }), 0);

    await watch(0, one, one);
    await watch(1, one);

    expect(written).toEqual([
      "1 of 2: github acme: 1 token, 7 calls, waiting for its rate limit until 2030-01-01T00:10:00Z\n",
      "2 of 2: file a.csv: 1 token\n",
    ]);
  });

  it("counts the lines of all inputs that are read elsewhere", async () => {
    const { progress, watch, written } = told({});
    const raw = (first: number): Gathered => ({
      raw: { bytes: new Uint8Array(), first, from: { source: "file", name: "a", isFile: true } },
      origin: { source: "file" },
    });

    await watch(0, raw(1), raw(501), raw(1), raw(101));
    progress.close();

    expect(written.at(-1)).toBe("github acme: 600 lines, all is read\n");
  });

  it("is in lines that stay only what is news, or ten seconds old", async () => {
    const { clock, progress, written } = told({});
    const tally = { requests: 0 };
    progress.asks({ tally: () => ({ retries: 0, waited: 0, ...tally }) }, 0);
    const items = progress.watched(given([one, one]), 0)[Symbol.asyncIterator]();
    await items.next();

    for (let second = 0; second <= 20; second += 1) {
      tally.requests = second;
      progress.tell();
      clock.now += 1_000;
    }

    expect(written).toEqual([
      "github acme: 1 token\n",
      "github acme: 1 token, 10 calls\n",
      "github acme: 1 token, 20 calls\n",
    ]);
  });

  it("is in place one line that fits the screen, drawn only when it changes, and erased at the end", async () => {
    const { progress, watch, written } = told({ how: "line", columns: 20 });

    await watch(0, one);
    progress.tell();
    progress.tell();
    progress.close();
    progress.close();

    expect(written).toEqual(["\rgithub acme: 1 tok…", `\r${" ".repeat(19)}\r`]);
  });

  it("leaves nothing of a longer line behind a shorter one", async () => {
    const sources = [github, { source: { use: "file" as const, path: "a.csv" } }];
    const { progress, watch, written } = told({ how: "line", sources });

    await watch(0, one);
    await watch(1, one);
    progress.close();

    expect(written).toEqual([
      "\r1 of 2: github acme: 1 token",
      "\r2 of 2: file a.csv: 1 token ",
      `\r${" ".repeat(27)}\r`,
    ]);
  });

  it("spells out what an account holds of escapes, new lines and commands", async () => {
    const { watch, written } = told({ sources: [{ source: { use: "github", account: "\u001b[2Jacme\n::error::x" } }] });

    await watch(0, one);

    expect(written).toEqual(["github \\u001b[2Jacme\\u000a:\\u003aerror:\\u003ax: 1 token\n"]);
  });

  it("holds no secret that stands where an account should", async () => {
    const secret = ["ghp", "_", "a1B2".repeat(9)].join("");
    const { watch, written } = told({ sources: [{ source: { use: "github", account: secret } }] });

    await watch(0, one);

    expect(written.join("")).toMatch(/^github .*: 1 token\n$/);
    expect(written.join("")).not.toContain(secret);
  });
});

describe("work that is watched", () => {
  const means = { now: Date.now, connect: () => expect.unreachable() };
  const config = { sources: { value: [{ ...github, root: "/" }], source: "flag" } };

  it("is given what it was given where nobody watches", async () => {
    await expect(watching(config, { means, how: undefined }, async (got) => got)).resolves.toBe(means);
  });

  it("fails as it failed", async () => {
    const work = async () => {
      await setImmediate();
      throw new Error("the source is gone");
    };

    await expect(watching(config, { means, how: "plain" }, work)).rejects.toThrow("the source is gone");
  });
});
