import { describe, expect, it } from "vitest";
import type { Parameters, Rules } from "../../src/model/bundle.ts";
import type { ConfiguredSource } from "../../src/model/config.ts";
import { configDigest } from "../../src/model/config-digest.ts";
import type { BaselineEntry } from "../../src/model/documents.gen.ts";
import { rules } from "../support/tokens.ts";

const sources: ConfiguredSource[] = [
  { source: { use: "workflows" }, root: "/srv/checkout", position: { uri: "tokenward.yaml", line: 3, column: 5 } },
  { source: { use: "file", path: "tokens.csv" }, root: "/srv/checkout" },
];
const config = {
  sources: { value: sources, source: "tokenward.yaml:2:1" },
  failOn: { value: "high" as const, source: "built-in" },
  allowIncomplete: { value: false, source: "built-in" },
};
const parameters: Partial<Parameters> = {
  any: { "too-old": { max_age: { value: 90, source: "built-in" } } },
  kinds: {
    "github/classic-pat": { "too-old": { max_age: { value: 30, source: "tokenward.yaml:9:16", reason: "old" } } },
  },
};
const judged = rules({
  parameters,
  disabled: ["idle", "no-owner"],
  severity: { "too-old": "low", "no-expiry": "high" },
});
const digest = configDigest(config, judged);
const waiver = {
  ...{ by: "waivers.yaml:3:5", token: "t/1", policies: ["idle"] },
  ...{ reason: "a reason", owner: "team-a", approver: "ciso", expires: "2030-06-30" },
};

const entry = { by: "tokens.yaml:3", token: "t/1", owner: "team-a", purpose: "deploys" };

const withSources = (...value: ConfiguredSource[]) =>
  configDigest({ ...config, sources: { ...config.sources, value } }, judged);
const withRules = (over: Partial<Rules>) => configDigest(config, { ...judged, ...over });
const withAge = (over: object) =>
  withRules({
    parameters: { ...judged.parameters, any: { "too-old": { max_age: { value: 90, source: "built-in", ...over } } } },
  });
const withBaseline = (over: Partial<BaselineEntry> = {}, maxAge?: number) => {
  const entry = { token: "t/1", policy: "idle", severity: "high", accepted: "2029-01-01", ...over } as const;
  const age = maxAge === undefined ? {} : { maxAge };
  return configDigest(config, judged, { baseline: { file: "baseline.json", entries: [entry], ...age } });
};

describe("the digest of a configuration", () => {
  it.each([
    { what: "another profile", found: withRules({ profile: "strict" }) },
    {
      what: "another threshold",
      found: configDigest({ ...config, failOn: { value: "low", source: "built-in" } }, judged),
    },
    {
      what: "gaps allowed",
      found: configDigest({ ...config, allowIncomplete: { value: true, source: "built-in" } }, judged),
    },
    { what: "a source less", found: withSources(...sources.slice(1)) },
    { what: "sources in another order", found: withSources(...sources.toReversed()) },
    {
      what: "another path",
      found: withSources(
        { source: { use: "workflows" }, root: "" },
        { source: { use: "file", path: "t.csv" }, root: "" },
      ),
    },
    { what: "another number", found: withAge({ value: 91 }) },
    { what: "a number from another place", found: withAge({ source: "profile strict" }) },
    { what: "a number with a reason", found: withAge({ reason: "audit" }) },
    {
      what: "an exemption",
      found: withRules({
        parameters: { ...judged.parameters, exempt: { "npm/token": { idle: { source: "built-in" } } } },
      }),
    },
    { what: "an entry of the register", found: configDigest(config, judged, { intent: { register: [entry] } }) },
    { what: "a register that holds nothing", found: configDigest(config, judged, { intent: { register: [] } }) },
    { what: "a waiver", found: configDigest(config, judged, { waivers: [waiver] }) },
    { what: "a baseline", found: withBaseline() },
    { what: "another entry of a baseline", found: withBaseline({ severity: "low" }), than: withBaseline() },
    { what: "another age of a baseline", found: withBaseline({}, 30), than: withBaseline() },
    { what: "a policy on again", found: withRules({ disabled: ["idle"] }) },
    { what: "another severity", found: withRules({ severity: { "too-old": "medium", "no-expiry": "high" } }) },
  ])("differs with $what", ({ found, than = digest }) => {
    expect(found).toMatch(/^[0-9a-f]{64}$/);
    expect(found).not.toBe(than);
  });

  it.each([
    {
      what: "the folder it is run in",
      found: withSources(...sources.map(({ source }) => ({ source, root: "/home/runner" }))),
    },
    {
      what: "who set a flag, and where the sources stand",
      found: configDigest(
        {
          sources: { value: sources, source: "command line" },
          failOn: { value: "high", source: "flag --fail-on" },
          allowIncomplete: { value: false, source: "TOKENWARD_ALLOW_INCOMPLETE" },
        },
        judged,
      ),
    },
    { what: "the order of what is switched off", found: withRules({ disabled: ["no-owner", "idle"] }) },
    { what: "an empty file of waivers", found: configDigest(config, judged, { waivers: [] }) },
    { what: "the order of keys", found: withRules({ severity: { "no-expiry": "high", "too-old": "low" } }) },
    {
      what: "the order of a source's keys",
      found: withSources(
        { source: { use: "workflows" }, root: "" },
        { source: { path: "tokens.csv", use: "file" }, root: "" },
      ),
    },
  ])("does not depend on $what", ({ found }) => {
    expect(found).toBe(digest);
  });
});
