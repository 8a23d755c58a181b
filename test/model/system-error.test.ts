import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { reasonOf } from "../../src/model/system-error.ts";

async function failureOf(path: string): Promise<unknown> {
  return readFile(path).catch((error: unknown) => error);
}

it.each([
  { path: "/nowhere", reason: "there is no such file or folder" },
  { path: "/", reason: "it is a folder" },
  { path: "/dev/null/below", reason: "a part of its path is no folder" },
])("says why $path cannot be read, without code or path", async ({ path, reason }) => {
  expect(reasonOf(await failureOf(path))).toBe(reason);
});

it.each([
  { what: "a refusal without words of ours in Node's", error: refusal("EROFS", -30), reason: "read-only file system" },
  { what: "a refusal that Node has no words for by its code", error: refusal("EODD", -9_999), reason: "EODD" },
  { what: "any other error by its message", error: new Error("oops"), reason: "oops" },
  { what: "what is no error as it is", error: "oops", reason: "oops" },
])("tells $what", ({ error, reason }) => {
  expect(reasonOf(error)).toBe(reason);
});

function refusal(code: string, errno: number): Error {
  return Object.assign(new Error(`${code}: words, open 'x'`), { code, errno, syscall: "open" });
}
