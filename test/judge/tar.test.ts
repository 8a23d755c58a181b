import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { filesIn } from "../../src/judge/tar.ts";

/** A plain ustar archive: for each file a header with name and octal size, the content, zeros up to the block; two blocks of zeros at the end. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, "0")}\0`, 124);
    const content = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    content.write(text);
    return [header, content];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const texts = (found: Map<string, Buffer>) =>
  Object.fromEntries([...found].map(([path, bytes]) => [path, bytes.toString()]));

describe("an archive", () => {
  it.each([0, 1, 511, 512, 513, 1024, 70_000])("with a file of %i bytes gives it and the next one whole", (size) => {
    const files = { "policy.wasm": "x".repeat(size), "data.json": "{}" };

    expect(texts(filesIn(archive(files)))).toEqual(files);
  });

  it("of nothing has no files", () => {
    expect(texts(filesIn(archive({})))).toEqual({});
  });

  it("names its files without the slash that OPA puts before them", () => {
    expect(texts(filesIn(archive({ "/policy.wasm": "a", "/policies/lifetime/old.rego": "b" })))).toEqual({
      "policy.wasm": "a",
      "policies/lifetime/old.rego": "b",
    });
  });

  it("that is none is refused", () => {
    expect(() => filesIn(Buffer.from("no archive"))).toThrow("incorrect header check");
  });
});
