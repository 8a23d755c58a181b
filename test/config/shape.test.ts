import { describe, expect, it } from "vitest";
import { providerIds } from "../../src/collect/registry.ts";
import { faultsOf } from "./given.ts";

describe("what is wrong with a tokenward.yaml is told with its line and column", () => {
  it.each([
    {
      title: "an unknown key, with the nearest",
      yaml: "version: 1\nprofle: strict\n",
      lines: ['tokenward.yaml:2:1: unknown key "profle"; did you mean "profile"?'],
    },
    {
      title: "an unknown key that resembles none, with those allowed",
      yaml: "version: 1\npolicies:\n  colour: red\n",
      lines: ['tokenward.yaml:3:3: unknown key "colour"; allowed here: disable, severity, paths'],
    },
    {
      title: "an unknown key of a source, with the nearest of that source's own",
      yaml: "version: 1\nsources:\n  - use: workflows\n    path: x\n",
      lines: ['tokenward.yaml:4:5: unknown key "path"; did you mean "paths"?'],
    },
    {
      title: "a key that another source would have",
      yaml: "version: 1\nsources:\n  - use: file\n    path: x\n    default_permissions: read\n",
      lines: ['tokenward.yaml:5:5: unknown key "default_permissions"; allowed here: use, path, format'],
    },
    {
      title: "a missing version",
      yaml: "profile: strict\n",
      lines: ['tokenward.yaml:1:1: the file: the key "version" is missing'],
    },
    {
      title: "another version",
      yaml: "version: 2\n",
      lines: ["tokenward.yaml:1:10: version: expected 1, found 2"],
    },
    {
      title: "a version in quotation marks",
      yaml: 'version: "1"\n',
      lines: ['tokenward.yaml:1:10: version: expected 1, found the text "1"'],
    },
    {
      title: "a word that is none of the allowed, with the nearest",
      yaml: "version: 1\nfail_on: hihg\n",
      lines: [
        'tokenward.yaml:2:10: fail_on: expected one of low, medium, high, critical, never, found the text "hihg"; did you mean "high"?',
      ],
    },
    {
      title: "a number where a word belongs, told once",
      yaml: "version: 1\nprofile: 5\n",
      lines: ["tokenward.yaml:2:10: profile: expected one of strict, default, relaxed, precision, found 5"],
    },
    {
      title: "a text where true or false belongs",
      yaml: "version: 1\nallow_incomplete: yes\n",
      lines: ['tokenward.yaml:2:19: allow_incomplete: expected true or false, found the text "yes"'],
    },
    {
      title: "a word where a list belongs",
      yaml: "version: 1\npolicies: { disable: idle }\n",
      lines: ['tokenward.yaml:2:22: policies.disable: expected a list, found the text "idle"'],
    },
    {
      title: "a key without a value, shown at the key",
      yaml: "version: 1\nparameters:\n",
      lines: ["tokenward.yaml:2:1: parameters: expected a mapping, found nothing"],
    },
    {
      title: "a list where a mapping belongs",
      yaml: "version: 1\nkinds: [github/classic-pat]\n",
      lines: ["tokenward.yaml:2:8: kinds: expected a mapping, found a list"],
    },
    {
      title: "a source that is only a word, told once",
      yaml: "version: 1\nsources:\n  - workflows\n",
      lines: ['tokenward.yaml:3:5: sources[0]: expected a mapping, found the text "workflows"'],
    },
    {
      title: "a source without use, told once",
      yaml: "version: 1\nsources:\n  - path: x\n",
      lines: ['tokenward.yaml:3:5: sources[0]: the key "use" is missing'],
    },
    {
      title: "a source that does not exist",
      yaml: "version: 1\nsources:\n  - use: workflow\n",
      lines: [
        `tokenward.yaml:3:10: sources[0].use: expected one of ${providerIds.join(", ")}, found the text "workflow"; did you mean "workflows"?`,
      ],
    },
    {
      title: "a source without a key that it needs",
      yaml: "version: 1\nsources:\n  - use: workflows\n  - use: file\n",
      lines: ['tokenward.yaml:4:5: sources[1]: the key "path" is missing; the keys here are use, path, format'],
    },
    {
      title: "an account of digits without quotation marks",
      yaml: "version: 1\nsources:\n  - { use: workflows, account: 012345678901 }\n",
      lines: [
        "tokenward.yaml:3:32: sources[0].account: expected text, found 12345678901; put it in quotation marks, all its digits",
      ],
    },
    {
      title: "keys of a source that exclude each other",
      yaml: "version: 1\nsources:\n  - { use: gitlab, credential: { env: T }, instance: true, group: acme }\n",
      lines: ["tokenward.yaml:3:67: sources[0].group: cannot stand beside the other keys here; keep one of the two"],
    },
    {
      title: "a source whose credential stands in the file",
      yaml: "version: 1\nsources:\n  - { use: gitlab, credential: { value: x } }\n",
      lines: ['tokenward.yaml:3:34: unknown key "value"; allowed here: env, file'],
    },
    {
      title: "a credential in two places",
      yaml: "version: 1\nsources:\n  - { use: gitlab, credential: { env: T, file: t } }\n",
      lines: ["tokenward.yaml:3:32: sources[0].credential: has the keys env, file; keep one of them"],
    },
    {
      title: "a credential in no place",
      yaml: "version: 1\nsources:\n  - { use: gitlab, credential: {} }\n",
      lines: ["tokenward.yaml:3:32: sources[0].credential: expected a mapping with at least one of env, file"],
    },
    {
      title: "a credential of AWS that is written as one of others",
      yaml: "version: 1\nsources:\n  - { use: aws, credential: { env: T } }\n",
      lines: [
        'tokenward.yaml:3:29: sources[0].credential: the key "key_id" is missing; the keys here are profile, key_id, secret, session',
        'tokenward.yaml:3:29: sources[0].credential: the key "secret" is missing; the keys here are profile, key_id, secret, session',
        'tokenward.yaml:3:31: unknown key "env"; allowed here: profile, key_id, secret, session',
      ],
    },
    {
      title: "a credential of AWS that is a profile and a key",
      yaml: "version: 1\nsources:\n  - { use: aws, credential: { profile: p, key_id: { env: T } } }\n",
      lines: [
        "tokenward.yaml:3:51: sources[0].credential.key_id: cannot stand beside the other keys here; keep one of the two",
      ],
    },
    {
      title: "an empty text",
      yaml: 'version: 1\nsources:\n  - { use: file, path: "" }\n',
      lines: ["tokenward.yaml:3:24: sources[0].path: expected a text that is not empty"],
    },
    {
      title: "an empty list of globs",
      yaml: "version: 1\nsources:\n  - { use: workflows, paths: [] }\n",
      lines: ["tokenward.yaml:3:30: sources[0].paths: expected a list that is not empty"],
    },
    {
      title: "a duration of a source that is none",
      yaml: 'version: 1\nsources:\n  - { use: exec, command: [ls], timeout: "90" }\n',
      lines: ["tokenward.yaml:3:42: sources[0].timeout: 90 has no unit; write 90d for days or 90h for hours"],
    },
    {
      title: "a variable of a source that cannot be one",
      yaml: "version: 1\nsources:\n  - { use: exec, command: [ls], env: [A-B] }\n",
      lines: ['tokenward.yaml:3:39: sources[0].env[0]: the text "A-B" does not fit ^[A-Za-z_][A-Za-z0-9_]*$'],
    },
    {
      title: "a kind that is none",
      yaml: "version: 1\nkinds:\n  GitHub: {}\n",
      lines: [
        'tokenward.yaml:3:3: kinds: "GitHub" is no kind; write provider/kind in kebab-case, such as github/classic-pat',
      ],
    },
    {
      title: "a severity that is none",
      yaml: "version: 1\npolicies:\n  severity:\n    no-owner: fatal\n",
      lines: [
        'tokenward.yaml:4:15: policies.severity.no-owner: expected one of low, medium, high, critical, found the text "fatal"',
      ],
    },
    {
      title: "a day that is in no calendar",
      yaml: "version: 1\nparameters:\n  too-old: { review_by: 2030-02-30 }\n",
      lines: [
        'tokenward.yaml:3:25: parameters.too-old.review_by: expected a date such as 2030-01-31, found the text "2030-02-30"',
      ],
    },
    {
      title: "a parameter of a type that none has",
      yaml: "version: 1\nkinds:\n  github/classic-pat:\n    too-old: { max_age: 1.5 }\n",
      lines: [
        "tokenward.yaml:4:25: kinds.github/classic-pat.too-old.max_age: expected text, a whole number or a list, found 1.5",
      ],
    },
    {
      title: "a file that is no mapping",
      yaml: "- version: 1\n",
      lines: ["tokenward.yaml:1:1: the file: expected a mapping, found a list"],
    },
  ])("$title", async ({ yaml, lines }) => {
    expect(await faultsOf(yaml)).toEqual(lines);
  });

  it("tells everything at once, in the order of the file", async () => {
    const lines = await faultsOf(
      "version: 1\nprofle: strict\nfail_on: 3\nfail_on: high\nparameters:\n  too-old: { max_age: -90d }\n",
      { env: { TOKENWARD_PROFILE: "fast" } },
    );

    expect(lines.map((line) => line.split(": ")[0])).toEqual([
      "TOKENWARD_PROFILE",
      "tokenward.yaml:2:1",
      "tokenward.yaml:3:10",
      "tokenward.yaml:4:1",
      "tokenward.yaml:6:23",
    ]);
  });

  it("stops listing after fifty and says how many there are", async () => {
    const lines = await faultsOf(
      `version: 1\n${Array.from({ length: 70 }, (_, index) => `odd-${index}: 1\n`).join("")}`,
    );

    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe("and 20 more");
  });

  it("cuts and defuses what it quotes", async () => {
    const [line] = await faultsOf(`version: 1\n"\\e[31m${"k".repeat(900)}": 1\n`);

    expect(line).toMatch(/^tokenward\.yaml:2:1: unknown key "\\u001b\[31mk{55}…"; allowed here: /);
    // What may stand there is ours, and as long as it is.
    expect(line?.split("; allowed here: ")[0]?.length).toBeLessThan(110);
  });
});
