import { describe, expect, it } from "vitest";
import type { Registered } from "../../src/model/intent.ts";
import { openRegister } from "../../src/model/register.ts";
import { aToken } from "../support/tokens.ts";

const id = "github/acme/fine-grained-pat/4211";
const token = aToken({ id, name: "nightly report", principal: { type: "human", id: "mona", name: "Mona L" } });

function registerOf(...selectors: (Registered["token"] | Partial<Registered>)[]) {
  return openRegister(
    selectors.map((one, index) => {
      const over = typeof one === "object" && "token" in one ? one : { token: one as Registered["token"] };
      return { owner: "team", purpose: "p", by: `tokens.yaml:${index + 1}`, token: "", ...over };
    }),
  );
}

describe("an entry does not match", () => {
  it.each<{ what: string; selector: Registered["token"] }>([
    { what: "another id", selector: "github/acme/fine-grained-pat/421" },
    { what: "a text with a star, which is one token's id", selector: "github/*" },
    { what: "a pattern of another kind", selector: { kind: "gitlab/*" } },
    { what: "where only one of two patterns does", selector: { id: "github/*", name: "weekly*" } },
    { what: "a name in other letters", selector: { name: "Nightly*" } },
    { what: "a principal that it does not act as", selector: { principal: "lisa" } },
  ])("$what", ({ selector }) => {
    expect(registerOf(selector).find(token)).toBeUndefined();
  });

  it("by principal where the token has none", () => {
    const register = registerOf({ principal: "*" });

    expect(register.find({ ...token, principal: null })).toBeUndefined();
  });
});

describe("precedence", () => {
  it.each<{ what: string; selectors: Registered["token"][]; order: number[] }>([
    { what: "the exact id comes before any pattern", selectors: [{ id }, { name: "*" }, id], order: [2, 0, 1] },
    {
      what: "more fixed characters come first",
      selectors: [{ id: "github/*" }, { id: "github/acme/*" }],
      order: [1, 0],
    },
    {
      what: "characters of all fields count",
      selectors: [{ id: "github/*" }, { kind: "git*", name: "night*" }],
      order: [1, 0],
    },
    {
      what: "of equal rank the first wins",
      selectors: [{ id: "github/*" }, { id: "git*4211" }, { id: "*4211" }],
      order: [0, 1, 2],
    },
    {
      what: "a principal counts by id or name",
      selectors: [{ principal: "mona" }, { principal: "Mona *" }],
      order: [1, 0],
    },
    { what: "a star alone comes last", selectors: [{ id: "*" }, { id: "*a*" }], order: [1, 0] },
  ])("$what", ({ selectors, order }) => {
    const register = registerOf(...selectors);

    expect(register.all(token)).toEqual(order);
    expect(register.find(token)?.index).toBe(order[0]);
  });

  it.each<{ what: string; over: Partial<Registered>[]; rivals: number[] }>([
    { what: "another owner", over: [{}, { owner: "other" }], rivals: [1] },
    { what: "other scopes", over: [{ scopes: ["read"] }, { scopes: ["write"] }], rivals: [1] },
    {
      what: "the same in another order of keys",
      over: [
        { contact: "a", environment: "b" },
        { environment: "b", contact: "a" },
      ],
      rivals: [],
    },
  ])("entries of equal rank are rivals where they say $what", ({ over, rivals }) => {
    for (const selector of [id, { name: "nightly*" }])
      expect(registerOf(...over.map((one) => ({ token: selector, ...one }))).find(token)?.rivals).toEqual(rivals);
  });

  it("an entry of lower rank is no rival, whatever it says", () => {
    const register = registerOf(
      { token: { id: "github/*" }, owner: "other" },
      { token: id },
      { token: { id: "git*" } },
    );

    expect(register.find(token)?.rivals).toEqual([]);
  });
});

describe("a large register", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ id: `github/acme/*/team-${index}-*` }));

  it("finds for each token what trying every pattern would find", () => {
    const register = registerOf({ id: "*" }, { name: "a*" }, ...many, { id: "*ab*ab*c" });

    expect(register.all(aToken({ id: "github/acme/pat/team-77-x", name: "aa" }))).toEqual([79, 1, 0]);
    expect(register.all(aToken({ id: "xabxabxc", name: "b" }))).toEqual([10_002, 0]);
  });

  it("holds hostile names against hostile patterns in a moment", () => {
    const register = registerOf(
      ...Array.from({ length: 1_000 }, (_, index) => ({ name: `${"*a".repeat(40)}b${index}*` })),
    );
    const hostile = aToken({ name: "a".repeat(4_096) });

    expect(register.all(hostile)).toEqual([]);
  });
});
