import { describe, expect, it } from "vitest";
import { artifactUri, placeOf } from "../../src/report/sarif-location.ts";
import { finding } from "./results.ts";

describe("a path as a relative URI", () => {
  it.each([
    { path: ".github/workflows/ci.yml", uri: ".github/workflows/ci.yml" },
    { path: "a folder/b#1?.yml", uri: "a%20folder/b%231%3F.yml" },
    { path: "100%.csv", uri: "100%25.csv" },
    { path: "already%20encoded.csv", uri: "already%2520encoded.csv" },
    { path: "größe/令牌.yml", uri: "gr%C3%B6%C3%9Fe/%E4%BB%A4%E7%89%8C.yml" },
    { path: "arn:aws:iam::1:user/a", uri: "arn%3Aaws%3Aiam%3A%3A1%3Auser/a" },
    { path: "https://example.com/a", uri: "https%3A/example.com/a" },
    { path: "C:\\work\\a.yml", uri: "C%3A%5Cwork%5Ca.yml" },
    { path: "./a.yml", uri: "a.yml" },
    { path: "/srv/a.yml", uri: "srv/a.yml" },
    { path: "//host/a.yml", uri: "host/a.yml" },
    { path: "a//b/./c/../d.yml", uri: "a/b/d.yml" },
    { path: "../../up.yml", uri: ".../.../up.yml" },
    { path: "a/../../up.yml", uri: ".../up.yml" },
    { path: "a\nb\u202e.yml", uri: "a%0Ab%E2%80%AE.yml" },
    { path: "lone\ud800.yml", uri: "lone%EF%BF%BD.yml" },
    { path: "a+b@c,d=e.yml", uri: "a+b@c,d=e.yml" },
    { path: "./", uri: "" },
  ])("$path is $uri", ({ path, uri }) => {
    expect(artifactUri(path)).toBe(uri);
  });
});

describe("the place of a finding", () => {
  it.each([
    { case: "a path that names nothing", uri: ".", expected: "tokens/gitlab/acme/deploy-token/7" },
    { case: "a path", uri: "tokens.csv", expected: "tokens.csv" },
  ])("with $case has the uri $expected", ({ uri, expected }) => {
    const location = { via: "source", uri, line: 1, column: 1, end_line: 1, end_column: 2 } as const;

    expect(placeOf(finding({ location })).physicalLocation?.artifactLocation?.uri).toBe(expected);
  });

  it.each([
    { end_line: 5, end_column: 9, expected: { endLine: 5, endColumn: 9 } },
    { end_line: 6, end_column: 1, expected: { endLine: 6, endColumn: 1 } },
    { end_line: 5, end_column: 3, expected: { endLine: 5, endColumn: 4 } },
    { end_line: 4, end_column: 9, expected: { endLine: 5, endColumn: 4 } },
  ])("from 5:3 to $end_line:$end_column covers something", ({ end_line, end_column, expected }) => {
    const location = { via: "source", uri: "a", line: 5, column: 3, end_line, end_column } as const;

    expect(placeOf(finding({ location })).physicalLocation?.region).toEqual({
      startLine: 5,
      startColumn: 3,
      ...expected,
    });
  });
});
