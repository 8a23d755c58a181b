import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { issuesCredential } from "../../src/net/guard.ts";
import type { Keeping } from "../../src/net/keeping.ts";
import type { Estate } from "../support/faults.ts";
import { estates, type Outcome, runOver } from "../support/live.ts";
import { scratchFolder } from "../support/scratch.ts";

vi.mock("../../src/collect/registry.ts", async (original) => {
  const { withFictitious } = await import("../support/fictitious.ts");
  return withFictitious(original);
});

function isForCredential(asked: string): boolean {
  const [, path = "", body] = asked.split(" ");
  return issuesCredential(new URL(path, "https://any.example.com"), body);
}

/** At so many places a run is killed. */
const KILLED = 6;

let scratch: string;
let used = 0;
beforeAll(async () => {
  scratch = await scratchFolder();
});
const keeping = (mode: Keeping["mode"], folder: string): Keeping => ({ mode, folder });
const newFolder = () => join(scratch, String(++used));

describe.each(estates)("$id", ({ open }) => {
  let opened: Promise<{ estate: Estate; right: Outcome }> | undefined;
  const given = () => {
    opened ??= Promise.resolve(open()).then(async (estate) => ({ estate, right: await runOver(estate) }));
    return opened;
  };

  it("gives the same from a recording, without a credential and without asking", async () => {
    const { estate, right } = await given();
    const folder = newFolder();

    const { port } = right;
    const recorded = await runOver(estate, { keeping: keeping("record", folder), port });
    const replayed = await runOver(estate, { keeping: keeping("replay", folder), port });

    expect(recorded).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
    expect(replayed).toMatchObject({ tokens: right.tokens, coverage: right.coverage, asked: [] });
  });

  it("asks nothing twice and gives the same after it was killed", async () => {
    const { estate, right } = await given();
    const last = right.asked.length;

    for (let index = 1; index <= KILLED; index += 1) {
      const folder = newFolder();
      const at = Math.ceil((index * last) / KILLED);
      const stop = new AbortController();
      const beforeAnswer = (count: number) => count === at && stop.abort();
      const kept = { keeping: keeping("resume", folder), port: right.port };
      const killed = await runOver(estate, { ...kept, signal: stop.signal, beforeAnswer });
      const resumed = await runOver(estate, kept);

      expect(resumed, `killed at ${at}`).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
      expect(killed.asked.length).toBeLessThanOrEqual(at + 4);
      // What was under way when it was killed had no answer, and credentials are never kept.
      const again = last + 4 + right.asked.filter(isForCredential).length;
      expect(killed.asked.length + resumed.asked.length).toBeLessThanOrEqual(again);
    }
  });
});
