import { describe, expect, it } from "vitest";
import { findingId, tokenId } from "../../src/model/identity.ts";

describe("tokenId", () => {
  it("joins provider, account, kind and native id", () => {
    expect(tokenId({ account: "acme", kind: "github/classic-pat", native: "42" })).toBe("github/acme/classic-pat/42");
  });

  it.each([
    { native: "a b", encoded: "a%20b" },
    { native: "a%b", encoded: "a%25b" },
    { native: "a\nb", encoded: "a%0Ab" },
    { native: "\u001b[31m", encoded: "%1B%5B31m" },
    { native: "\u202E", encoded: "%E2%80%AE" },
    { native: "ключ", encoded: "%D0%BA%D0%BB%D1%8E%D1%87" },
    { native: "🔑", encoded: "%F0%9F%94%91" },
    { native: "\uD83D", encoded: "%EF%BF%BD" },
    { native: `"<>&`, encoded: "%22%3C%3E%26" },
  ])("encodes $encoded, which a terminal or a URL would not carry", ({ native, encoded }) => {
    expect(tokenId({ account: "acme", kind: "npm/token", native })).toBe(`npm/acme/token/${encoded}`);
  });

  it.each(["deploy@acme-prod.iam", "org/repo", "v1.2~3", "a:b,c=d+e(f)#1"])("keeps %s readable", (native) => {
    expect(tokenId({ account: "acme", kind: "npm/token", native })).toBe(`npm/acme/token/${native}`);
  });
});

describe("findingId", () => {
  const id = findingId("github/acme/classic-pat/42", "too-old");

  it.each([
    { what: "token", other: findingId("github/acme/classic-pat/43", "too-old") },
    { what: "policy", other: findingId("github/acme/classic-pat/42", "idle") },
    { what: "discriminator", other: findingId("github/acme/classic-pat/42", "too-old", "repo") },
    { what: "border between the parts", other: findingId("github/acme/classic-pat/4", "2too-old") },
  ])("changes with the $what", ({ other }) => {
    expect(other).not.toBe(id);
  });

  it("is 32 hex digits, the same in every run", () => {
    expect(id).toBe("331df1e71c4bd14dfa2867d6395967c7");
  });
});
