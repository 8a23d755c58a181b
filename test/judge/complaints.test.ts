import { describe, expect, it } from "vitest";
import { complaintsIn, told } from "../../src/judge/complaints.ts";
import { folderOf } from "./policies.ts";

const term = (value: string, type = "string") => ({ type, value });
const input = term("input", "var");
const misspelt = (ref: ReturnType<typeof term>[], oneOf?: string[]) => ({
  message: "undefined ref: input.x",
  code: "rego_type_error",
  details: { ref, pos: ref.length - 1, ...(oneOf ? { oneOf } : {}) },
});

describe("what OPA complains of", () => {
  it.each([
    { printed: "", found: undefined },
    { printed: "panic: runtime error", found: undefined },
    { printed: '{"metrics": {}}', found: undefined },
    { printed: '{"errors": []}', found: [] },
  ])("is read from JSON only: $printed", ({ printed, found }) => {
    expect(complaintsIn(printed)).toEqual(found);
  });

  it.each([
    {
      complaint: misspelt([input, term("facts"), term("agge")], ["age", "idle"]),
      line: "there is no input.facts.agge; did you mean input.facts.age?",
    },
    {
      complaint: misspelt([input, term("zzzzz")], ["age", "idle"]),
      line: "there is no input.zzzzz; input has age, idle",
    },
    { complaint: misspelt([input, term("age"), term("x")]), line: "there is no input.age.x" },
    {
      complaint: misspelt([input, term("grants"), term("_", "var"), term("acess")], ["access"]),
      line: "there is no input.grants[…].acess; did you mean input.grants[…].access?",
    },
    { complaint: misspelt([input, term("a b")]), line: 'there is no input["a b"]' },
    {
      complaint: { message: "undefined function time.now_ns", code: "rego_type_error" },
      line: expect.stringMatching(/^rego_type_error: undefined function time\.now_ns; use input\.facts/),
    },
    { complaint: { message: "out of cheese" }, line: "out of cheese" },
  ])("is told in our words: $line", async ({ complaint, line }) => {
    expect(await told([complaint], "/nowhere")).toEqual([line]);
  });

  it("stands with its place and its line, once", async () => {
    const folder = await folderOf({ "usage/bad.rego": "package x\n\n\tfail if input.nmae\n" });
    const location = { file: "usage/bad.rego", row: 3, col: 10 };
    const complaint = { ...misspelt([input, term("nmae")], ["name"]), location };

    expect(await told([complaint, complaint], folder)).toEqual([
      "usage/bad.rego:3:10: there is no input.nmae; did you mean input.name?\n    fail if input.nmae",
    ]);
  });
});
