import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kinLines, kinOf, kinPolicies, openKin } from "../../src/run/kin.ts";
import { openShelf } from "../../src/run/shelf.ts";
import { aPolicy, asOf, aToken, days } from "../support/tokens.ts";

const nowhere = () => {
  throw new Error("nothing should go to disk");
};
const everything = { isOfInterest: () => true, asOf };

function related(...batches: ReturnType<typeof aToken>[][]): unknown {
  const kin = openKin(nowhere, asOf);
  for (const [number, tokens] of batches.entries()) kin.add(kinLines(tokens, number, everything));
  return [...kin.close()].map(({ batch, facts }) => ({ batch, facts: [...facts] }));
}

describe("tokens that belong together", () => {
  const one = aToken({ created: "2029-10-01T00:00:00Z" });
  const other = aToken({ created: "2029-12-02T00:00:00Z" });
  const sha256 = "0".repeat(64);

  it.each([
    { what: "another principal", token: aToken({ principal: { type: "human", id: "hubot", state: "active" } }) },
    { what: "no principal", token: aToken({ principal: null }) },
    { what: "another account", token: aToken({ account: "globex" }) },
    { what: "another kind", token: aToken({ kind: "github/classic-pat" }) },
  ])("are not those of $what", ({ token }) => {
    expect(related([one, token])).toEqual([]);
  });

  it("are found in one batch and across batches, in the order of the batches", () => {
    const facts = { active: 3, issued: [days(30), days(30), days(92)] };

    const newest = { ...other, id: `${other.id}9` };

    expect(related([other], [aToken({ principal: null }), one], [newest])).toEqual([
      { batch: 0, facts: [[0, { siblings: { ...facts, overlap: days(30) } }]] },
      { batch: 1, facts: [[1, { siblings: { ...facts, overlap: days(30) } }]] },
      { batch: 2, facts: [[0, { siblings: facts }]] },
    ]);
  });

  it("are records of one secret, also under other principals and kinds", () => {
    const stored = (environment: string, id: string) =>
      aToken({ environment, principal: null, id, kind: `github/${id}`, fingerprint: { sha256 } });
    const shared_with = { environments: ["production", "staging"], tokens: 1 };

    expect(related([stored("staging", "a"), stored("production", "b")])).toEqual([
      {
        batch: 0,
        facts: [
          [0, { shared_with }],
          [1, { shared_with }],
        ],
      },
    ]);
  });

  it("leave out what may not pass, and kinds that nobody asks about", () => {
    expect(kinLines([one, other], 0, { ...everything, without: new Set([0, 1]) })).toHaveLength(0);
    expect(kinLines([one, other], 0, { ...everything, isOfInterest: () => false })).toHaveLength(0);
  });

  it("of the same second are told apart by their whole ids, with the spaces in them", () => {
    const [second, last] = [aToken({ ...one, id: "ci key 2" }), aToken({ ...one, id: "ci key 3" })];

    const issued = [days(92), days(92)];

    expect(related([last, second])).toEqual([
      {
        batch: 0,
        facts: [
          [0, { siblings: { active: 2, issued } }],
          [1, { siblings: { active: 2, overlap: days(92), issued } }],
        ],
      },
    ]);
  });

  it("count one that has expired as no longer active", () => {
    const expired = aToken({ expires: asOf });

    expect(related([expired, other])).toMatchObject([
      {
        facts: [
          [0, { siblings: { active: 1 } }],
          [1, {}],
        ],
      },
    ]);
  });
});

it("only policies that ask about other tokens, and are on, need to know of them", () => {
  const asking = aPolicy({ id: "too-many", applies_to: { given: ["facts.siblings"], kinds: ["npm/*"] } });
  const manifest = { policies: [asking, aPolicy({ applies_to: { given: ["usage"] } })], reads: [] };

  expect(kinPolicies(manifest, { disabled: [] })).toEqual([asking]);
  expect(kinPolicies(manifest, { disabled: ["too-many"] })).toEqual([]);
  expect(["npm/token", "github/pat"].filter(kinOf([asking]))).toEqual(["npm/token"]);
});

describe("batches that are kept", () => {
  it.each([
    { what: "in memory", kept: 1_000_000, isOnDisk: false },
    { what: "on disk", kept: 0, isOnDisk: true },
  ])("come back $what with the tokens that are asked for", ({ kept, isOnDisk }) => {
    const folder = mkdtempSync(join(tmpdir(), "tokenward-shelf-"));
    const shelf = openShelf(isOnDisk ? () => folder : nowhere, kept);
    const raw = {
      bytes: new Uint8Array([1, 2, 3]),
      first: 7,
      from: { source: "file", name: "a.ndjson", isFile: true },
    };
    const [one, two, three] = [aToken({ id: "one" }), aToken({ id: "two" }), aToken({ id: "three" })];
    shelf.put({ number: 3, tokens: [one, two, three] }, []);
    shelf.put({ number: 9, raw }, []);

    expect(shelf.take(9, [0, 4])).toEqual({ number: 9, raw: { ...raw, only: new Set([0, 4]) } });
    expect(shelf.take(3, [0, 2])).toEqual({ number: 3, tokens: [one, three] });
    expect(() => shelf.take(4, [0])).toThrow("no batch 4");
    expect(readdirSync(folder)).toHaveLength(isOnDisk ? 1 : 0);
    shelf.close();
  });

  it.each([
    { what: "before all tokens", others: [0, 0], records: [2, 3, 4] },
    { what: "behind all tokens", others: [3], records: [0, 1, 2] },
    { what: "between them", others: [1, 2, 2], records: [0, 2, 5] },
  ])("count records that were no tokens $what", ({ others, records }) => {
    const shelf = openShelf(nowhere);
    shelf.put(
      { number: 0, raw: { bytes: new Uint8Array(), first: 1, from: { source: "", name: "", isFile: false } } },
      others,
    );

    expect(shelf.take(0, [0, 1, 2])).toMatchObject({ raw: { only: new Set(records) } });
  });
});
