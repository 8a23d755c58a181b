import { describe, expect, it } from "vitest";
import { parseReport } from "../../../src/collect/aws/report.ts";
import { COLUMNS } from "./report-lines.ts";

const HEADER =
  "user,arn,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,cert_1_active,cert_1_last_rotated";

function row(line: string) {
  return [...(parseReport(`${HEADER}\n${line}`)?.rows.values() ?? [])][0];
}

describe("a credential report", () => {
  it.each(["", "<html></html>", "name,arn\nx,y", "user;arn"])("is none where its columns are not there: %s", (text) => {
    expect(parseReport(text)).toBeUndefined();
  });

  it.each([
    { line: "alice,arn", why: "too few fields" },
    { line: "alice,arn,true,true,true,N/A,N/A,true,N/A,more", why: "too many" },
    { line: ",arn,true,true,true,N/A,N/A,true,N/A", why: "no user" },
    { line: 'al"ice,arn,true,true,true,N/A,N/A,true,N/A', why: "a quotation mark in the middle" },
  ])("counts a line with $why as broken", ({ line }) => {
    expect(parseReport(`${HEADER}\n${line}\n`)).toMatchObject({ broken: 1, rows: new Map() });
  });

  it.each([
    { word: "N/A", used: null },
    { word: "no_information", used: undefined },
    { word: "not_supported", used: undefined },
    { word: "2029-10-01T12:00:00+00:00", used: "2029-10-01T12:00:00Z" },
    { word: "2029-10-01T12:00:00", used: undefined },
  ])("reads the use of a key: $word", ({ word, used }) => {
    expect(row(`alice,arn,true,false,true,2029-01-01T00:00:00+00:00,${word},false,N/A`)?.keys[0]).toEqual({
      isActive: true,
      changed: "2029-01-01T00:00:00Z",
      used,
    });
  });

  it.each([
    { word: "TRUE", hasPassword: true },
    { word: "false", hasPassword: false },
    { word: "not_supported", hasPassword: undefined },
    { word: "", hasPassword: undefined },
  ])("reads whether there is a password: $word", ({ word, hasPassword }) => {
    expect(row(`alice,arn,${word},false,true,N/A,N/A,false,N/A`)).toMatchObject({ hasPassword });
  });

  it("reads columns by their names, names with commas, both ends of lines, and no more", () => {
    const values = COLUMNS.split(",").map((name) => (name === "user" ? '"a,""b"' : "N/A"));
    const parsed = parseReport(`${COLUMNS}\r\n${values.join(",")}\r\n`);

    expect(parsed).toMatchObject({ broken: 0 });
    expect([...(parsed?.rows.keys() ?? [])]).toEqual(['a,"b']);
  });
});
