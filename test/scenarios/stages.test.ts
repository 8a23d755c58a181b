import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, run } from "../support/command.ts";
import { laidOut, scratchFolder, withAcme } from "../support/scratch.ts";

const cwd = await withAcme(await scratchFolder());
const other = process.env.TOKENWARD_OTHER_NODE;
const config = ["--config", "examples/acme/tokenward.yaml"];
const instant = ["--as-of", "2030-01-01T00:00:00Z"];
const into = (name: string) => [
  ...["-o", `${name}.txt`],
  ...["--report", `json=${name}.json`],
  ...["--report", `sarif=${name}.sarif`],
];
const formats = [{ format: "txt" }, { format: "json" }, { format: "sarif" }];

let collected: Outcome;
let rendered: Outcome;

beforeAll(async () => {
  const [, inventory] = await Promise.all([
    run({ cwd, args: ["check", ...config, ...instant, ...into("check")] }),
    run({ cwd, args: ["collect", ...config, ...instant, "-o", "acme.ndjson"] }),
  ]);
  collected = inventory;
  const judging = { cwd, args: ["judge", "acme.ndjson", ...config] };
  const [, , again] = await Promise.all([
    run({ ...judging, args: [...judging.args, ...into("judge")] }),
    run({ ...judging, args: [...judging.args, ...into("twice")] }),
    run({ cwd, args: ["report", "check.json", ...into("report")] }),
    ...(other ? [run({ ...judging, args: [...judging.args, ...into("other")], node: other })] : []),
  ]);
  rendered = again;
});

describe("an inventory", () => {
  it("holds 60 tokens or more, of ten kinds or more, from five providers or more", async () => {
    const lines = (await text("acme.ndjson")).trimEnd().split("\n");
    const tokens = lines.map((line) => JSON.parse(line).token).filter((token) => token !== undefined);

    expect(tokens.length).toBeGreaterThanOrEqual(60);
    expect(new Set(tokens.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(tokens.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(5);
    expect(collected).toEqual({ code: 0, stdout: "", stderr: `collected ${tokens.length} tokens\n` });
  });

  it("may be read by its owner only, because it names people and systems", async () => {
    const { mode } = await stat(join(cwd, "acme.ndjson"));

    expect((mode & 0o777).toString(8)).toBe("600");
  });

  it.each(formats)("judged later gives the $format report that check gave at once", async ({ format }) => {
    // The digest of the configuration covers the sources, and these are two: the files, and the inventory made of them.
    const alike = async (file: string) => (await text(file)).replace(/^ {2}"config": "[0-9a-f]{64}",$/m, "");

    expect(await alike(`judge.${format}`)).toBe(await alike(`check.${format}`));
  });

  it.each(formats)("judged twice gives the same bytes as $format", async ({ format }) => {
    expect(await text(`twice.${format}`)).toBe(await text(`judge.${format}`));
  });

  const title = other ? "another Node" : "another Node (skipped: name one in TOKENWARD_OTHER_NODE)";
  it.skipIf(!other).each(formats)(`judged by ${title} gives the same bytes as $format`, async ({ format }) => {
    expect(await text(`other.${format}`)).toBe(await text(`judge.${format}`));
  });
});

describe("a saved report", () => {
  it.each(formats)("rendered again is the original byte for byte as $format", async ({ format }) => {
    expect(await text(`report.${format}`)).toBe(await text(`check.${format}`));
  });

  it("ends as the run did", () => {
    expect(rendered).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^89 tokens: .*; exit 1 [^\n]*\n$/),
    });
  });
});

describe("the example company", () => {
  it("gives every policy something to fail, to pass and, where it needs a field, to leave unknown", async () => {
    const { policies } = JSON.parse(await text("check.json")) as Report;
    // What most sources never tell the example does not tell either.
    const fed = policies.filter(({ policy }) => policy.applies_to.given === undefined);
    const missing = fed.flatMap(({ policy, verdicts }) => {
      const wanted = ["fail", "pass", ...(policy.needs.length > 0 ? ["unknown"] : [])];
      return wanted.filter((verdict) => verdicts[verdict] === 0).map((verdict) => `${policy.id}: ${verdict}`);
    });

    expect(fed.length).toBeGreaterThanOrEqual(24);
    expect(missing).toEqual([]);
  });
});

describe("what is collected is not whole", () => {
  const record = "kind: x/key, account: acme, native_id: '1'";

  it.each([
    { what: "nothing", yaml: "[]", told: "collected 0 tokens; nothing is there to judge", code: 3 },
    {
      what: "a denied field",
      yaml: `[{ ${record}, expires: denied }]`,
      told: "fields of 1 token denied or failed",
      code: 3,
    },
    {
      what: "a field that nobody shows",
      yaml: `[{ ${record}, expires: not-exposed }]`,
      told: "collected 1 token\n",
      code: 0,
    },
  ])("with $what: $code", async ({ yaml, told, code }) => {
    const folder = await laidOut(await scratchFolder(), { "tokens.yaml": yaml });
    await laidOut(folder, { "tokenward.yaml": "version: 1\nsources: [{ use: file, path: tokens.yaml }]\n" });
    const outcome = await run({ cwd: folder, args: ["collect", ...instant] });

    expect(outcome).toMatchObject({ code, stderr: expect.stringContaining(told) });
  });
});

interface Report {
  policies: {
    policy: { id: string; needs: string[]; applies_to: { given?: string[] } };
    verdicts: Record<string, number>;
  }[];
}

function text(name: string): Promise<string> {
  return readFile(join(cwd, name), "utf8");
}
