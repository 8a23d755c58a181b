import { describe, expect, it } from "vitest";
import { type Line, readLines } from "../../src/model/lines.ts";

async function* chunked(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(content: string | Uint8Array, { size = 65_536, longest = 1_000 } = {}): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(chunked(Buffer.from(content), size), longest)) lines.push(line);
  return lines;
}

describe("readLines", () => {
  it("marks a line longer than the limit, keeps none of it, and goes on", async () => {
    const lines = await read(`${"x".repeat(11)}\nnext\n`, { longest: 10, size: 3 });

    expect(lines).toMatchObject([
      { number: 1, text: "", fault: "too-long" },
      { number: 2, text: "next" },
    ]);
    expect(lines[0]?.bytes).toHaveLength(0);
  });

  it("marks a line that is not UTF-8, and only that one", async () => {
    const lines = await read(Buffer.from("caf\u00e9\nnext\n", "latin1"));

    expect(lines.map(({ fault }) => fault)).toEqual(["not-utf8", undefined]);
  });

  it("has no lines in nothing", async () => {
    expect(await read("")).toEqual([]);
  });

  it.each([
    { content: "a\nb\n", ends: ["\n", "\n"] },
    { content: "a\r\nb", ends: ["\r\n", ""] },
    { content: "a\rb\r", ends: ["\r", "\r"] },
    { content: "a\r\n\nb\r\r\n", ends: ["\r\n", "\n", "\r", "\r\n"] },
    { content: "\r\r", ends: ["\r", "\r"] },
  ])("splits $content alike in chunks of any size, and loses no byte", async ({ content, ends }) => {
    for (const size of [1, 2, 3, 65_536]) {
      const lines = await read(content, { size });

      expect(lines.map(({ end }) => end)).toEqual(ends);
      expect(Buffer.concat(lines.map(({ bytes }) => bytes)).toString()).toBe(content);
      expect(lines.map(({ number }) => number)).toEqual(ends.map((_, index) => index + 1));
    }
  });

  it("leaves a byte order mark out of the text of the first line, but not out of its bytes", async () => {
    const [first] = await read("\uFEFFa\n");

    expect(first?.text).toBe("a");
    expect(first?.bytes).toHaveLength(5);
  });

  it("puts characters together that two chunks share", async () => {
    expect((await read("🔑é\n", { size: 1 }))[0]).toMatchObject({ text: "🔑é" });
  });
});
