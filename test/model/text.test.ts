import { expect, it } from "vitest";
import { visible } from "../../src/model/text.ts";

it.each([
  { what: "an escape sequence", text: "\u001b[31mred", shown: "\\u001b[31mred" },
  { what: "a line end, which would forge a line of a log", text: "a\r\nb", shown: "a\\u000d\\u000ab" },
  { what: "a tab", text: "a\tb", shown: "a\\u0009b" },
  { what: "a NUL", text: "a\u0000b", shown: "a\\u0000b" },
  { what: "a backspace", text: "a\bb", shown: "a\\u0008b" },
  { what: "a delete", text: "a\u007fb", shown: "a\\u007fb" },
  { what: "a control character of one byte that some terminals obey", text: "\u009b31m", shown: "\\u009b31m" },
  { what: "an override that turns text around", text: "\u202egnp.exe", shown: "\\u202egnp.exe" },
  { what: "an isolate", text: "\u2066a\u2069", shown: "\\u2066a\\u2069" },
  { what: "a blank without width", text: "ad\u200bmin", shown: "ad\\u200bmin" },
  { what: "a joiner without width", text: "ad\u200dmin", shown: "ad\\u200dmin" },
  { what: "a soft hyphen", text: "ad\u00admin", shown: "ad\\u00admin" },
  { what: "a byte order mark", text: "\ufeffadmin", shown: "\\ufeffadmin" },
  { what: "a line separator", text: "a\u2028b", shown: "a\\u2028b" },
  { what: "a paragraph separator", text: "a\u2029b", shown: "a\\u2029b" },
  { what: "a tag, which carries invisible text", text: "a\u{e0041}", shown: "a\\udb40\\udc41" },
  { what: "a filler that looks like nothing", text: "a\u3164b", shown: "a\\u3164b" },
  { what: "a variation selector", text: "a\ufe0fb", shown: "a\\ufe0fb" },
  { what: "half of a surrogate pair", text: "a\ud83db", shown: "a\\ud83db" },
  { what: "a command of a CI log", text: "a ##[error] b", shown: "a #\\u0023[error] b" },
  { what: "a command at the start of a line", text: "::error::a", shown: ":\\u003aerror:\\u003aa" },
  { what: "the other half", text: "a\ude00b", shown: "a\\ude00b" },
])("$what is spelled out", ({ text, shown }) => {
  expect(visible(text)).toBe(shown);
});

it.each(["", "nightly report", "Größe, café, naïve", "報告 отчёт דוח", "🔑𝕿", "a\u0301", "\\u001b", "`<b>&\"'%{{"])(
  "%s stays as it is",
  (text) => {
    expect(visible(text)).toBe(text);
  },
);
