import { describe, expect, it } from "vitest";
import { resolveRules } from "../../src/config/parameters.ts";
import { about, configOf, faultsOf, linesOf } from "./given.ts";

describe("a duration that is none is refused when the file is read", () => {
  it.each([
    { stated: "-90d", text: '"-90d" is negative; a duration is 0s or longer' },
    { stated: "-P90D", text: '"-P90D" is negative; a duration is 0s or longer' },
    { stated: "P-90D", text: '"P-90D" is negative; a duration is 0s or longer' },
    { stated: '"90"', text: "90 has no unit; write 90d for days or 90h for hours" },
    { stated: "1.5d", text: '"1.5d" is not whole; write a smaller unit, such as 36h for a day and a half' },
    { stated: "3mo", text: '"3mo" has no fixed length, as months and years differ; count days, such as 90d' },
    { stated: "1y", text: '"1y" has no fixed length, as months and years differ; count days, such as 90d' },
    { stated: "2 years", text: '"2 years" has no fixed length, as months and years differ; count days, such as 90d' },
    { stated: "P3M", text: '"P3M" has no fixed length, as months and years differ; count days, such as 90d' },
    { stated: "P1YT8H", text: '"P1YT8H" has no fixed length, as months and years differ; count days, such as 90d' },
    { stated: "90 days", text: '"90 days" is no duration; did you mean "90d"?' },
    { stated: "90D", text: '"90D" is no duration; did you mean "90d"?' },
    { stated: "PT", text: '"PT" is no duration; write 90d, 8h, 30m, 2w or P90D' },
    { stated: "soon", text: '"soon" is no duration; write 90d, 8h, 30m, 2w or P90D' },
    { stated: '""', text: '"" is no duration; write 90d, 8h, 30m, 2w or P90D' },
  ])("$stated", async ({ stated, text }) => {
    const lines = await faultsOf(`version: 1\nparameters:\n  too-old: { max_age: ${stated} }\n`);

    expect(lines).toEqual([`tokenward.yaml:3:23: parameters.too-old.max_age: ${text}`]);
  });

  it("also where its policy is not known, and in words that no terminal obeys", async () => {
    const lines = await faultsOf('version: 1\nkinds:\n  a/b:\n    "odd\\n\\e[2J": { x: never }\n');

    expect(lines).toEqual([
      'tokenward.yaml:4:24: kinds.a/b."odd\\u000a\\u001b[2J".x: "never" is no duration; write 90d, 8h, 30m, 2w or P90D',
    ]);
  });
});

describe("what a sound file says of policies is held against the policies there are", () => {
  it.each([
    {
      title: "an unknown policy, with the nearest",
      yaml: "parameters: { too-olld: { max_age: 60d } }",
      lines: ['2:15: unknown policy "too-olld"; did you mean "too-old"?'],
    },
    {
      title: "an unknown policy that resembles none",
      yaml: "kinds: { github/classic-pat: { quantum: {} } }",
      lines: ['2:32: unknown policy "quantum"; `tokenward policy list` names them all'],
    },
    {
      title: "an unknown policy among those switched off",
      yaml: "policies: { disable: [idle, ildes] }",
      lines: ['2:29: unknown policy "ildes"; did you mean "idle"?'],
    },
    {
      title: "an unknown policy with a severity",
      yaml: "policies: { severity: { no-onwer: low } }",
      lines: ['2:25: unknown policy "no-onwer"; did you mean "no-owner"?'],
    },
    {
      title: "an unknown parameter, with the nearest",
      yaml: "parameters: { too-old: { max_agee: 60d } }",
      lines: ['2:26: too-old has no parameter "max_agee"; did you mean "max_age"?'],
    },
    {
      title: "a misspelt reason",
      yaml: "parameters: { too-old: { raeson: 60d } }",
      lines: ['2:26: too-old has no parameter "raeson"; did you mean "reason"?'],
    },
    {
      title: "a parameter of a policy that takes none",
      yaml: "parameters: { no-owner: { limit: 3 } }",
      lines: ['2:27: no-owner has no parameter "limit"; allowed here: applies, reason, approved_by, review_by'],
    },
    {
      title: "a parameter by a name that every object has",
      yaml: "parameters: { too-old: { toString: 3 } }",
      lines: [
        '2:26: too-old has no parameter "toString"; allowed here: max_age, applies, reason, approved_by, review_by',
      ],
    },
    {
      title: "a bare number for a duration",
      yaml: "parameters: { too-old: { max_age: 90 } }",
      lines: ["2:35: parameters.too-old.max_age: 90 has no unit; write 90d for days or 90h for hours"],
    },
    {
      title: "a negative number for a duration",
      yaml: "parameters: { too-old: { max_age: -90 } }",
      lines: ["2:35: parameters.too-old.max_age: -90 is negative; a duration is 0s or longer"],
    },
    {
      title: "a list for a duration",
      yaml: "parameters: { too-old: { max_age: [90d] } }",
      lines: ["2:35: parameters.too-old.max_age: expected a duration such as 90d, found a list"],
    },
    {
      title: "a duration for a number",
      yaml: "parameters: { too-many: { max_count: 5d } }",
      lines: ['2:38: parameters.too-many.max_count: expected a whole number, found the text "5d"'],
    },
    {
      title: "a number for a list",
      yaml: "kinds: { github/workflow-token: { job-write: { allowed: 5 } } }",
      lines: [
        "2:57: kinds.github/workflow-token.job-write.allowed: expected a list of words, such as [first, second], found 5",
      ],
    },
    {
      title: "a kind that a policy never judges",
      yaml: "kinds: { aws/access-key: { job-write: { allowed: [] } } }",
      lines: ['2:28: job-write never judges tokens of kind "aws/access-key"'],
    },
    {
      title: "nothing, where a kind that is exempt is said to be judged after all",
      yaml: "kinds: { a/b: {}, aws/access-key: { no-expiry: { applies: true }, too-old: { max_age: 5d } } }",
      lines: [],
    },
    {
      title: "one policy under two of its names",
      yaml: "parameters: { too-old: { max_age: 5d }, age: { max_age: 6d } }",
      lines: ['2:41: "age" and "too-old" are one policy; keep too-old alone'],
    },
    {
      title: "a policy that is off for all, wanted for one kind",
      yaml: "kinds: { a/b: { idle: { applies: true } } }\nparameters: { idle: { applies: false } }",
      lines: ["2:17: idle is off for every kind (tokenward.yaml:3:32) and cannot judge one alone"],
    },
    {
      title: "several at once, in the order of the file",
      yaml: "policies: { disable: [x] }\nparameters: { y: {}, too-old: { max_age: 3, z: 3d } }",
      lines: [
        '2:23: unknown policy "x"; `tokenward policy list` names them all',
        '3:15: unknown policy "y"; `tokenward policy list` names them all',
        "3:42: parameters.too-old.max_age: 3 has no unit; write 3d for days or 3h for hours",
        '3:45: too-old has no parameter "z"; allowed here: max_age, applies, reason, approved_by, review_by',
      ],
    },
  ])("$title", async ({ yaml, lines }) => {
    const config = await configOf(`version: 1\n${yaml}\n`);

    const resolved = Promise.resolve().then(() => resolveRules(config, about.manifest, about.thresholds));

    if (lines.length === 0) await resolved;
    else expect(await linesOf(resolved)).toEqual(lines.map((line) => `tokenward.yaml:${line}`));
  });

  it("refuses a number for a kind that is exempt unless it is said to apply", async () => {
    const config = await configOf("version: 1\nkinds: { github/app: { too-old: { max_age: 5d } } }\n");
    const kinds = { "github/app": { "too-old": { applies: false, source: "an installation is reviewed" } } };

    const attempt = async () => resolveRules(config, about.manifest, { ...about.thresholds, kinds });

    expect(await linesOf(attempt())).toEqual([
      "tokenward.yaml:2:24: too-old does not judge github/app by default (an installation is reviewed); add applies: true to have it judged",
    ]);
  });
});
