import { describe, expect, it } from "vitest";
import { diffLines, withEdits } from "../../src/config/line-edits.ts";
import { entriesIn } from "../../src/config/register.ts";
import { newRegister, registerEdits } from "../../src/config/register-text.ts";
import type { RegisterEntry } from "../../src/model/documents.gen.ts";

const entry = (token: string, more: Partial<RegisterEntry> = {}): RegisterEntry => ({
  token,
  owner: "TODO",
  purpose: "TODO",
  ...more,
});

function editsFor(text: string, add: readonly RegisterEntry[], drop: readonly number[] = []) {
  const { entries, faults } = entriesIn(text, "tokens.yaml");
  expect(faults).toEqual([]);
  return registerEdits({ text, entries }, { add, drop: new Set(drop) });
}

function synced(text: string, add: readonly RegisterEntry[], drop: readonly number[] = []): string {
  const edits = editsFor(text, add, drop);
  if (!Array.isArray(edits)) throw new Error(`line ${edits.line + 1}: ${edits.reason}`);
  return withEdits(text, edits);
}

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join("");
const block = (id: string, by = "  ") => [`${by}- token: ${id}`, `${by}  owner: TODO`, `${by}  purpose: TODO`];
const one = (id: string, by = "  ") => [`${by}- token: ${id}`, `${by}  owner: team`, `${by}  purpose: jobs`];

describe("a file that cannot be added to safely is told with its line", () => {
  it.each([
    { what: "a list between brackets", text: "version: 1\ntokens: [{ token: x, owner: o, purpose: p }]\n", line: 1 },
    { what: "brackets over several lines", text: "version: 1\ntokens:\n  [\n  ]\n", line: 1 },
    { what: "a mapping between braces", text: "# ours\n{ version: 1, tokens: [] }\n", line: 1 },
    {
      what: "an entry whose text keeps the empty lines behind it",
      text: lines("version: 1", "tokens:", ...one("a"), "    contact: |+", "      here"),
      line: 6,
    },
  ])("$what", ({ text, line }) => {
    expect(editsFor(text, [entry("b")])).toEqual({ line, reason: expect.any(String) });
  });

  it("a list that would be left without an entry, where nothing can be written in its place", () => {
    const text = lines("version: 1", "tokens: &all", ...one("a"));

    expect(editsFor(text, [], [0])).toEqual({ line: 2, reason: expect.stringContaining("tokens: []") });
  });

  it("an entry that others quote is not taken out", () => {
    const text = lines(
      "version: 1",
      "tokens:",
      "  - token: a",
      "    owner: &o team",
      "    purpose: p",
      "",
      "  - token: b",
      "    owner: *o",
      "    purpose: p",
    );

    expect(editsFor(text, [], [0])).toMatchObject({ reason: expect.stringContaining("another meaning") });
  });
});

describe("entries are put in the order of their ids, and all else stays", () => {
  it.each([
    {
      what: "between two",
      before: lines("version: 1", "tokens:", ...one("a"), "", ...one("c")),
      after: lines("version: 1", "tokens:", ...one("a"), "", ...block("b"), "", ...one("c")),
    },
    {
      what: "before the first",
      before: lines("version: 1", "tokens:", ...one("c")),
      after: lines("version: 1", "tokens:", ...block("b"), "", ...one("c")),
    },
    {
      what: "after the last, before other keys and comments",
      before: lines("tokens:", ...one("a"), "", "# the end", "version: 1"),
      after: lines("tokens:", ...one("a"), "", ...block("b"), "", "# the end", "version: 1"),
    },
    {
      what: "between entries without empty lines, with the comments of either",
      before: lines("version: 1", "tokens:", ...one("a"), "    # of a", "  # of c", ...one("c")),
      after: lines("version: 1", "tokens:", ...one("a"), "    # of a", "", ...block("b"), "", "  # of c", ...one("c")),
    },
    {
      what: "above a comment that stands for itself",
      before: lines(
        "version: 1",
        "tokens:",
        ...one("a"),
        "# of a",
        "",
        "# ---- others ----",
        "",
        "# of c",
        ...one("c"),
      ),
      after: lines(
        "version: 1",
        "tokens:",
        ...one("a"),
        "# of a",
        "",
        ...block("b"),
        "",
        "# ---- others ----",
        "",
        "# of c",
        ...one("c"),
      ),
    },
    {
      what: "behind patterns, where no entry names an id",
      before: lines("version: 1", "tokens:", "  - token: { id: z* }", "    owner: o", "    purpose: p"),
      after: lines(
        "version: 1",
        "tokens:",
        "  - token: { id: z* }",
        "    owner: o",
        "    purpose: p",
        "",
        ...block("b"),
      ),
    },
    {
      what: "behind the next smaller id of a file in another order",
      before: lines("version: 1", "tokens:", ...one("c"), "", ...one("a"), "", ...one("d")),
      after: lines("version: 1", "tokens:", ...one("c"), "", ...one("a"), "", ...block("b"), "", ...one("d")),
    },
    {
      what: "among entries that are not indented",
      before: lines("version: 1", "tokens:", ...one("a", ""), ...one("c", "")),
      after: lines("version: 1", "tokens:", ...one("a", ""), "", ...block("b", ""), "", ...one("c", "")),
    },
    {
      what: "among entries that are indented by four",
      before: lines("version: 1", "tokens:", ...one("a", "    ")),
      after: lines("version: 1", "tokens:", ...one("a", "    "), "", ...block("b", "    ")),
    },
    {
      what: "among entries between braces",
      before: lines(
        "version: 1",
        "tokens:",
        "  - {token: a,   owner: o, purpose: p} # a",
        "  - { token: c, owner: o,",
        "    purpose: p }",
      ),
      after: lines(
        "version: 1",
        "tokens:",
        "  - {token: a,   owner: o, purpose: p} # a",
        "",
        ...block("b"),
        "",
        "  - { token: c, owner: o,",
        "    purpose: p }",
      ),
    },
    {
      what: "behind a dash that stands alone",
      before: lines("version: 1", "tokens:", "  -", "    token: a", "    owner: o", "    purpose: p"),
      after: lines("version: 1", "tokens:", "  -", "    token: a", "    owner: o", "    purpose: p", "", ...block("b")),
    },
    {
      what: "within document marks",
      before: lines("%YAML 1.2", "---", "version: 1", "tokens:", ...one("a"), "...", "# gone"),
      after: lines("%YAML 1.2", "---", "version: 1", "tokens:", ...one("a"), "", ...block("b"), "", "...", "# gone"),
    },
    {
      what: "behind texts of many lines",
      before: lines(
        "version: 1",
        "tokens:",
        "  - token: a",
        "    owner: o",
        "    purpose: |",
        "      # one",
        "",
        "      - two",
      ),
      after: lines(
        "version: 1",
        "tokens:",
        "  - token: a",
        "    owner: o",
        "    purpose: |",
        "      # one",
        "",
        "      - two",
        "",
        ...block("b"),
      ),
    },
    {
      what: "into an empty list",
      before: lines("# ours", "version: 1", "tokens: [] # none yet", "", "# end"),
      after: lines("# ours", "version: 1", "tokens: # none yet", ...block("b"), "", "# end"),
    },
    {
      what: "behind a last line without an end",
      before: lines("version: 1", "tokens:", ...one("a")).trimEnd(),
      after: lines("version: 1", "tokens:", ...one("a"), "", ...block("b")),
    },
  ])("$what", ({ before, after }) => {
    expect(synced(before, [entry("b")])).toBe(after);
    expect(synced(before.replaceAll("\n", "\r\n"), [entry("b")])).toBe(after.replaceAll("\n", "\r\n"));
  });

  it.each([
    { by: "  ", list: "      - x" },
    { by: "  ", list: "    - x" },
    { by: "", list: "    - x" },
    { by: "", list: "  - x" },
    { by: "    ", list: "          - x" },
  ])("with lists as far in as those that are there: $list", ({ by, list }) => {
    const before = lines("version: 1", "tokens:", ...one("a", by), `${by}  scopes:`, list);

    expect(synced(before, [entry("b", { scopes: ["x"] })])).toBe(
      before + lines("", ...block("b", by), `${by}  scopes:`, list),
    );
  });

  it("all at once or one after the other, with the same bytes", () => {
    const ids = ["m", "c", "x", "a", "q"];
    const oneByOne = ids.reduce((text, id) => synced(text, [entry(id)]), newRegister());

    expect(
      synced(
        newRegister(),
        ids.map((id) => entry(id)),
      ),
    ).toBe(oneByOne);
    expect(entriesIn(oneByOne, "").entries.map(({ token }) => token)).toEqual(["a", "c", "m", "q", "x"]);
  });

  it("does nothing where there is nothing to add", () => {
    expect(editsFor(lines("version: 1", "tokens: []"), [])).toEqual([]);
    expect(editsFor(lines("version: 1", "tokens: [{ token: x, owner: o, purpose: p }]"), [])).toEqual([]);
  });
});

describe("entries are taken out", () => {
  const three = lines("version: 1", "tokens:", ...one("a"), "", "  # of b", ...one("b"), "", ...one("c"));

  it.each([
    { what: "the first", drop: [0], left: ["  # of b", ...one("b"), "", ...one("c")] },
    { what: "one between, with its comment", drop: [1], left: [...one("a"), "", ...one("c")] },
    { what: "the last", drop: [2], left: [...one("a"), "", "  # of b", ...one("b")] },
    { what: "two", drop: [0, 1], left: [...one("c")] },
  ])("$what", ({ drop, left }) => {
    expect(synced(three, [], drop)).toBe(lines("version: 1", "tokens:", ...left));
  });

  it("all of them, and the list is empty", () => {
    expect(synced(three.replace("tokens:", "tokens: # ours"), [], [0, 1, 2])).toBe(
      lines("version: 1", "tokens: [] # ours"),
    );
  });

  it("while others are put in", () => {
    expect(synced(three, [entry("bb")], [1])).toBe(
      lines("version: 1", "tokens:", ...one("a"), "", ...block("bb"), "", ...one("c")),
    );
    expect(synced(three, [entry("z")], [0, 1, 2])).toBe(lines("version: 1", "tokens:", ...block("z")));
  });
});

it("tells the edits as a diff", () => {
  const text = lines("version: 1", "tokens:", ...one("a"), "", ...one("c"));
  const edits = editsFor(text, [entry("b")], [1]);

  expect(diffLines(text, Array.isArray(edits) ? edits : [])).toEqual([
    "@@ -5,0 +6,4 @@",
    "+",
    ...block("b").map((line) => `+${line}`),
    "@@ -6,4 +9,0 @@",
    "-",
    ...one("c").map((line) => `-${line}`),
  ]);
});
