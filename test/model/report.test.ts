import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/documents.gen.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { LONGEST_REPORT, parseReport } from "../../src/model/report.ts";
import { finding, policy, result } from "../report/results.ts";

const { head, findings } = result({ findings: [finding()] });
const good: Report = { ...head, findings };

describe("a saved report", () => {
  it("becomes the result it was", () => {
    expect(parseReport(JSON.stringify(good), "report.json")).toEqual({ head, findings });
  });

  it.each([
    { what: "nothing", text: "", place: "report.json:1:1" },
    { what: "prose", text: "no report", place: "report.json" },
    { what: "a report cut off", text: JSON.stringify(good, null, 1).slice(0, 40), place: "report.json:4:" },
    { what: "a comment", text: "{} // done", place: "report.json" },
    { what: "NaN", text: '{"tokens":NaN}', place: "report.json" },
    { what: "a byte order mark", text: `\ufeff${JSON.stringify(good)}`, place: "report.json" },
  ])("that is $what is not JSON", ({ text, place }) => {
    const error = refusal(text);

    expect(error.code).toBe("REPORT_NOT_JSON");
    expect(error.message).toMatch(new RegExp(`^${place}[0-9:]* is not JSON`));
  });

  it.each([
    { what: "an array", text: "[]", fault: "the document: must be object" },
    {
      what: "another version",
      text: changed({ schema_version: 2 }),
      fault: "/schema_version: must be equal to constant (1)",
    },
    {
      what: "an exit code that is none",
      text: changed({ gate: { ...head.gate, exit_code: 2 } }),
      fault: "/gate/exit_code: must be equal to one of the allowed values (0, 1, 3)",
    },
    {
      what: "a missing part",
      text: changed({ summary: undefined }),
      fault: "the document: must have required property 'summary'",
    },
    {
      what: "a part too many",
      text: changed({ extra: 1 }),
      fault: "the document: must NOT have additional properties (extra)",
    },
    { what: "a date without time", text: changed({ as_of: "2030-01-01" }), fault: "/as_of: must match pattern" },
    {
      what: "a wrong finding",
      text: changed({ findings: [{ ...finding(), severity: "grave" }] }),
      fault: "/findings/0/severity: must be equal to one of the allowed values (low, medium, high, critical)",
    },
    {
      what: "a finding twice",
      text: changed({ findings: [finding(), finding()] }),
      fault: '/findings/1/id: "5b83058b',
    },
    {
      what: "a finding of an unlisted policy",
      text: changed({ findings: [finding({ policy: "idle" })] }),
      fault: '/findings/0/policy: "idle" is not among',
    },
    {
      what: "a policy twice",
      text: changed({ policies: [judged("too-old"), judged("too-old")] }),
      fault: '/policies/1/policy/id: "too-old" is listed twice',
    },
    {
      what: "a key that is a prototype",
      text: JSON.stringify(good).replace('"age":', '"__proto__":'),
      fault: "/findings/0/evidence/__proto__: a key of this name is not allowed",
    },
    {
      what: "an escaped key that is a prototype",
      text: JSON.stringify(good).replace('"age":', '"\\u005f_proto__":'),
      fault: "/findings/0/evidence/__proto__",
    },
    {
      what: "bottomless evidence",
      text: JSON.stringify(good).replace('"age":10368000', `"age":${"[".repeat(100_000)}${"]".repeat(100_000)}`),
      fault: "nested deeper than 64 levels",
    },
  ])("with $what is refused, naming file and field", ({ text, fault }) => {
    const error = refusal(text);

    expect(error.code).toBe("REPORT_INVALID");
    expect(error.message).toContain("report.json is not a tokenward report:\n  ");
    expect(error.message).toContain(fault);
  });

  it("with many faults names twenty of them and counts the rest", () => {
    const broken = Array.from({ length: 30 }, () => ({ ...finding(), severity: "grave" }));

    expect(
      refusal(changed({ findings: broken }))
        .message.split("\n")
        .slice(-1),
    ).toEqual(["  and 10 more"]);
  });

  it("that is too large is refused before it is parsed", () => {
    const huge = { length: LONGEST_REPORT + 1 } as string;

    expect(refusal(huge)).toMatchObject({ code: "REPORT_TOO_LARGE" });
  });
});

function changed(change: object): string {
  return JSON.stringify({ ...good, ...change });
}

function judged(id: string) {
  return { policy: policy({ id }), verdicts: head.summary.verdicts };
}

function refusal(text: string): TokenwardError {
  try {
    parseReport(text, "report.json");
  } catch (error) {
    if (error instanceof TokenwardError) return error;
    throw error;
  }
  throw new Error("the report was taken");
}
