import { expect, it } from "vitest";
import { shapeFaults } from "../../../src/config/shape.ts";

const base = { use: "github", organization: "acme", credential: { env: "OWN_TOKEN" } };
const app = { id: 1, private_key: { file: "app.pem" } };
const { credential: _credential, ...bare } = base;
const { organization: _organization, ...nowhere } = base;

function faults(source: object): string[] {
  return shapeFaults({ version: 1, sources: [source] }, () => ({ uri: "tokenward.yaml" })).map(({ text }) => text);
}

it.each([
  { name: "no credential", source: bare, says: 'sources[0]: the key "credential" is missing' },
  { name: "no organisation", source: nowhere, says: 'sources[0]: the key "organization" is missing' },
  {
    name: "two credentials",
    source: { ...base, app },
    says: "sources[0].credential: cannot stand beside the other keys here; keep one of the two",
  },
  {
    name: "an enterprise too",
    source: { ...base, enterprise: "x" },
    says: "sources[0].organization: cannot stand beside the other keys here; keep one of the two",
  },
  {
    name: "an unknown key",
    source: { ...base, organisation: "x" },
    says: 'unknown key "organisation"; did you mean "organization"?',
  },
  { name: "a family nobody knows", source: { ...base, skip: ["deploy-key"] }, says: "did you mean" },
  {
    name: "a name that is a path",
    source: { ...base, organization: "acme/../x" },
    says: 'sources[0].organization: the text "acme/../x" does not fit',
  },
  {
    name: "one installation of many organisations",
    source: { ...bare, organization: ["a", "b"], app: { ...app, installation: 1 } },
    says: "sources[0].organization: expected text, found a list",
  },
  {
    name: "a secret in the file",
    source: { ...base, credential: "abc" },
    says: "sources[0].credential: expected a mapping",
  },
])("refuses $name", ({ source, says }) => {
  expect(faults(source).join("\n")).toContain(says);
});

it.each([
  { source: base },
  { source: { ...base, organization: ["acme", "globex"], skip: ["repositories"], include: ["archived"] } },
  { source: { ...nowhere, enterprise: "acme-inc" } },
  { source: { ...bare, app } },
  {
    source: { ...bare, app: { ...app, installation: 42, id: "Iv1.abc" }, base_url: "https://ghes.acme.example/api/v3" },
  },
])("takes $source", ({ source }) => {
  expect(faults(source)).toEqual([]);
});
