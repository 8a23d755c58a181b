import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runOf, sarifOf, upTo } from "../upload/sarif.ts";
import { codeScanning } from "./code-scanning.ts";
import { loopback } from "./loopback.ts";

const commit_sha = "c".repeat(40);
const packed = (text: string | Buffer) => gzipSync(text).toString("base64");
const good = { commit_sha, ref: "refs/heads/main", sarif: packed(sarifOf(runOf([1]))) };

async function ask(body: object) {
  const { handler } = codeScanning({ token: "t" });
  const { base } = await loopback(handler);
  const address = `${base}/api/v3/repos/acme/shop/code-scanning/sarifs`;
  const headers = { authorization: "Bearer t" };
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body), headers });
  const { id, message } = (await answer.json()) as { id?: string; message?: string };
  if (!id) return { status: answer.status, said: message };
  const { processing_status, errors } = (await (await fetch(`${address}/${id}`, { headers })).json()) as {
    processing_status: string;
    errors: string[] | null;
  };
  return { status: answer.status, said: errors?.[0] ?? processing_status };
}

describe("the server that stands for code scanning", () => {
  it("takes what is good", async () => {
    expect(await ask(good)).toEqual({ status: 202, said: "complete" });
  });

  it.each([
    { what: "no base64", change: { sarif: "***" }, status: 400 },
    { what: "no gzip", change: { sarif: Buffer.from("text").toString("base64") }, status: 400 },
    { what: "no JSON", change: { sarif: packed("{") }, status: 400 },
    { what: "too many bytes", change: { sarif: packed(randomBytes(10_000_001)) }, status: 413 },
    { what: "a short commit", change: { commit_sha: "c".repeat(7) }, status: 422 },
    { what: "a commit that is not there", change: { commit_sha: "d".repeat(40) }, status: 422 },
    { what: "a short ref", change: { ref: "main" }, status: 422 },
  ])("refuses $what with $status", async ({ change, status }) => {
    expect(await ask({ ...good, ...change })).toMatchObject({ status });
  });

  it.each([
    { what: "25,001 results", text: sarifOf(runOf(upTo(25_001))), said: /more results per run/ },
    {
      what: "21 runs",
      text: sarifOf(...upTo(21).map((number) => runOf([], { automationDetails: { id: `${number}/` } }))),
      said: /more runs per file/,
    },
    { what: "two runs of a category", text: sarifOf(runOf([1]), runOf([2])), said: /same tool and category/ },
  ])("rejects $what once it was taken", async ({ text, said }) => {
    expect(await ask({ ...good, sarif: packed(text) })).toEqual({ status: 202, said: expect.stringMatching(said) });
  });
});
