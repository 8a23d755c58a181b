import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openReport } from "../../src/cli/report-lines.ts";
import type { Finding } from "../../src/model/documents.gen.ts";
import { renderJson } from "../../src/report/json.ts";
import { finding, result, text } from "../report/results.ts";
import { scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const findings = ["a", "b", "c"].map((id) => finding({ token: { id: `gitlab/acme/t/${id}` } }));
const told = await text(renderJson(result({ findings })));
const lineOf = (index: number) =>
  told.split("\n").findLast((line) => line.includes(`"gitlab/acme/t/${"abc"[index]}"`)) ?? "";

async function read(name: string, content: string): Promise<Finding[]> {
  const file = join(scratch, `${name}.json`);
  await writeFile(file, content);
  const all: Finding[] = [];
  for await (const one of (await openReport(file)).findings) all.push(one);
  return all;
}

describe("a report that is not sound is told as if it had been read whole", () => {
  it.each([
    { what: "cut off in a finding", content: told.slice(0, told.indexOf(lineOf(1)) + 40), says: /not JSON/ },
    { what: "cut off behind a finding", content: told.slice(0, told.indexOf(lineOf(2)) - 1), says: /not JSON/ },
    { what: "without its last line", content: told.slice(0, -3), says: /not JSON/ },
    { what: "with something behind its end", content: `${told}{}\n`, says: /not JSON/ },
    {
      what: "with a finding that is none",
      content: told.replace('"verdict":"fail"', '"verdict":"pass"'),
      says: /verdict/,
    },
    { what: "with a finding that stands twice", content: told.replace(lineOf(1), lineOf(0)), says: /listed twice/ },
    {
      what: "with a finding of another policy",
      content: told.replace('"policy":"too-old"', '"policy":"other"'),
      says: /other/,
    },
    {
      what: "of another version",
      content: told.replace('"schema_version": 1', '"schema_version": 2'),
      says: /schema_version/,
    },
    { what: "that is empty", content: "", says: /not JSON/ },
  ])("$what", async ({ what, content, says }) => {
    expect(content).not.toBe(told);
    await expect(read(what, content)).rejects.toThrow(says);
  });

  it("not there", async () => {
    await expect(openReport(join(scratch, "gone.json"))).rejects.toMatchObject({ code: "REPORT_UNREADABLE" });
  });
});

describe("a report gives its findings", () => {
  it.each([
    { what: "as tokenward writes it", content: told },
    { what: "laid out by somebody else", content: JSON.stringify(JSON.parse(told), null, 2) },
    {
      what: "laid out by somebody else from the middle on",
      content: told.replace(lineOf(1), lineOf(1).replace("{", "{\n")),
    },
    { what: "in one line", content: JSON.stringify(JSON.parse(told)) },
  ])("$what", async ({ what, content }) => {
    expect(await read(what, content)).toEqual(findings);
  });

  it("of which there are none", async () => {
    expect(await read("none", await text(renderJson(result())))).toEqual([]);
  });
});
