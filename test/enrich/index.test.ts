import { expect, it } from "vitest";
import { enrich } from "../../src/enrich/index.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Collected } from "../../src/model/flow.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { aCoverage, asOf, aToken, gather, streamOf, unknowing } from "../support/tokens.ts";

const run = (items: Iterable<Collected>) => gather(enrich(streamOf(items), { asOf }));

it("believes no facts that came with a record", async () => {
  const planted = unknowing({ created: "denied" }, aToken({ facts: { age: 0, breadth: "narrow", status: "revoked" } }));

  const [item] = await run([{ token: planted }]);

  expect(item).toMatchObject({ token: { facts: { status: "active", breadth: "narrow" } } });
  expect((item as { token: Token }).token.facts).not.toHaveProperty("age");
});

it("passes coverage as it came, in its place", async () => {
  const coverage = aCoverage({ outcome: "failed" });
  const items = [{ coverage }, { token: aToken() }, { coverage }];

  expect((await run(items)).map((item) => ("coverage" in item ? item.coverage : item.token.id))).toEqual([
    coverage,
    aToken().id,
    coverage,
  ]);
});

it.each<{ what: string; token: Token }>([
  { what: "a blameless token", token: aToken() },
  {
    what: "a token of which nothing is known",
    token: unknowing({
      principal: "denied",
      owner: "denied",
      status: "denied",
      created: "denied",
      rotated: "denied",
      expires: "denied",
      last_used: "denied",
      grants: "denied",
      reach: "denied",
      network: "denied",
      environment: "denied",
    }),
  },
  {
    what: "a token of which all is known to be none",
    token: aToken({
      principal: null,
      owner: null,
      rotated: null,
      expires: null,
      last_used: null,
      reach: null,
      network: null,
      environment: null,
      grants: [],
    }),
  },
])("gives $what whole, with facts that its schema knows", async ({ token }) => {
  const [item] = await run([{ token }]);

  const { facts, ...record } = (item as { token: Token }).token;
  expect(record).toEqual(token);
  expect(faultsIn("token", { ...record, facts })).toEqual([]);
});
