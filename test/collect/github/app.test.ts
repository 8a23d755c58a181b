import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { privateKeyOf } from "../../../src/collect/github/jwt.ts";
import { TokenwardError } from "../../../src/model/errors.ts";
import { githubEstate, keyPair } from "./estate.ts";
import { AS_OF, gaps, gather, worldOf } from "./gather.ts";

const START = Date.parse(AS_OF);
const issued = (asked: readonly string[]) => asked.filter((one) => one.includes("access_tokens")).length;

it("renews an installation's token before it ends", async () => {
  let ends = 0;
  const estate = githubEstate({
    config: { organization: "globex" },
    // Every token has but four minutes, which is too short to begin a request with.
    ends: () => new Date(START + (ends++ < 3 ? 240_000 : 3_600_000)).toISOString(),
  });
  const { coverage } = await gather(estate);

  expect(issued(estate.asked)).toBe(4);
  expect(coverage.map(({ outcome }) => outcome)).not.toContain("denied");
});

it("goes on with the token it has where no other is to be had", async () => {
  let count = 0;
  const estate = githubEstate({
    config: { organization: "globex", skip: ["repositories"] },
    ends: () => new Date(START + 240_000).toISOString(),
    instead: (path) => (path.endsWith("access_tokens") && count++ > 0 ? { status: 403 } : undefined),
  });
  const { tokens, coverage } = await gather(estate);

  expect(tokens.length).toBeGreaterThan(0);
  expect(gaps(coverage)).not.toContain("globex: app installations: denied");
});

it.each([-7_200, 30, 7_200])("signs by the server's clock where its own is %d seconds off", async (off) => {
  const estate = githubEstate({
    config: { organization: "globex" },
    clock: () => START / 1_000,
    ends: () => new Date(START + 3_600_000).toISOString(),
  });
  const respond = estate.respond;
  estate.respond = async (received) => {
    const right = await respond(received);
    return { ...right, headers: { ...right.headers, date: new Date(START).toUTCString() } };
  };
  const { tokens, coverage } = await gather(estate, worldOf(estate.env, START + off * 1_000));

  expect(gaps(coverage)).toEqual(["globex: classic tokens of the whole server: not-asked"]);
  expect(tokens.map(({ id }) => id)).toContain("github/globex/app-installation/9002");
});

it("is incomplete, and quotes nothing, where GitHub issues something that is no token", async () => {
  const secret = ["not", "a", "token"].join(" ");
  const estate = githubEstate({
    config: { organization: "globex" },
    instead: (path) => (path.endsWith("access_tokens") ? { status: 201, body: { token: secret } } : undefined),
  });
  const { tokens, coverage } = await gather(estate);

  expect(tokens).toEqual([]);
  expect(gaps(coverage)).toEqual(["globex: the organisation: failed"]);
  expect(JSON.stringify(coverage)).not.toContain(secret);
  expect(issued(estate.asked)).toBe(2);
});

it.each([
  { name: "no key at all", pem: "secret words" },
  { name: "half a key", pem: keyPair().pem.slice(0, 400) },
  {
    name: "a key of another kind",
    pem: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  },
])("refuses $name without quoting it", ({ pem }) => {
  const refused = () => privateKeyOf(pem, "APP_KEY");
  expect(refused).toThrow(TokenwardError);
  expect(refused).toThrow("the credential for github in APP_KEY cannot be used: it is no RSA private key in PEM");
});

it("takes a key whose lines a variable spells out", () => {
  expect(privateKeyOf(keyPair().pem.replaceAll("\n", "\\n"), "APP_KEY").type).toBe("private");
});
