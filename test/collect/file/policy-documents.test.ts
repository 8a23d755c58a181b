import { describe, expect, it } from "vitest";
import { readOne } from "./reading.ts";

const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const GRANT = { family: "action", scope: "s3:*", access: "admin", resource: "*" };

const record = (more: object) => ({ kind: "aws/access-key", account: "111122223333", native_id: "deploy", ...more });
const detailOf = async (more: object) => {
  const { tokens, coverage } = await readOne("tokens.ndjson", `${JSON.stringify(record(more))}\n`);
  expect(tokens).toEqual([]);
  return coverage[0]?.detail;
};

describe("policy documents that cannot be resolved", () => {
  it.each([
    { more: { policy_documents: { identity: [] }, grants: [] }, detail: "policy_documents stands beside grants" },
    {
      more: { policy_documents: { identity: [] }, kind: "github/classic-pat" },
      detail: 'policy_documents is no field of the kind "github/classic-pat"',
    },
    { more: { policy_documents: null }, detail: "policy_documents is null, not a mapping" },
    { more: { policy_documents: {} }, detail: "policy_documents.identity is missing" },
    { more: { policy_documents: { identity: POLICY } }, detail: "policy_documents.identity is a mapping, not a list" },
    {
      more: { policy_documents: { identity: [], boundry: null } },
      detail: "policy_documents.boundry is no part of it",
    },
    { more: { policy_document: {} }, detail: "policy_document is no field of a token record" },
    {
      more: { policy_documents: { identity: [POLICY], boundary: "arn" } },
      detail: 'policy_documents.boundary is "arn", not a policy document',
    },
    {
      more: { policy_documents: { identity: [] }, unknown: { grants: "denied" } },
      detail: "grants is given and also named in unknown",
    },
  ])("$detail", async ({ more, detail }) => {
    expect(await detailOf(more)).toBe(detail);
  });

  it("is told with the line of the element", async () => {
    const text = [
      "kind: aws/access-key",
      "account: '1'",
      "native_id: a",
      "policy_documents:",
      "  identity:",
      "    - Statement: { Effect: Allow, Action: 's3', Resource: '*' }",
    ].join("\n");
    const { coverage } = await readOne("tokens.yaml", text);

    expect(coverage[0]?.location).toMatchObject({ line: 6 });
  });
});

describe("policy documents become grants, and are not kept", () => {
  it.each([
    { name: "tokens.ndjson", boundary: null },
    { name: "tokens.json", boundary: undefined },
    { name: "tokens.yaml", boundary: "Denied" },
  ])("in $name, with the boundary $boundary", async ({ name, boundary }) => {
    const { tokens } = await readOne(
      name,
      JSON.stringify(record({ policy_documents: { identity: [POLICY], boundary } })),
    );

    expect(tokens).toMatchObject([{ grants: [GRANT] }]);
    expect(tokens[0]).not.toHaveProperty("policy_documents");
    expect(tokens[0]?.unknown).not.toHaveProperty("grants");
  });

  it("that are none give no grants, which is known", async () => {
    const { tokens } = await readOne("tokens.json", JSON.stringify(record({ policy_documents: { identity: [] } })));

    expect(tokens).toMatchObject([{ grants: [] }]);
  });
});
