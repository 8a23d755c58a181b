import { describe, expect, it } from "vitest";
import { cut } from "../../src/model/cut.ts";
import { linesOf, readLines } from "../../src/model/lines.ts";
import { seeded } from "../support/tokens.ts";

async function* inChunks(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesByParts(text: string, chunk: number, size: number): Promise<[number, string][]> {
  const found: [number, string][] = [];
  for await (const { bytes, first } of cut(inChunks(text, chunk), size)) {
    for (const line of linesOf(bytes, first)) found.push([line.number, line.text]);
  }
  return found;
}

async function linesAtOnce(text: string): Promise<[number, string][]> {
  const found: [number, string][] = [];
  for await (const line of readLines(inChunks(text, 1_000_000))) found.push([line.number, line.text]);
  return found;
}

describe("a stream cut between lines", () => {
  it.each([
    { what: "nothing", text: "" },
    { what: "one line without an end", text: "abc" },
    { what: "LF", text: "a\nbb\nccc\n" },
    { what: "CRLF", text: "a\r\nbb\r\nccc\r\n" },
    { what: "CR alone", text: "a\rbb\rccc\rdddd" },
    { what: "blank lines", text: "\n\n\r\n\ra\n\n" },
    { what: "a line longer than a part", text: `${"x".repeat(40)}\nshort\n${"y".repeat(25)}` },
    { what: "wide characters", text: "令牌\n🚀\nZürich\n" },
  ])("has the lines and the numbers it had whole: $what", async ({ text }) => {
    const whole = await linesAtOnce(text);

    for (const chunk of [1, 2, 3, 7, 1_000]) {
      for (const size of [1, 4, 16]) expect(await linesByParts(text, chunk, size)).toEqual(whole);
    }
  });

  it("holds for any text", async () => {
    const random = seeded(7);
    const pieces = ["a", "bc", "\n", "\r", "\r\n", "é", "{}"];
    for (let round = 0; round < 60; round += 1) {
      const text = Array.from({ length: 40 }, () => pieces[Math.floor(random() * pieces.length)]).join("");

      const parts = await linesByParts(text, 1 + Math.floor(random() * 9), 1 + Math.floor(random() * 20));

      expect(parts, JSON.stringify(text)).toEqual(await linesAtOnce(text));
    }
  });
});
