import { compile } from "json-schema-to-typescript";
import type { Page } from "./docs/page.ts";

export const documents = [
  "token",
  "coverage",
  "inventory",
  "policy",
  "finding",
  "report",
  "config",
  "thresholds",
  "baseline",
  "diff",
  "waivers",
  "owners",
  "register",
  "terms",
  "evidence",
  "audit",
];

/** The TypeScript types of every document, in one file because they refer to each other. */
export async function modelTypes(root: string): Promise<Page> {
  const schema = {
    title: "Documents",
    description: "Every document that crosses a boundary, by name.",
    type: "object" as const,
    additionalProperties: false,
    required: documents,
    properties: Object.fromEntries(documents.map((name) => [name, { $ref: `${name}.json` }])),
  };
  const text = await compile(schema, "Documents", {
    cwd: `${root}schemas/`,
    bannerComment: "/* Generated from schemas/ by `npm run generate`; never edited by hand. */",
    format: true,
    style: { printWidth: 120 },
  });
  return { path: "src/model/documents.gen.ts", text };
}
