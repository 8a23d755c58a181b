import { describe, expect, it } from "vitest";
import type { GateMeans } from "../../src/gate/index.ts";
import { mergeReports } from "../../src/gate/merge.ts";
import type { Part } from "../../src/gate/parts.ts";
import type { Coverage, Finding, Report } from "../../src/model/documents.gen.ts";
import type { Judged, Result } from "../../src/model/flow.ts";
import { severities } from "../../src/model/severity.ts";
import { isInShard, type Shard } from "../../src/model/shard.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { renderJson } from "../../src/report/json.ts";
import { aCoverage, aToken, seeded, shuffled } from "../support/tokens.ts";
import { decide, finding, judged, means, reading, slugs } from "./judgements.ts";

const config = "c".repeat(64);
type Head = Result["head"];

/** The report of one shard, as a run would write it. */
async function part(
  shard: Shard,
  items: readonly Judged[],
  { changed = {}, ...over }: Partial<Head> & { changed?: Partial<GateMeans> } = {},
): Promise<Part> {
  const { head, findings } = await wholeOf(items, { run: { ...means.run, config, shard }, ...changed });
  return { name: `${shard.index}.json`, head: { ...head, ...over }, findings };
}

/** The report of one run on everything. */
async function wholeOf(items: readonly Judged[], changed: Partial<GateMeans> = {}): Promise<Omit<Part, "name">> {
  const { head, findings } = await decide(items, { run: { ...means.run, config }, ...changed });
  const all: Finding[] = [];
  for await (const one of findings) all.push(one);
  return { head, findings: all };
}

async function faults(...parts: Promise<Part>[]): Promise<string[]> {
  const outcome = mergeReports(await Promise.all(parts));
  return "faults" in outcome ? outcome.faults : [];
}

async function merged(...parts: Promise<Part>[]): Promise<Result> {
  const outcome = mergeReports(await Promise.all(parts));
  if ("faults" in outcome) throw new Error(outcome.faults.join("\n"));
  return outcome.result;
}

const some = [judged("a"), reading("read")];
const first = () => part({ index: 1, of: 2 }, some);
const second = (over: Parameters<typeof part>[2] = {}) =>
  part({ index: 2, of: 2 }, [judged("b"), reading("read")], over);
const gated = (over: Partial<Report["gate"]>): Partial<Head> => ({
  gate: { fail_on: "high", exit_code: 0, incomplete: false, allow_incomplete: false, at_threshold: 0, ...over },
});

describe("reports that are not all the shards of one run", () => {
  it.each<{ what: string; parts: Promise<Part>[]; told: string[] }>([
    { what: "one shard is missing", parts: [first()], told: ["missing: shard 2 of 2"] },
    {
      what: "many are missing",
      parts: [3, 7, 9].map((index) => part({ index, of: 9 }, some)),
      told: ["missing: shard 1-2, 4-6, 8 of 9"],
    },
    {
      what: "one is there twice",
      parts: [first(), second(), first()],
      told: ["more than once: shard 1/2, in 1.json and 1.json"],
    },
    {
      what: "one stands in for another",
      parts: [first(), first()],
      told: ["missing: shard 2 of 2", "more than once: shard 1/2, in 1.json and 1.json"],
    },
    {
      what: "one cannot be",
      parts: [first(), second(), part({ index: 3, of: 2 }, [])],
      told: ["shard 3/2 in 3.json cannot be"],
    },
    {
      what: "they were split differently",
      parts: [first(), part({ index: 2, of: 3 }, some), part({ index: 3, of: 3 }, some)],
      told: ["number of shards: 3 in 2.json, 2 in 1.json", "number of shards: 3 in 3.json, 2 in 1.json"],
    },
  ])("are told apart where $what", async ({ parts, told }) => {
    expect(await faults(...parts)).toEqual(told);
  });

  it.each<{ what: string; over: Parameters<typeof part>[2]; told: string }>([
    {
      what: "policies",
      over: { bundle: "f".repeat(64) },
      told: "policies: ffffffffffff… in 2.json, 000000000000… in 1.json",
    },
    {
      what: "a configuration",
      over: { config: "d".repeat(64) },
      told: "configuration: dddddddddddd… in 2.json, cccccccccccc… in 1.json",
    },
    { what: "a profile", over: { profile: "strict" }, told: "profile: strict in 2.json, default in 1.json" },
    {
      what: "an instant",
      over: { as_of: "2030-01-01T00:00:01Z" },
      told: "as of: 2030-01-01T00:00:01Z in 2.json, 2030-01-01T00:00:00Z in 1.json",
    },
    {
      what: "a version of the tool",
      over: { tool: { name: "tokenward", version: "0.2.0" } },
      told: "tool: tokenward 0.2.0 in 2.json, tokenward 0.1.0 in 1.json",
    },
    { what: "a threshold", over: gated({ fail_on: "low" }), told: "fail on: low in 2.json, high in 1.json" },
    {
      what: "a tolerance",
      over: gated({ allow_incomplete: true }),
      told: "allow incomplete: true in 2.json, false in 1.json",
    },
    {
      what: "policies switched off",
      over: { changed: { disabled: ["idle"] } },
      told: "list of policies: ",
    },
    {
      what: "a name that a terminal obeys",
      over: { profile: `strict\u001b[2J${"x".repeat(99)}` },
      told: "profile: strict\\u001b[2Jxx… in 2.json, default in 1.json",
    },
  ])("are told apart where one has $what of its own", async ({ over, told }) => {
    expect(await faults(first(), second(over))).toEqual([expect.stringContaining(told)]);
  });

  it("are told of whole runs", async () => {
    const { head, ...rest } = await second();
    const { shard: _, ...whole } = head;

    expect(await faults(first(), Promise.resolve({ ...rest, head: whole }))).toEqual([
      "2.json tells of a whole run, not of a shard",
    ]);
  });

  it("are told of configurations that no report told", async () => {
    const untold = [first(), second()].map(async (one) => {
      const { head, ...rest } = await one;
      const { config: _, ...others } = head;
      return { ...rest, head: others };
    });

    expect(await faults(...untold)).toEqual(["configuration: not told in 2.json, not told in 1.json"]);
  });

  it("are told of everything at once", async () => {
    const odd = second({ bundle: "f".repeat(64), as_of: "2031-01-01T00:00:00Z" });

    expect(await faults(first(), odd)).toHaveLength(2);
  });

  it.each([
    { what: "one token", tokens: ["x"], told: 'judged twice: token "x", in 1.json and 2.json' },
    {
      what: "several tokens",
      tokens: ["x", "y", "z"],
      told: 'judged twice: token "x" and 2 more, in 1.json and 2.json',
    },
  ])("are told apart where both judged $what", async ({ tokens, told }) => {
    const items = tokens.map((token) => judged(token, {}));

    expect(await faults(part({ index: 1, of: 2 }, items), part({ index: 2, of: 2 }, items))).toEqual([told]);
  });

  it("are told apart where both judged a token that failed another policy each time", async () => {
    const [one, other] = [judged("x", { policy: "idle" }), judged("x", { policy: "too-old" })];

    expect(await faults(part({ index: 1, of: 2 }, [one]), part({ index: 2, of: 2 }, [other]))).toEqual([
      'judged twice: token "x", in 1.json and 2.json',
    ]);
  });

  it.each<{ what: string; items: number; outcome?: Coverage["outcome"]; told: string }>([
    { what: "grew", items: 2, told: "gave 2 tokens in 2.json, 1 in 1.json" },
    { what: "was emptied", items: 0, outcome: "empty", told: "gave 0 tokens in 2.json, 1 in 1.json" },
  ])("are told apart where a source $what between them", async ({ items, outcome = "read", told }) => {
    const changed: Judged = { coverage: aCoverage({ items, outcome, subject: "tokens.csv" }) };
    const was: Judged = { coverage: aCoverage({ items: 1, subject: "tokens.csv" }) };

    expect(
      await faults(part({ index: 1, of: 2 }, [judged("a"), was]), part({ index: 2, of: 2 }, [judged("b"), changed])),
    ).toEqual([`changed while it was read: "tokens.csv" ${told}`]);
  });
});

describe("the decision on all shards together", () => {
  const nothing: Judged[] = [reading("read")];
  const denied = judged("d", { verdict: "unknown", unknown: { created: "denied" } });

  it.each<{ what: string; items: Judged[][]; changed?: Partial<GateMeans>; gate: Partial<Report["gate"]> }>([
    { what: "no shard got a token", items: [nothing, nothing], gate: { exit_code: 3, incomplete: true } },
    { what: "one shard of two got no token", items: [some, nothing], gate: { exit_code: 0, incomplete: false } },
    {
      what: "one shard was denied a source",
      items: [some, [reading("denied")]],
      gate: { exit_code: 3, incomplete: true },
    },
    {
      what: "one shard failed",
      items: [[...some, reading("failed")], nothing],
      gate: { exit_code: 3, incomplete: true },
    },
    {
      what: "a source shows something nobody",
      items: [[...some, reading("not-exposed")], [reading("not-exposed")]],
      gate: { exit_code: 0, incomplete: false },
    },
    { what: "one shard was denied a field", items: [some, [denied]], gate: { exit_code: 3, incomplete: true } },
    {
      what: "a shard was denied a field, which is tolerated",
      items: [some, [denied]],
      changed: { allowIncomplete: true },
      gate: { exit_code: 0, incomplete: true, allow_incomplete: true },
    },
    {
      what: "two shards have findings at the threshold",
      items: [
        [judged("x", {}), judged("y", {})],
        [judged("z", {}), reading("failed")],
      ],
      gate: { exit_code: 1, incomplete: true, at_threshold: 3 },
    },
    { what: "all is well", items: [some, [judged("b")]], gate: { exit_code: 0, incomplete: false, at_threshold: 0 } },
  ])("is $gate where $what", async ({ items, changed = {}, gate }) => {
    const { head } = await merged(
      ...items.map((one, before) => part({ index: before + 1, of: items.length }, one, { changed })),
    );

    expect(head.gate).toMatchObject(gate);
  });

  it("keeps a gap for which a shard had another reason", async () => {
    const stopped = second(gated({ incomplete: true, exit_code: 3 }));

    expect((await merged(first(), stopped)).head.gate).toMatchObject({ incomplete: true, exit_code: 3 });
  });
});

describe("the report of one shard", () => {
  it.each<{ what: string; over: object; faults: string[] }>([
    { what: "is a report", over: {}, faults: [] },
    { what: "does not count from 0", over: { shard: { index: 0, of: 2 } }, faults: ["/shard/index must be >= 1"] },
    { what: "says of how many", over: { shard: { index: 1 } }, faults: ["/shard must have required property 'of'"] },
    { what: "has no other digest", over: { config: "none" }, faults: ['/config must match pattern "^[0-9a-f]{64}$"'] },
  ])("$what by its schema", async ({ over, faults: told }) => {
    const { head, findings } = await first();

    const found = faultsIn("report", { ...head, ...over, findings });

    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual(told);
  });
});

describe("the report of all shards together", () => {
  it("is that of the one shard there is", async () => {
    const items = [judged("a", {}), reading("read")];

    expect(await merged(part({ index: 1, of: 1 }, items))).toEqual(await wholeOf(items));
  });

  it("does not depend on the order in which they are named, also where nothing else orders what they tell", async () => {
    const parts = ["unread", "unlisted"].map((subject, before) =>
      part({ index: before + 1, of: 2 }, [judged(subject), { coverage: aCoverage({ subject, outcome: "failed" }) }]),
    );

    expect(await merged(...parts.toReversed())).toEqual(await merged(...parts));
  });

  it("tells of no shard", async () => {
    expect((await merged(first(), second())).head).not.toHaveProperty("shard");
  });

  it.each(Array.from({ length: 25 }, (_, seed) => ({ seed })))(
    "is byte for byte that of one run, however it was split (seed $seed)",
    async ({ seed }) => {
      const random = seeded(seed + 1);
      const sources = generated(random);
      const of = 1 + Math.floor(random() * 9);
      const shards = Array.from({ length: of }, (_, before) => ({ index: before + 1, of }));
      const parts = shards.map((shard) =>
        part(
          shard,
          toldBy(sources, (unit) => isInShard(unit, shard)),
          { changed: { run: { ...means.run, config, shard }, waivers } },
        ),
      );

      const found = await merged(...shuffled(parts, random));

      const whole = await wholeOf(
        toldBy(sources, () => true),
        { waivers },
      );
      expect(JSON.stringify(found)).toBe(JSON.stringify(whole));
      expect(await textOf(found)).toBe(await textOf(whole));
    },
  );
});

const terms = { reason: "a reason", owner: "team-a", approver: "ciso" };
/** One in force, one that has expired, and one that covers nothing. */
const waivers = [
  { by: "waivers.yaml:3:5", token: { id: "*1*" }, policies: slugs, ...terms, expires: "2030-01-01" },
  { by: "waivers.yaml:9:5", token: { id: "*2*" }, policies: ["idle"], ...terms, expires: "2029-12-31" },
  { by: "waivers.yaml:15:5", token: "none", policies: slugs, ...terms, expires: "2030-01-01" },
];

/** What a source holds: tokens, and records that are broken, as every shard sees. */
interface Held {
  subject: string;
  found: ({ token: Judged; unit: string } | { broken: Coverage })[];
}

/** What a run tells of sources if these units are its own. */
function toldBy(sources: readonly Held[], isMine: (unit: string) => boolean): Judged[] {
  return sources.flatMap(({ subject, found }) => {
    const items = found.filter((one) => "token" in one).length;
    const own = found.filter((one) => !("token" in one) || isMine(one.unit));
    const told = own.map((one): Judged => ("token" in one ? one.token : { coverage: one.broken }));
    return [...told, { coverage: aCoverage({ subject, items, outcome: items > 0 ? "read" : "empty" }) }];
  });
}

/** Sources as they may come: verdicts of every sort, gaps, faults at any place, and one source that is read twice. */
function generated(random: () => number): Held[] {
  const reasons = ["not-exposed", "not-asked", ...(random() < 0.3 ? ["denied"] : [])];
  const isBroken = random() < 0.6;
  let count = 0;
  return ["a.csv", "b.csv", "c.csv", "b.csv"].map((subject) => {
    const found = Array.from({ length: Math.floor(random() * 25) }, (_, before): Held["found"][number] => {
      const unit = `t${count++}`;
      const location = { uri: subject, line: before + 2, column: 1 };
      const fault = aCoverage({ outcome: "failed", items: 0, subject, detail: unit, location });
      if (isBroken && random() < 0.1) return { broken: fault };
      return { token: judgedAtRandom(unit, reasons, random), unit };
    });
    return { subject, found };
  });
}

function judgedAtRandom(id: string, reasons: readonly string[], random: () => number): Judged {
  const draw = <Item>(from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item;
  const drawn = slugs.map(() => draw(["pass", "pass", "fail", "unknown", "not_applicable"] as const));
  const findings = drawn.flatMap((verdict, policy) => {
    if (verdict !== "fail" && verdict !== "unknown") return [];
    const unknown = verdict === "unknown" ? { created: draw(reasons) } : {};
    return [finding(id, { policy: slugs[policy] as string, verdict, severity: draw(severities), unknown })];
  });
  return { judgement: { token: aToken({ id }), findings, verdicts: drawn } };
}

async function textOf(result: Result): Promise<string> {
  let whole = "";
  for await (const piece of renderJson(result)) whole += piece;
  return whole;
}
