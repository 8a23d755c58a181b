import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { aws } from "../../../src/collect/aws/index.ts";
import { ACTIONS, comparison, grant } from "../../../src/collect/aws/rights.ts";
import { judgedFields } from "../../../src/model/bundle.ts";

const page = readFileSync(new URL("../../../docs/providers/aws.md", import.meta.url), "utf8");
const [policy = "", trust = ""] = Object.values(grant);

it("stand on the set-up page as they are given", () => {
  const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => JSON.parse(text) as unknown);

  expect(blocks).toEqual([JSON.parse(policy), JSON.parse(trust)]);
});

it("are reads alone", () => {
  expect(Object.keys(ACTIONS).filter((action) => !/^iam:(?:Get|List|Generate)[A-Z]/.test(action))).toEqual([]);
});

it("leave the comparison open where nobody knows what a credential may do", () => {
  expect(comparison({ unknown: "denied" })).toMatchObject({
    extra: [],
    least: expect.arrayContaining(["iam:ListUsers"]),
  });
});

it("fill the table of fields for every kind", () => {
  expect(Object.keys(aws.fields).sort()).toEqual([...aws.kinds].sort());
  for (const fields of Object.values(aws.fields)) expect(Object.keys(fields).sort()).toEqual([...judgedFields].sort());
});
