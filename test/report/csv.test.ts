import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { renderCsv } from "../../src/report/csv.ts";
import { finding, result, text } from "./results.ts";

async function rows(...of: Parameters<typeof result>): Promise<Record<string, string>[]> {
  return parse(await text(renderCsv(result(...of))), { columns: true, relax_quotes: false });
}

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "＝1+1", "＋1", "－1", "＠a"])(
  "a name that a spreadsheet takes for the formula %s begins with an apostrophe",
  async (name) => {
    const [row] = await rows({ findings: [finding({ token: { name } })] });

    expect(row?.name).toBe(`'${name}`);
  },
);

it.each(['a "b", c', "a-b", "a=b", "Zürich 令牌"])("the name %s reads back as it is", async (name) => {
  const [row] = await rows({ findings: [finding({ token: { name } })] });

  expect(row?.name).toBe(name);
});

it("says first that a run is not whole, and what was not read", async () => {
  const coverage = [{ source: "github", subject: "deploy keys", outcome: "denied", items: 0, detail: "403" } as const];

  expect((await rows({ findings: [finding()], coverage })).map(({ row, message }) => [row, message])).toEqual([
    ["incomplete", "The run is incomplete: 1 read denied or failed: what was not read was not judged"],
    ["unread", "github deploy keys: denied: 403"],
    ["fail", "issued 120 days ago; the limit is 90 days"],
  ]);
});

it("names the file and line only where a file declares the token", async () => {
  const location = { via: "source", uri: "a/b.yml", line: 3, column: 1, end_line: 3, end_column: 2 } as const;
  const [declared, live] = await rows({ findings: [finding({ location }), finding({ token: { id: "t/a/k/2" } })] });

  expect([declared?.file, declared?.line]).toEqual(["a/b.yml", "3"]);
  expect([live?.file, live?.line]).toEqual(["", ""]);
});
