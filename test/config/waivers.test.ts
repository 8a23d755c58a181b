import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWaivers, waiversIn } from "../../src/config/waivers.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { asOf, manifest } from "../support/tokens.ts";
import { configOf, folderWith } from "./given.ts";

const { policies } = manifest({ id: "idle" }, { id: "no-owner", aliases: ["nobody"] }, { id: "too-old" });
const entry = (over: object = {}): object => ({
  token: "github/acme/pat/7",
  policy: "idle",
  reason: "a reason",
  owner: "team-a",
  approver: "ciso",
  expires: "2030-06-30",
  ...over,
});
const fileOf = (...waivers: unknown[]) => JSON.stringify({ version: 1, waivers });
const read = (text: string, instant = asOf) => waiversIn(text, "waivers.yaml", { asOf: instant, policies });

function faults(text: string, instant = asOf): string[] {
  try {
    read(text, instant);
  } catch (error) {
    if (error instanceof TokenwardError && error.code === "WAIVERS_INVALID") return error.message.split("\n").slice(1);
    throw error;
  }
  return [];
}

describe("a file of waivers is refused", () => {
  it.each([
    { what: "without a reason", over: { reason: undefined }, fault: 'the key "reason" is missing' },
    { what: "without an approver", over: { approver: undefined }, fault: 'the key "approver" is missing' },
    { what: "without an owner", over: { owner: undefined }, fault: 'the key "owner" is missing' },
    { what: "without an end", over: { expires: undefined }, fault: 'the key "expires" is missing' },
    { what: "with an empty reason", over: { reason: "" }, fault: "not empty" },
    { what: "with a reason that is nothing", over: { reason: null }, fault: "expected text, found nothing" },
    { what: "with an end that is no date", over: { expires: "soon" }, fault: "expected a date" },
    { what: "with a day that is in no calendar", over: { expires: "2030-02-30" }, fault: "expected a date" },
    { what: "with a day that is written another way", over: { expires: "30.06.2030" }, fault: "expected a date" },
    { what: "with an instant in a zone", over: { expires: "2030-06-30T12:00:00+02:00" }, fault: "expected a date" },
    { what: "with a number", over: { expires: 20_300_630 }, fault: "expected text" },
    { what: "with an end too far away", over: { expires: "2031-01-02" }, fault: "more than 365 days after 2030-01-01" },
    { what: "with a policy that there is not", over: { policy: "idel" }, fault: 'did you mean "idle"?' },
    { what: "with one such policy of many", over: { policy: ["idle", "x"] }, fault: 'there is no policy "x"' },
    { what: "with no policy", over: { policy: [] }, fault: "a list that is not empty" },
    { what: "with no token", over: { token: {} }, fault: "at least one of id, kind, account, name" },
    { what: "with a selector that there is not", over: { token: { owner: "a" } }, fault: 'unknown key "owner"' },
    { what: "with a pattern too long", over: { token: { id: "*".repeat(257) } }, fault: "at most 256 characters" },
    { what: "with a key that there is not", over: { until: "x" }, fault: 'unknown key "until"' },
  ])("$what", ({ over, fault }) => {
    expect(faults(fileOf(entry(over)))).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    { what: "nothing", text: "", fault: "waivers.yaml: the file is empty" },
    { what: "a list", text: "[]", fault: "waivers.yaml:1:1: the file: expected a mapping, found a list" },
    { what: "a syntax error", text: "version: 1\nwaivers: [", fault: "waivers.yaml:2:11: not valid YAML" },
    { what: "another version", text: "version: 2\nwaivers: []", fault: "waivers.yaml:1:10: version: expected 1" },
    { what: "a key twice", text: "version: 1\nversion: 1\nwaivers: []", fault: "waivers.yaml:2:1: duplicate key" },
    { what: "an entry that is none", text: "version: 1\nwaivers:\n  - 7", fault: "waivers.yaml:3:5: waivers[0]" },
  ])("that holds $what", ({ text, fault }) => {
    expect(faults(text)).toEqual([expect.stringContaining(fault)]);
  });

  it("with all that is wrong at once, each with file, line and column", () => {
    const text = `version: 1
waivers:
  - token: a
    policy: idel
    reason: b
    owner: c
    approver: d
    expires: 2031-06-30
  - policy: idle
    reason: ""
    owner: c
    approver: d
    expires: 2030-13-01
`;

    expect(faults(text).map((line) => line.split(": ", 1)[0])).toEqual([
      "waivers.yaml:4:13",
      "waivers.yaml:8:14",
      "waivers.yaml:9:5",
      "waivers.yaml:10:13",
      "waivers.yaml:13:14",
    ]);
  });

  it("where it cannot be read", async () => {
    const cwd = await folderWith();
    const reading = readWaivers({ path: join(cwd, "waivers.yaml"), from: "--waivers" }, { cwd, asOf, policies });

    await expect(reading).rejects.toThrow("the waivers waivers.yaml (--waivers) cannot be read");
  });
});

describe("the last day", () => {
  it.each([
    { instant: "2029-12-31T00:00:00Z", last: "2030-12-31" },
    { instant: "2030-01-01T00:00:00Z", last: "2031-01-01" },
    { instant: "2030-01-01T23:59:59Z", last: "2031-01-01" },
    { instant: "2032-02-29T12:00:00Z", last: "2033-02-28" },
  ])("is at most $last as of $instant, in UTC", ({ instant, last }) => {
    const next = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);

    expect(faults(fileOf(entry({ expires: last })), instant)).toEqual([]);
    expect(faults(fileOf(entry({ expires: next })), instant)).toHaveLength(1);
  });

  it("may be long past: an expired waiver is no fault of the file", () => {
    expect(read(fileOf(entry({ expires: "2019-01-01" })))).toMatchObject([{ expires: "2019-01-01" }]);
  });
});

describe("a waiver", () => {
  it("is read with its place and its policies by their ids of today", () => {
    const text =
      "version: 1\nwaivers:\n  - { token: { kind: a/* }, policy: [nobody, no-owner, idle], reason: r, owner: o, approver: a, expires: 2030-01-01 }\n";

    expect(read(text)).toEqual([
      {
        by: "waivers.yaml:3:5",
        token: { kind: "a/*" },
        policies: ["no-owner", "idle"],
        reason: "r",
        owner: "o",
        approver: "a",
        expires: "2030-01-01",
      },
    ]);
  });

  it("does not carry a secret into reports", () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;

    const inText = { reason: `replaces ${secret}`, owner: secret, approver: secret, discriminator: secret };
    const waivers = read(fileOf(entry({ ...inText, token: { name: `${secret}*` } }), entry({ token: secret })));

    expect(JSON.stringify(waivers)).not.toContain(secret);
  });

  it.each([
    { said: "the flag", flags: { waivers: "flag.yaml" }, env: { TOKENWARD_WAIVERS: "env.yaml" }, value: "flag.yaml" },
    { said: "the variable", flags: {}, env: { TOKENWARD_WAIVERS: "env.yaml" }, value: "env.yaml" },
    { said: "the file", flags: {}, env: { TOKENWARD_WAIVERS: "" }, value: "own/waivers.yaml" },
  ])("stands in the file that $said names", async ({ flags, env, value }) => {
    const config = await configOf("version: 1\nwaivers: own/waivers.yaml\n", { flags, env });

    expect(config.waivers?.value).toBe(value);
  });
});

it("reads 5,000 waivers", async () => {
  const cwd = await folderWith();
  const one = (index: number) =>
    `  - token: github/acme/pat/${index}\n    policy: idle\n    reason: a reason\n    owner: o\n    approver: a\n    expires: 2030-06-30\n`;
  await writeFile(
    join(cwd, "w.yaml"),
    `version: 1\nwaivers:\n${Array.from({ length: 5_000 }, (_, at) => one(at)).join("")}`,
  );

  const waivers = await readWaivers({ path: join(cwd, "w.yaml"), from: "--waivers" }, { cwd, asOf, policies });

  expect(waivers).toHaveLength(5_000);
});
