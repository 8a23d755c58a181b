import { expect, it } from "vitest";
import { parseReport } from "../../src/model/report.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { renderJson } from "../../src/report/json.ts";
import { company } from "./company.ts";
import { finding, result, text } from "./results.ts";

it.each([
  { run: "with some of everything", of: company() },
  { run: "without findings", of: result() },
])("the report of a run $run follows its schema and reads back to the same bytes", async ({ of }) => {
  const written = await text(renderJson(of));

  expect(faultsIn("report", JSON.parse(written))).toEqual([]);
  expect(await text(renderJson(parseReport(written, "report.json")))).toBe(written);
});

it("a report has its parts in the schema's order, findings last", async () => {
  const written = await text(renderJson(result()));

  const order = "schema_version tool as_of bundle profile gate summary coverage policies findings";
  expect(Object.keys(JSON.parse(written))).toEqual(order.split(" "));
});

it("a finding more is a line more, so that reports can be compared line by line", async () => {
  const [one, two] = [finding(), finding({ token: { id: "t/a/k/2" } })];
  const findingLines = async (findings: (typeof one)[]) =>
    (await text(renderJson(result({ findings })))).split("\n").filter((line) => line.startsWith('    {"id":'));

  expect(await findingLines([one])).toHaveLength(1);
  expect(await findingLines([one, two])).toHaveLength(2);
});
