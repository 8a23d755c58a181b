import { expect, it, vi } from "vitest";
import { keysIn } from "../../src/model/schema-keys.ts";

const secret = {
  type: "object",
  description: "Where a secret is.",
  oneOf: [
    { required: ["env"], properties: { env: { description: "A variable.", type: "string" } } },
    { required: ["file"], properties: { file: { description: "A file.", type: "string" } } },
  ],
};

const schema = {
  type: "object",
  required: ["organization"],
  properties: {
    organization: { description: "One or more.", type: ["string", "array"], items: { type: "string" } },
    credential: { $ref: "#/definitions/secret" },
    skip: { type: "array", items: { type: "string", enum: ["keys", "tokens"] } },
    mode: { const: "all" },
    depth: { type: "integer" },
  },
  definitions: { secret },
};

vi.mock("node:module", async (original) => ({
  ...(await original<typeof import("node:module")>()),
  createRequire: () => () => schema,
}));

it("tells every key in order, with those inside and those of each form, and what may be written", () => {
  const key = { isRequired: false, choices: [] };

  expect(keysIn("sources/made-up")).toEqual([
    { ...key, name: "organization", isRequired: true, type: "text or list of text", description: "One or more." },
    { ...key, name: "credential", type: "mapping", description: "Where a secret is." },
    { ...key, name: "credential.env", type: "text", description: "A variable." },
    { ...key, name: "credential.file", type: "text", description: "A file." },
    { ...key, name: "skip", type: "list of word", choices: ["keys", "tokens"], description: "" },
    { ...key, name: "mode", type: "word", choices: ["all"], description: "" },
    { ...key, name: "depth", type: "whole number", description: "" },
  ]);
});
