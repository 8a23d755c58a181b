import { describe, expect, it } from "vitest";
import { aligned, wrapped } from "../../src/cli/layout.ts";

describe("columns", () => {
  it.each([
    { what: "of nothing are nothing", rows: [], text: "" },
    {
      what: "stand two blanks apart, as wide as their widest cell",
      rows: [
        ["a", "bbb", "c"],
        ["aaa", "b", "c"],
      ],
      text: "a    bbb  c\naaa  b    c\n",
    },
    {
      what: "run free at the end, and leave no blanks there",
      rows: [
        ["a", "a long last cell"],
        ["b", ""],
      ],
      text: "a  a long last cell\nb\n",
    },
    {
      what: "keep to their place when a cell is empty",
      rows: [
        ["a", "", "c"],
        ["a", "b", "c"],
      ],
      text: "a     c\na  b  c\n",
    },
    {
      what: "show a line end in a cell instead of obeying it",
      rows: [
        ["a\nb", "c"],
        ["\u001b[2J", "d"],
      ],
      text: "a\\u000ab   c\n\\u001b[2J  d\n",
    },
    { what: "bear rows of other lengths than the first", rows: [["a"], ["bb", "c", "d"]], text: "a\nbb  c  d\n" },
  ])("$what", ({ rows, text }) => {
    expect(aligned(rows)).toBe(text);
  });
});

describe("columns of a given width", () => {
  const rows = [
    ["name", "the last cell is broken at blanks"],
    ["another name", "short"],
  ];

  it("break their last cell under itself", () => {
    expect(aligned(rows, 40)).toBe(
      ["name          the last cell is broken at", "              blanks", "another name  short", ""].join("\n"),
    );
  });

  it("give their last cell lines of its own where it would be a pillar", () => {
    expect(aligned(rows, 30)).toBe(
      ["name", "      the last cell is broken", "      at blanks", "another name  short", ""].join("\n"),
    );
  });

  it("of a list do so in all rows alike where a word would stick out in one", () => {
    const cells = [
      ["first", `${"x".repeat(29)} and some more`],
      ["second", "which has only short words, but many of them"],
      ["third", "short"],
    ];

    expect(aligned(cells, 36, { isAlike: true })).toBe(
      [
        "first",
        `      ${"x".repeat(29)}`,
        "      and some more",
        "second",
        "      which has only short words,",
        "      but many of them",
        "third   short",
        "",
      ].join("\n"),
    );
  });

  it("give their last cell lines of its own where a word would stick out", () => {
    const word = "x".repeat(29);
    const cells = [
      ["credential", `it is ${word} here`],
      ["other", "short"],
    ];

    expect(aligned(cells, 41)).toContain(`\n            ${word}\n`);
    expect(aligned(cells, 40)).toBe(
      ["credential", "      it is", `      ${word} here`, "other       short", ""].join("\n"),
    );
  });

  it("leave alone what fits", () => {
    expect(aligned(rows, 47)).toBe(aligned(rows));
  });

  it("count a wide character as the two columns it takes", () => {
    expect(
      aligned([
        ["令牌", "a"],
        ["abc", "b"],
      ]),
    ).toBe("令牌  a\nabc   b\n");
  });
});

describe("a paragraph", () => {
  it.each([
    { what: "of nothing is one empty line", text: "", width: 10, lines: [""] },
    { what: "breaks at the last blank that fits", text: "one two three", width: 9, lines: ["one two", "three"] },
    { what: "may fill the width to its last column", text: "one two three", width: 13, lines: ["one two three"] },
    { what: "breaks one column before that", text: "one two three", width: 12, lines: ["one two", "three"] },
    {
      what: "leaves a word whole that is wider than all",
      text: "a incomprehensibilities b",
      width: 5,
      lines: ["a", "incomprehensibilities", "b"],
    },
    {
      what: "makes one blank of many, and of line ends",
      text: "  one\n\n two\t three ",
      width: 40,
      lines: ["one two three"],
    },
    { what: "shows an escape sequence instead of obeying it", text: "a \u001b[2J", width: 40, lines: ["a \\u001b[2J"] },
  ])("$what", ({ text, width, lines }) => {
    expect(wrapped(text, width)).toBe(lines.map((line) => `${line}\n`).join(""));
  });

  it("counts its indent to the width", () => {
    expect(wrapped("one two three", 9, "  ")).toBe("  one two\n  three\n");
    expect(wrapped("one two three", 8, "  ")).toBe("  one\n  two\n  three\n");
  });
});
