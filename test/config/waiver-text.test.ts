import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withWaiver } from "../../src/config/waiver-text.ts";
import type { WaiverEntry } from "../../src/model/documents.gen.ts";

const entry: WaiverEntry = {
  token: "github/acme/classic-pat/7",
  policy: "idle",
  reason: 'a "quoted": reason # with marks',
  owner: "team-a",
  approver: "ciso",
  expires: "2030-06-30",
};
const written = [
  "- token: github/acme/classic-pat/7",
  "  policy: idle",
  `  reason: 'a "quoted": reason # with marks'`,
  "  owner: team-a",
  "  approver: ciso",
  "  expires: 2030-06-30",
];
const indented = (by: string) => written.map((line) => `${by}${line}\n`).join("");

describe("a waiver is appended", () => {
  it.each([
    {
      what: "to entries that are indented",
      before: "version: 1\nwaivers:\n  - token:   x # why\n",
      after: indented("  "),
    },
    {
      what: "to entries that are not",
      before: "version: 1\nwaivers:\n- { token: x,  policy: [a] }\n",
      after: indented(""),
    },
    {
      what: "to a file without a last line break",
      before: "waivers:\n  - token: x # why",
      after: `\n${indented("  ")}`,
    },
    {
      what: "to an entry that ends in a text of many lines",
      before: "waivers:\n  - token: x\n    reason: |\n      a\n      b\n",
      after: indented("  "),
    },
  ])("$what, and nothing else changes", ({ before, after }) => {
    expect(withWaiver(before, entry)).toBe(before + after);
  });

  it.each([
    { what: "comments", between: "\n# the end\n" },
    { what: "other keys", between: "version: 1 # last\n" },
  ])("before $what that follow the list", ({ between }) => {
    const before = "# first\nwaivers:\n  # one\n  - token: x # here\n    policy: [a]\n";

    expect(withWaiver(before + between, entry)).toBe(before + indented("  ") + between);
  });

  it("with the line breaks of the file", () => {
    const text = withWaiver("version: 1\r\nwaivers:\r\n  - token: x\r\n", entry);

    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it.each([
    { what: "no file", before: undefined },
    { what: "an empty list", before: "# kept\nversion: 1\nwaivers: [] # kept too\n" },
    { what: "a list without value", before: "# kept\nversion: 1\nwaivers:\n" },
    { what: "a list between brackets", before: "# kept\nversion: 1\nwaivers: [{ token: x }]\n" },
  ])("to $what", ({ before }) => {
    const text = withWaiver(before, entry);
    const earlier = before?.includes("token") ? [{ token: "x" }] : [];

    expect(parse(text, { schema: "core" })).toEqual({ version: 1, waivers: [...earlier, entry] });
    if (before) expect(text).toContain("# kept");
  });
});
