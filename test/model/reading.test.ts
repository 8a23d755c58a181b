import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/model/documents.gen.ts";
import { wasRead } from "../../src/model/reading.ts";

const event = (source: string, outcome: Coverage["outcome"], account?: string): Coverage => ({
  ...{ source, subject: "tokens", outcome, items: 0 },
  ...(account === undefined ? {} : { account }),
});
const token = "github/acme/api/workflow-token/x";

describe("whether a token would have been seen", () => {
  it.each<{ what: string; coverage: Coverage[] }>([
    { what: "nothing was asked", coverage: [] },
    { what: "only another provider was asked", coverage: [event("aws", "read", "1")] },
    { what: "its account was denied", coverage: [event("github", "read", "b"), event("github", "denied", "acme/api")] },
    {
      what: "one read of its account failed",
      coverage: [event("github", "read", "acme/api"), event("github", "failed", "acme/api")],
    },
    { what: "a read failed that names no account", coverage: [event("github", "failed"), event("github", "read")] },
    {
      what: "accounts could not be listed, and its own was not among those that were",
      coverage: [event("github", "denied", "enterprise"), event("github", "read", "acme")].slice(0, 1),
    },
    { what: "a file failed, which may hold anything", coverage: [event("github", "read"), event("file", "failed")] },
    { what: "ids were repeated in something", coverage: [event("github", "read"), event("tokens", "failed")] },
  ])("is unknown where $what", ({ coverage }) => {
    expect(wasRead(coverage)(token)).toBe(false);
  });

  it.each<{ what: string; coverage: Coverage[] }>([
    { what: "its source was read", coverage: [event("github", "read")] },
    { what: "its workflows were read", coverage: [event("workflows", "empty", "acme/api")] },
    { what: "a file was read, which may hold anything", coverage: [event("file", "empty")] },
    {
      what: "only another account was denied",
      coverage: [event("github", "denied", "b"), event("github", "read", "acme/api")],
    },
    { what: "only another provider was denied", coverage: [event("aws", "denied"), event("github", "read")] },
    {
      what: "something is shown nobody",
      coverage: [event("github", "read"), event("github", "not-exposed", "acme/api")],
    },
  ])("is certain where $what", ({ coverage }) => {
    expect(wasRead(coverage)(token)).toBe(true);
  });
});
