import { describe, expect, it } from "vitest";
import { configOf, faultsOf } from "./given.ts";

const KIB = 1024;
const MIB = KIB * KIB;

describe("hostile and broken YAML is refused with its place", () => {
  it.each([
    {
      title: "a duplicate key",
      yaml: "version: 1\nprofile: strict\nprofile: relaxed\n",
      line: 'tokenward.yaml:3:1: duplicate key "profile"; it stands on line 2 already',
    },
    {
      title: "a duplicate key in other quotation marks, deep inside",
      yaml: "version: 1\nkinds:\n  a/b:\n    idle: {}\n    'idle': {}\n",
      line: 'tokenward.yaml:5:5: duplicate key "idle"; it stands on line 4 already',
    },
    {
      title: "a tab as indentation",
      yaml: "version: 1\nsources:\n\t- use: workflows\n",
      line: "tokenward.yaml:3:1: not valid YAML: Tabs are not allowed as indentation",
    },
    {
      title: "an open quotation",
      yaml: 'version: 1\nprofile: "strict\n',
      line: 'tokenward.yaml:3:1: not valid YAML: Missing closing "quote',
    },
    {
      title: "an open list",
      yaml: "version: 1\nsources: [\n",
      line: "tokenward.yaml:3:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    },
    {
      title: "two colons in a line",
      yaml: "version: 1\nprofile: strict: yes\n",
      line: "tokenward.yaml:2:10: not valid YAML: Nested mappings are not allowed in compact mappings",
    },
    {
      title: "a second document",
      yaml: "version: 1\n---\nversion: 1\n",
      line: "tokenward.yaml:2:1: a second document; only one is read",
    },
    {
      title: "a tag that makes a program build something",
      yaml: "version: 1\nprofile: !!js/function strict\n",
      line: "tokenward.yaml:2:10: not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function",
    },
    {
      title: "a tag of bytes",
      yaml: "version: 1\nparameters: !!binary aGVsbG8=\n",
      line: "tokenward.yaml:2:13: not valid YAML: Unresolved tag: tag:yaml.org,2002:binary",
    },
    {
      title: "a yes for true under YAML 1.1, whose rules are not used",
      yaml: "%YAML 1.1\n---\nversion: 1\nallow_incomplete: yes\n",
      line: 'tokenward.yaml:4:19: allow_incomplete: expected true or false, found the text "yes"',
    },
    {
      title: "an alias of nothing",
      yaml: "version: 1\nprofile: *strict\n",
      line: 'tokenward.yaml:2:10: the alias "*strict" stands for nothing written before it',
    },
    {
      title: "a list as key",
      yaml: "version: 1\n? [a]\n: b\n",
      line: "tokenward.yaml:2:3: a key must be a word",
    },
    {
      title: "a merge key, which YAML 1.2 does not have",
      yaml: "version: 1\n<<: { profile: strict }\n",
      line: 'tokenward.yaml:2:1: unknown key "<<"; allowed here: version, profile, sources, parameters, kinds, policies, register, waivers, baseline, baseline_max_age, owners, environments, fail_on, allow_incomplete',
    },
    {
      title: "__proto__",
      yaml: "version: 1\nparameters:\n  __proto__: { polluted: 1 }\n",
      line: 'tokenward.yaml:3:3: the key "__proto__" is not allowed anywhere',
    },
    {
      title: "constructor",
      yaml: "version: 1\nkinds: { a/b: { constructor: { prototype: 5 } } }\n",
      line: 'tokenward.yaml:2:17: the key "constructor" is not allowed anywhere',
    },
    {
      title: "a list that contains itself",
      yaml: "version: 1\nsources: &all [*all, *all]\n",
      line: "tokenward.yaml:2:16: nested deeper than 32 levels, aliases followed",
    },
    {
      title: "a bomb of aliases",
      yaml: bomb(),
      line: "tokenward.yaml:6:36: more than 100000 values, aliases followed",
    },
    {
      title: "a nest of 5000 lists",
      yaml: `version: 1\nsources: ${"[".repeat(5000)}${"]".repeat(5000)}\n`,
      line: "tokenward.yaml:2:41: nested deeper than 32 levels",
    },
    {
      title: "a nest of 500 000 mappings in one line",
      yaml: "? ".repeat(500_000),
      line: "tokenward.yaml:1:64: nested deeper than 32 levels",
    },
    {
      title: "a megabyte of brackets that close nothing",
      yaml: "]".repeat(MIB),
      line: "tokenward.yaml:1:500001: too long: more than 500000 words and marks",
    },
    {
      title: "more than a megabyte",
      yaml: `version: 1\n#${" ".repeat(MIB)}\n`,
      line: "tokenward.yaml: larger than 1 MiB",
    },
    {
      title: "Latin-1",
      yaml: Buffer.from("version: 1\n# caf\xe9\n", "latin1"),
      line: "tokenward.yaml:2: not UTF-8; save the file as UTF-8",
    },
    {
      title: "UTF-16",
      yaml: Buffer.from("\ufeffversion: 1\n", "utf16le"),
      line: "tokenward.yaml:1: not UTF-8 but UTF-16; save the file as UTF-8",
    },
    {
      title: "zeros",
      yaml: Buffer.alloc(8),
      line: 'tokenward.yaml:1:1: the file: expected a mapping, found the text "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"',
    },
    {
      title: "an empty file",
      yaml: "",
      line: "tokenward.yaml: the file is empty; write version: 1 and what should differ",
    },
    {
      title: "a file of comments",
      yaml: "# version: 1\n",
      line: "tokenward.yaml: the file is empty; write version: 1 and what should differ",
    },
  ])("$title", async ({ yaml, line }) => {
    const [first] = await faultsOf(yaml);

    expect(first).toBe(line);
  });

  it("leaves the prototype of objects alone", async () => {
    await faultsOf("version: 1\n__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n");

    expect("polluted" in {}).toBe(false);
  });
});

describe("sound YAML is read, however it is written", () => {
  it.each([
    {
      title: "a byte order mark and Windows line ends",
      yaml: "\ufeffversion: 1\r\nprofile: strict\r\n",
      source: "2:10",
    },
    { title: "JSON", yaml: '{ "version": 1,\n  "profile": "strict" }', source: "2:14" },
    { title: "an explicit document", yaml: "%YAML 1.2\n---\nversion: 1\nprofile: strict\n...\n", source: "4:10" },
    {
      title: "an alias, shown where it is used",
      yaml: "version: 1\nfail_on: high\npolicies: { disable: [&p strict] }\nprofile: *p\n",
      source: "4:10",
    },
    { title: "YAML 1.1, by the rules of 1.2", yaml: "%YAML 1.1\n---\nversion: 1\nprofile: strict\n", source: "4:10" },
  ])("$title", async ({ yaml, source }) => {
    const { profile } = await configOf(yaml);

    expect(profile).toEqual({ value: "strict", source: `tokenward.yaml:${source}` });
  });

  it("takes an anchor that is set twice as it stands before the alias, whatever other aliases hold", async () => {
    const { stated } = await configOf(
      "version: 1\nkinds:\n  a/b: &all { idle: { max_idle: &time 1d } }\n  c/d: { idle: { max_idle: &time 2d } }\n  e/f: *all\n  g/h: { idle: { max_idle: *time } }\n",
    );

    expect(stated.kinds?.["g/h"]).toEqual({ idle: { max_idle: "2d" } });
  });

  it("follows an alias to a whole setting", async () => {
    const { stated, locate } = await configOf(
      "version: 1\nkinds:\n  a/b: &same\n    idle: { max_idle: 5d }\n  c/d: *same\n",
    );

    expect(stated.kinds?.["c/d"]).toEqual({ idle: { max_idle: "5d" } });
    expect(locate("/kinds/c~1d")).toEqual({ uri: "tokenward.yaml", line: 5, column: 8 });
    expect(locate("/kinds/c~1d/idle/max_idle")).toEqual({ uri: "tokenward.yaml", line: 4, column: 23 });
  });
});

/** Ten lists of ten, each of the one before: 10^10 words in some 400 bytes. */
function bomb(): string {
  const names = [..."abcdefghij"];
  const lines = names.map((name, index) => {
    const item = index === 0 ? "word" : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array(10).fill(item).join(", ")}]\n`;
  });
  return `version: 1\n${lines.join("")}`;
}
