import { expect, it } from "vitest";
import type { ParameterChange } from "../../src/model/documents.gen.ts";
import { changeText, changeTexts } from "../../src/report/changes.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { renderTable } from "../../src/report/table.ts";
import { plain, result, text } from "./results.ts";

const change: ParameterChange = {
  policy: "too-old",
  kind: "github/classic-pat",
  name: "max_age",
  value: "30d",
  instead_of: "90d",
  source: "tokenward.yaml:4:9",
  reason: "analysis 7",
  approved_by: "ciso",
  review_by: "2029-06-01",
  overdue: true,
};
const { reason: _, approved_by: __, review_by: ___, overdue: ____, ...bare } = change;

it.each([
  {
    of: change,
    told: "too-old.max_age 30d for github/classic-pat (else 90d) at tokenward.yaml:4:9: analysis 7; approved by ciso; review by 2029-06-01 (overdue)",
  },
  {
    of: { policy: "idle", name: "applies", value: false, source: "t.yaml:2:2", reason: "off" },
    told: "idle does not judge any kind at t.yaml:2:2: off",
  },
  {
    of: { policy: "job", name: "allowed", value: [], instead_of: ["checks"], source: "t.yaml:2:2", reason: "none" },
    told: "job.allowed none for any kind (else checks) at t.yaml:2:2: none",
  },
])("a change is told with what would be otherwise, its place and its reasons: $told", ({ of, told }) => {
  expect(changeText(of)).toBe(told);
});

it("the table has a section for them, which counts those that nobody gave a reason for", async () => {
  const told = result();
  const shown = await text(renderTable({ ...told, head: { ...told.head, parameters: [bare, change] } }, plain));

  expect(shown).toContain("CHANGED  1 setting with a reason, 1 overdue for review\n\n  - too-old.max_age 30d for");
  expect(shown).toContain("and 1 without a reason: see `tokenward config --show`");
});

it("the table says nothing where nobody gave a reason", async () => {
  const told = result();

  expect(await text(renderTable({ ...told, head: { ...told.head, parameters: [bare] } }, plain))).not.toContain(
    "CHANGED",
  );
  expect(changeTexts([]).entries).toEqual([]);
});

it("a SARIF run has them all, and the policies that are off", async () => {
  const told = result();
  const disabled = [{ id: "idle", title: "Idle", controls: {} }];
  const document = await text(renderSarif({ ...told, head: { ...told.head, parameters: [change], disabled } }, plain));

  expect((JSON.parse(document) as { runs: { properties?: unknown }[] }).runs[0]?.properties).toEqual({
    parameters: [change],
    disabled,
  });
});
