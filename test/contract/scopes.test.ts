import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capabilityTable } from "../../src/scopes/capability.ts";
import { loadCatalogue } from "../../src/scopes/catalogue.ts";
import { matcher } from "../../src/scopes/pattern.ts";
import { powerOf } from "../../src/scopes/power.ts";
import { repository } from "../support/command.ts";
import { seeded, shuffled } from "../support/tokens.ts";

const data = `${repository}policies/data/`;
const providers = readdirSync(`${data}scopes`)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(".json", ""));
const json = (name: string): unknown => JSON.parse(readFileSync(`${data}${name}.json`, "utf8"));

interface Correction {
  family: string;
  scope: string;
  access: string;
  risk: string;
  source: string;
}
const { scope_corrections: corrections } = json("scope-corrections") as {
  scope_corrections: Record<string, Correction[]>;
};

it("there is a catalogue for each of these providers", () => {
  expect(providers).toHaveLength(29);
});

describe.each(providers)("the catalogue of %s", (provider) => {
  const text = readFileSync(`${data}scopes/${provider}.json`, "utf8");
  const stated =
    (JSON.parse(text) as Record<string, Record<string, Record<string, string | string[]>>>)[provider] ?? {};
  const catalogue = loadCatalogue(provider);
  const entries = (catalogue?.families ?? []).flatMap((family) => catalogue?.all(family) ?? []);

  it("is under the provider's own name, and has something in every family", () => {
    expect(Object.keys(JSON.parse(text) as object)).toEqual([provider]);
    expect(Object.values(stated).every((scopes) => Object.keys(scopes).length > 0)).toBe(true);
    expect(entries.length).toBeGreaterThan(0);
  });

  it("says of each scope its access and its risk, and of no scope twice", () => {
    const codes = Object.values(stated).flatMap((scopes) => Object.values(scopes).map((code) => [code].flat()[0]));
    const keys = text.split("\n").flatMap((line) => /^("(?:[^"\\]|\\.)*"):(?!\{)/.exec(line)?.[1] ?? []);

    expect(codes.filter((code) => !/^[rwa][lmhc]e?k?$/.test(code ?? ""))).toEqual([]);
    expect(keys).toHaveLength(codes.length);
  });

  it("lists families and scopes in order", () => {
    expect(Object.keys(stated)).toEqual(Object.keys(stated).sort());
    for (const scopes of Object.values(stated)) expect(Object.keys(scopes)).toEqual(Object.keys(scopes).sort());
  });

  it("has an entry for all that is implied", () => {
    const dangling = entries.filter((entry) => {
      const closed = catalogue?.closed([entry]) ?? [];
      return entry.implies.some(
        (name) => !closed.some(({ family, scope }) => [scope, `${family}/${scope}`].includes(name)),
      );
    });

    expect(dangling).toEqual([]);
  });

  it("knows each of its own scopes, and never says less of it than of what it implies", () => {
    for (const entry of entries.filter(({ family }) => family !== "service")) {
      const { family, scope } = entry;
      const power = powerOf(provider, { family, scope, access: "unknown", resource: "*" });
      expect({ family, scope, isKnown: power.isKnown }).toEqual({ family, scope, isKnown: true });
      for (const { access, risk } of catalogue?.closed([entry]) ?? []) {
        expect(RANK[power.access], scope).toBeGreaterThanOrEqual(RANK[access]);
        expect(RISKS.indexOf(power.risk), scope).toBeGreaterThanOrEqual(RISKS.indexOf(risk));
      }
    }
  });

  it("is the same when it is read again", () => {
    const again = loadCatalogue(provider);

    expect(again?.families.map((family) => again.all(family))).toEqual(
      catalogue?.families.map((family) => catalogue.all(family)),
    );
  });
});

const RANK = { unknown: 0, read: 1, write: 2, admin: 3 } as const;
const RISKS = ["low", "medium", "high", "critical"];

it.each(Object.entries(corrections))("the corrections of %s say something new, with their source", (provider, list) => {
  const text = readFileSync(`${data}scopes/${provider}.json`, "utf8");
  const stated = (JSON.parse(text) as Record<string, Record<string, Record<string, unknown>>>)[provider];

  for (const { family, scope, access, risk, source } of list) {
    expect(stated).toHaveProperty([family]);
    expect([stated?.[family]?.[scope]].flat()[0]).not.toBe(`${access.charAt(0)}${risk.charAt(0)}`);
    expect(source.length).toBeGreaterThan(20);
    expect(loadCatalogue(provider)?.find(family, scope)).toMatchObject({ access, risk });
  }
});

describe("the capabilities", () => {
  const { words, together, providers: told } = capabilityTable();
  const uses = Object.entries(told).flatMap(([provider, families]) =>
    Object.entries(families).flatMap(([family, byWord]) =>
      Object.entries(byWord).flatMap(([word, scopes]) => scopes.map((scope) => ({ provider, family, word, scope }))),
    ),
  );

  it("are all explained, and all used", () => {
    expect([...new Set(uses.map(({ word }) => word))].sort()).toEqual(Object.keys(words).sort());
    expect(together.flatMap(({ capabilities }) => capabilities).filter((word) => !(word in words))).toEqual([]);
  });

  it("name only scopes that the provider's catalogue or the form of its scopes knows", () => {
    const unknown = uses.filter(({ provider, family, scope }) => {
      const catalogue = loadCatalogue(provider);
      const isMatch = matcher(scope.toLowerCase());
      const isListed = catalogue?.all(family).some((entry) => isMatch(entry.scope.toLowerCase()));
      return !isListed && !powerOf(provider, { family, scope, access: "unknown", resource: "*" }).isKnown;
    });

    expect(unknown).toEqual([]);
  });
});

it("the pairs that are dangerous together are made of these words, and told in the documentation", () => {
  const source = readFileSync(`${repository}policies/lib/toxic.rego`, "utf8");
  const pairs = [...source.matchAll(/"first": "([^"]+)",\s+"second": "([^"]+)",\s+"reason": "([^"]+)"/g)];
  const page = readFileSync(`${repository}docs/scopes.md`, "utf8");

  expect(pairs.length).toBeGreaterThanOrEqual(8);
  expect(
    pairs.flatMap(([, one = "", other = ""]) => [one, other]).filter((word) => !(word in capabilityTable().words)),
  ).toEqual([]);
  expect(page.match(/^\| `[a-z-]+` \| `[a-z-]+` \| .*$/gm)).toEqual(
    pairs.map(([, one, other, reason]) => `| \`${one}\` | \`${other}\` | ${reason} |`),
  );
});

describe("a pattern never allows less than what it matches", () => {
  const random = seeded(7);
  const actions = loadCatalogue("aws")?.all("action") ?? [];
  const some = shuffled(actions, random).slice(0, 300);

  it.each(["prefix", "service", "everything", "question mark"])("with a %s", (shape) => {
    for (const { scope } of some) {
      const [service = "", name = ""] = scope.split(":");
      const cut = 1 + Math.floor(random() * (name.length - 1));
      const patterns: Record<string, string> = {
        prefix: `${service}:${name.slice(0, cut)}*`,
        service: `${service}:*`,
        everything: "*",
        "question mark": `${service}:${name.slice(0, cut - 1)}?${name.slice(cut)}`,
      };
      const one = powerOf("aws", { family: "action", scope, access: "unknown", resource: "*" });
      const all = powerOf("aws", { family: "action", scope: patterns[shape] ?? "", access: "unknown", resource: "*" });

      expect(RANK[all.access], scope).toBeGreaterThanOrEqual(RANK[one.access]);
      expect(RISKS.indexOf(all.risk), scope).toBeGreaterThanOrEqual(RISKS.indexOf(one.risk));
      expect(all.capabilities, scope).toEqual(expect.arrayContaining([...one.capabilities]));
    }
  });
});
