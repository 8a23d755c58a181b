import { describe, expect, it } from "vitest";
import { json, visible } from "../../src/model/text.ts";
import { markdown, sarifSentence, webUri } from "../../src/report/escape.ts";

const hostile = [
  { what: "a terminal sequence", text: "\u001b[31mred", shown: "\\u001b[31mred" },
  { what: "a C1 control", text: "\u009b2J", shown: "\\u009b2J" },
  { what: "a line break", text: "a\r\nb\u2028c", shown: "a\\u000d\\u000ab\\u2028c" },
  { what: "a tab", text: "a\tb", shown: "a\\u0009b" },
  { what: "an override of the direction", text: "a\u202egpj.exe", shown: "a\\u202egpj.exe" },
  { what: "an isolate", text: "\u2066a\u2069", shown: "\\u2066a\\u2069" },
  { what: "zero width", text: "a\u200bb\u200dc\ufeff", shown: "a\\u200bb\\u200dc\\ufeff" },
  { what: "a filler", text: "a\u3164b\u115f", shown: "a\\u3164b\\u115f" },
  { what: "a tag character", text: "a\u{e0041}", shown: "a\\udb40\\udc41" },
  { what: "a selector that hides data", text: "a\ufe0f\ufe0f", shown: "a\\ufe0f\\ufe0f" },
  { what: "a lone surrogate", text: "a\ud800b", shown: "a\\ud800b" },
  { what: "a pile of marks", text: `a${"\u0301".repeat(6)}`, shown: `a${"\u0301".repeat(4)}\\u0301\\u0301` },
];

describe("text for a terminal or a CI log", () => {
  it.each(hostile)("spells out $what", ({ text, shown }) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    { text: "##[error]own goal", shown: "#\\u0023[error]own goal" },
    { text: "a ###[group]b", shown: "a ##\\u0023[group]b" },
    { text: "##vso[task.setvariable]x", shown: "#\\u0023vso[task.setvariable]x" },
    { text: "##teamcity[message]", shown: "#\\u0023teamcity[message]" },
    { text: "::error::x", shown: ":\\u003aerror:\\u003ax" },
    { text: "a::error::1", shown: "a:\\u003aerror::1" },
    { text: "a :::set-env name=x::1", shown: "a :\\u003a:set-env name=x::1" },
    { text: "::add-mask", shown: ":\\u003aadd-mask" },
  ])("breaks the log command in $text", ({ text, shown }) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    { text: "deploy-prod (eu-west-1) #3" },
    { text: "arn:aws:iam::123456789012:role/ci" },
    { text: "arn:aws:s3:::bucket/key" },
    { text: "Zürich 令牌 🚀 ❤️" },
    { text: "## heading" },
  ])("leaves $text as it is", ({ text }) => {
    expect(visible(text)).toBe(text);
  });
});

describe("a value as JSON", () => {
  it.each([
    ...hostile,
    { what: "a log command", text: "##[error]" },
    { what: "the end of a script", text: "</script><script>" },
    { what: "a comment", text: "<!--" },
    { what: "a quote", text: '\\" \\\\##[' },
  ])("keeps $what without writing it raw", ({ text }) => {
    const written = json({ name: text });

    expect(JSON.parse(written)).toEqual({ name: text });
    expect(written).not.toMatch(/[^\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|##\[|<[/!a-z]/u);
  });
});

describe("prose", () => {
  it("in a SARIF message is one sentence with a stop", () => {
    expect(["a\n b", "a!", "a…"].map(sarifSentence)).toEqual(["a b.", "a!", "a…"]);
  });

  it("in Markdown makes neither links nor elements, but keeps code", () => {
    expect(markdown("see [x](y) <img> `permissions: {}`\nnow")).toBe("see \\[x\\](y) \\<img\\> `permissions: {}` now");
  });
});

describe("a web address", () => {
  it.each([
    { text: "https://example.com/a?b=c#d", uri: "https://example.com/a?b=c#d" },
    { text: "https://example.com/#a##b", uri: "https://example.com/#a%23%23b" },
    { text: "HTTP://EXAMPLE.com/%zz|^`{}\\", uri: "http://example.com/%25zz%7C%5E%60%7B%7D/" },
    { text: "https://example.com/ü[1]\u202e", uri: "https://example.com/%C3%BC%5B1%5D%E2%80%AE" },
  ])("$text is written $uri", ({ text, uri }) => {
    expect(webUri(text)).toBe(uri);
  });

  it.each([
    { text: "javascript:alert(1)" },
    { text: "file:///etc/passwd" },
    { text: "//example.com/" },
    { text: "https://" },
    { text: "https://user@example.com/" },
    { text: "https://[::1]/" },
    { text: "not an address" },
  ])("$text is none", ({ text }) => {
    expect(webUri(text)).toBeUndefined();
  });
});
