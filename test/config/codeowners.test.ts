import { describe, expect, it } from "vitest";
import { codeownersIn } from "../../src/config/codeowners.ts";

const read = (...lines: string[]) => codeownersIn(lines.join("\n"), "CODEOWNERS");

describe("a CODEOWNERS file is refused", () => {
  it.each([
    { what: "an owner without @", line: "* platform", fault: '"platform" is no owner' },
    { what: "an address that is none", line: "* a@b@c", fault: '"a@b@c" is no owner' },
    { what: "a section that never ends", line: "[Build @acme/build", fault: "is no section" },
    { what: "an exclusion of nothing", line: "! @acme/build", fault: "a pattern is missing" },
    { what: "a pattern that is too long", line: `/${"a".repeat(1_024)} @a`, fault: "more than 1024 characters" },
    { what: "a pattern that is too deep", line: `${"a/".repeat(64)} @a`, fault: "more than 64 levels" },
    { what: "a wrong owner of a section", line: "[Build] nobody", fault: '"nobody" is no owner' },
  ])("for $what, on its line", ({ line, fault }) => {
    const { faults } = read("# who owns what", "", line);

    expect(faults).toEqual([{ position: { uri: "CODEOWNERS", line: 3 }, text: expect.stringContaining(fault) }]);
  });

  it("with all faults at once", () => {
    expect(read("* one two", "[x", "* @ok").faults).toHaveLength(3);
  });
});

describe("a line says who owns what", () => {
  it.each([
    { what: "the only owner", line: "*.yml @mona", rule: { pattern: "*.yml", owner: "@mona" } },
    { what: "of several the first team", line: "a @mona @acme/a @acme/b", rule: { pattern: "a", owner: "@acme/a" } },
    { what: "without a team the first", line: "a m@acme.test @mona", rule: { pattern: "a", owner: "m@acme.test" } },
    { what: "no role, which is nobody's name", line: "a @@developer @mona", rule: { pattern: "a", owner: "@mona" } },
    { what: "nobody", line: "/apps/github", rule: { pattern: "/apps/github" } },
    { what: "nobody by a role alone", line: "a @@maintainer", rule: { pattern: "a" } },
    { what: "nobody for what is taken out", line: "!a @mona", rule: { pattern: "a" } },
    { what: "a path with a space and a mark", line: "\\#a\\ b @mona", rule: { pattern: "#a b", owner: "@mona" } },
    { what: "nothing of a comment", line: "a @mona # and @acme/later", rule: { pattern: "a", owner: "@mona" } },
  ])("$what", ({ line, rule }) => {
    expect(read(line)).toEqual({ rules: [{ ...rule, line: 1 }], isGitlab: false, faults: [] });
  });

  it("by its section where it names nobody", () => {
    const { rules, isGitlab } = read(
      "a @mona",
      "[Build][2] @acme/build # two of them",
      "b",
      "c @lisa",
      "^[Optional]",
      "d",
    );

    expect(rules.map(({ pattern, owner }) => [pattern, owner])).toEqual([
      ["a", "@mona"],
      ["b", "@acme/build"],
      ["c", "@lisa"],
      ["d", undefined],
    ]);
    expect(isGitlab).toBe(true);
  });

  it("whatever ends the lines", () => {
    expect(codeownersIn("a @x\r\nb @y\rc @z\r\n", "CODEOWNERS").rules.map(({ line }) => line)).toEqual([1, 2, 3]);
  });
});
