import { describe, expect, it } from "vitest";
import { type Annotated, readPolicy, slugOf } from "../../src/judge/metadata.ts";
import { metadata } from "./policies.ts";

const terms = (path: string) => path.split(".").map((value) => ({ value }));

interface Change {
  file?: string;
  about?: Partial<Annotated["annotations"]>;
  custom?: Record<string, unknown>;
  path?: string;
}

/** A block as OPA prints it for a whole policy, with pieces replaced; `undefined` takes a piece away. */
function block({ file = "policies/lifetime/too_old.rego", about = {}, custom = {}, path }: Change): Annotated {
  const { title, description } = metadata;
  const place = file.replace(/^policies\//, "").replace(/\.rego$/, "");
  const schemas = [{ path: terms("input"), schema: terms("schema.token") }];
  const annotations = {
    scope: "package",
    title,
    description,
    schemas,
    custom: { ...metadata.custom, ...custom },
    ...about,
  };
  return {
    annotations: JSON.parse(JSON.stringify(annotations)) as Annotated["annotations"],
    location: { file, row: 12 },
    path: terms(path ?? `data.tokenward.${place.replaceAll("/", ".")}`),
  };
}

function faults(change: Change): string[] {
  const result = readPolicy(block(change));
  return "faults" in result ? result.faults : [];
}

const limit = { type: "duration", default: "90d", stricter: "lower", doc: "longest time" };
const tooLong = "word ".repeat(300);

describe("one line, with the file, for each piece that is missing or wrong", () => {
  it.each<Change & { what: string; line: string }>([
    { what: "no title", about: { title: undefined as never }, line: "METADATA must have required property 'title'" },
    { what: "an empty title", about: { title: "" }, line: "METADATA.title must NOT have fewer than 1 characters" },
    {
      what: "no description",
      about: { description: undefined as never },
      line: "METADATA must have required property 'description'",
    },
    {
      what: "an endless description",
      about: { description: tooLong },
      line: "METADATA.description must NOT have more than 1024 characters",
    },
    {
      what: "no schema to check against",
      about: { schemas: [] },
      line: "METADATA.schemas must list `input: schema.token`, so that misspelt fields are noticed",
    },
    {
      what: "another schema",
      about: { schemas: [{ path: terms("input"), schema: terms("schema.finding") }] },
      line: "METADATA.schemas must list `input: schema.token`, so that misspelt fields are noticed",
    },
    {
      what: "a schema for a part only",
      about: { schemas: [{ path: terms("input.facts"), schema: terms("schema.token") }] },
      line: "METADATA.schemas must list `input: schema.token`, so that misspelt fields are noticed",
    },
    { what: "no severity", custom: { severity: undefined }, line: "METADATA must have required property 'severity'" },
    {
      what: "a made-up severity",
      custom: { severity: "urgent" },
      line: "METADATA.severity must be one of low, medium, high, critical",
    },
    { what: "no category", custom: { category: undefined }, line: "METADATA must have required property 'category'" },
    {
      what: "another category than the folder",
      custom: { category: "usage" },
      line: "METADATA.category is usage, but the folder is not",
    },
    { what: "no needs", custom: { needs: undefined }, line: "METADATA must have required property 'needs'" },
    {
      what: "a fact among the needs",
      custom: { needs: ["age"] },
      line: "METADATA.needs.0 must be one of principal, principal.state, owner, status, created, rotated, expires, last_used, grants, reach, network, environment, reviewed, usage, consumers, facts.register, facts.register_owner",
    },
    {
      what: "a need twice",
      custom: { needs: ["created", "created"] },
      line: "METADATA.needs must NOT have duplicate items (items ## 1 and 0 are identical)",
    },
    { what: "no message", custom: { message: undefined }, line: "METADATA must have required property 'message'" },
    {
      what: "no remediation",
      custom: { remediation: undefined },
      line: "METADATA must have required property 'remediation'",
    },
    {
      what: "a remediation for one provider only",
      custom: { remediation: { github: "Replace it." } },
      line: "METADATA.remediation must have required property 'any'",
    },
    {
      what: "a remediation for something that is no provider",
      custom: { remediation: { any: "Replace it.", "Git Hub": "Replace it." } },
      line: "METADATA.remediation has the key `Git Hub`; name a provider by its id, such as github",
    },
    {
      what: "an example that fails, but none that passes",
      custom: { examples: { fail: { expires: null } } },
      line: "METADATA.examples must have required property 'pass'",
    },
    { what: "a misspelt key", custom: { severty: "low" }, line: "METADATA must not have `severty`" },
    {
      what: "an unknown status",
      custom: { applies_to: { statuses: ["dead"] } },
      line: "METADATA.applies_to.statuses.0 must be one of active, disabled, expired, revoked, pending",
    },
    {
      what: "no status at all",
      custom: { applies_to: { statuses: [] } },
      line: "METADATA.applies_to.statuses must NOT have fewer than 1 items",
    },
    {
      what: "a control that is neither direct nor supporting",
      custom: { controls: { soc2: { "CC6.1": "yes" } } },
      line: "METADATA.controls.soc2.CC6.1 must be one of direct, supporting",
    },
    { what: "parameters as a list", custom: { params: ["max_age"] }, line: "METADATA.params must be object" },
    {
      what: "a parameter without anything",
      custom: { params: { max_age: null } },
      line: "METADATA.params.max_age must be object",
    },
    {
      what: "a parameter without its doc",
      custom: { params: { max_age: { ...limit, doc: undefined } } },
      line: "METADATA.params.max_age must have required property 'doc'",
    },
    {
      what: "a parameter without a default",
      custom: { params: { max_age: { ...limit, default: undefined } } },
      line: "METADATA.params.max_age must have required property 'default'",
    },
    {
      what: "a parameter of another type",
      custom: { params: { max_age: { ...limit, type: "date", default: 1 } } },
      line: "METADATA.params.max_age.type must be one of duration, integer, list",
    },
    {
      what: "a limit that does not say which way is stricter",
      custom: { params: { max_age: { ...limit, stricter: undefined } } },
      line: "METADATA.params.max_age must say `stricter: lower` or `higher`",
    },
    {
      what: "a duration nobody can read",
      custom: { params: { max_age: { ...limit, default: "three months" } } },
      line: "METADATA.params.max_age.default must be a duration with its unit, such as 90d",
    },
    {
      what: "a duration below nothing, by which every token would fail",
      custom: { params: { max_age: { ...limit, default: -1 } } },
      line: "METADATA.params.max_age.default must be a duration with its unit, such as 90d",
    },
    {
      what: "90 seconds where 90 days were meant",
      custom: { params: { max_age: { ...limit, default: 90 } } },
      line: "METADATA.params.max_age.default must be a duration with its unit, such as 90d",
    },
    {
      what: "a list where a number belongs",
      custom: { params: { most: { ...limit, type: "integer", default: ["4"] } } },
      line: "METADATA.params.most.default must be a whole number",
    },
    {
      what: "a number where a list belongs",
      custom: { params: { words: { type: "list", default: 4, doc: "words" } } },
      line: "METADATA.params.words.default must be a list",
    },
    {
      what: "a value of unknown kind in the message",
      custom: { message: "owned by {owner}" },
      line: "METADATA.message uses {owner}, whose kind METADATA.evidence does not tell",
    },
    {
      what: "an inherited name in the message",
      custom: { message: "{constructor}" },
      line: "METADATA.message uses {constructor}, whose kind METADATA.evidence does not tell",
    },
    {
      what: "evidence of an unknown kind",
      custom: { evidence: { since: "date" } },
      line: "METADATA.evidence.since must be one of duration, instant, number, text, list",
    },
    { what: "evidence that is no mapping", custom: { evidence: "list" }, line: "METADATA.evidence must be object" },
    {
      what: "a package elsewhere",
      path: "data.tokenward.lifetime.tooold",
      line: "its package is tokenward.lifetime.tooold, but its place asks for tokenward.lifetime.too_old",
    },
  ])("$what: $line", ({ line, ...change }) => {
    expect(faults(change)).toEqual([`policies/lifetime/too_old.rego: ${line}`]);
  });
});

it("tells all that is wrong at once", () => {
  const custom = {
    severity: "urgent",
    category: "usage",
    needs: undefined,
    params: { max_age: { ...limit, default: 1 } },
  };

  expect(faults({ about: { title: undefined as never, schemas: [] }, custom, path: "data.elsewhere" })).toHaveLength(7);
});

it("lets nobody name a policy otherwise than by its place", () => {
  const result = readPolicy(block({ custom: { id: "other", package: "tokenward.other", title: "Other" } }));

  expect(result).toMatchObject({
    policy: { id: "too-old", package: "tokenward.lifetime.too_old", title: metadata.title },
  });
});

it("reads a whole block: durations in seconds, kinds of evidence inferred, the rest as written", () => {
  const params = {
    max_age: limit,
    most: { type: "integer", default: 3, stricter: "lower", doc: "most" },
    words: { type: "list", default: ["x"], doc: "words" },
  };
  const result = readPolicy(
    block({ custom: { params, message: "{age} {max_age} {most} {words}", evidence: { scopes: "list" } } }),
  );

  expect(result).toMatchObject({
    policy: {
      applies_to: {},
      controls: {},
      related_resources: [],
      params: { max_age: { default: 7_776_000 }, most: { default: 3 }, words: { default: ["x"] } },
      evidence: { age: "duration", max_age: "duration", most: "number", words: "list", scopes: "list" },
    },
  });
});

it.each([
  { stated: "Replace it.", read: { any: "Replace it." } },
  { stated: { any: "Replace it.", github: "Ask." }, read: { any: "Replace it.", github: "Ask." } },
])("reads what to do from one text for all, or from texts by provider: $stated", ({ stated, read }) => {
  expect(readPolicy(block({ custom: { remediation: stated } }))).toMatchObject({ policy: { remediation: read } });
});

it("takes parameters and evidence as empty where none are written", () => {
  expect(readPolicy(block({ custom: { params: undefined, evidence: undefined } }))).toMatchObject({
    policy: { params: {} },
  });
});

it.each([
  { file: "policies/lifetime/no_expiry.rego", slug: "no-expiry" },
  { file: "policies/usage/idle.rego", slug: "idle" },
  { file: "policies/a/b/very_long_name.rego", slug: "very-long-name" },
])("calls $file $slug", ({ file, slug }) => {
  expect(slugOf(file)).toBe(slug);
});
