import { beforeEach, expect, it, vi } from "vitest";
import { type Diagnosis, diagnose } from "../../src/collect/diagnose.ts";
import type { Check, Provider } from "../../src/collect/provider.ts";
import { loadProvider } from "../../src/collect/registry.ts";
import type { ConfiguredSource } from "../../src/model/config.ts";
import type { Source } from "../../src/model/documents.gen.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import { gather } from "../support/tokens.ts";
import { offline } from "../support/world.ts";

vi.mock("../../src/collect/registry.ts", () => ({ loadProvider: vi.fn() }));

const SECRET = `gh${"p_"}${"EXAMPLE".repeat(6)}`;
const source = (use: string): ConfiguredSource => ({ source: { use: use as "file" }, root: "/there" });
const good: Check = { subject: "credential", outcome: "ok", detail: "a token of mona" };
const means = { ...offline, cwd: "/", env: {}, stdin: async function* () {} };

/** What each of these providers says, or throws after it. */
let answers: Record<string, readonly (Check | Error)[] | undefined> = {};

beforeEach(() => {
  vi.mocked(loadProvider)
    .mockReset()
    .mockImplementation(async (id) => provider(id, answers[id]));
});

function provider(id: string, said: readonly (Check | Error)[] | undefined): Provider<Source> {
  const base = { id, title: id, kinds: [], rights: "to read the files", fields: {}, async *collect() {} };
  if (!said) return base;
  return {
    ...base,
    async *check() {
      for (const one of said) {
        if (one instanceof Error) throw one;
        yield one;
      }
    },
  };
}

it("tells the missing credentials of all sources, and what others have", async () => {
  const missing = (from: string) => new TokenwardError("CREDENTIAL_MISSING", { provider: "one", from });
  answers = { one: [missing("ONE_TOKEN")], two: [good], three: [missing("THREE_TOKEN")] };

  const told = await gather(diagnose([source("one"), source("two"), source("three")], means));

  expect(told.map(({ number, use, checks }) => [number, use, checks[0]?.outcome, checks[0]?.detail])).toEqual([
    [1, "one", "missing", "no credential for one: ONE_TOKEN is not set"],
    [2, "two", "ok", "a token of mona"],
    [3, "three", "missing", "no credential for one: THREE_TOKEN is not set"],
  ]);
  expect(told[0]?.checks[0]).toMatchObject({ subject: "credential", remedy: expect.stringContaining("ONE_TOKEN") });
});

it.each([
  {
    what: "a credential that cannot be read",
    error: new TokenwardError("CREDENTIAL_UNREADABLE", { provider: "one", path: "key", reason: "it is a folder" }),
    subject: "credential",
  },
  { what: "anything else", error: new TokenwardError("FILE_MISSING", { path: "x" }), subject: "check" },
])("tells $what as a failure, after what was found before", async ({ error, subject }) => {
  answers = { one: [good, error] };

  const [told] = await gather(diagnose([source("one")], means));

  expect(told?.checks).toEqual([good, { subject, outcome: "failed", detail: error.message, remedy: error.remedy }]);
});

it("lets a bug through", async () => {
  answers = { one: [new Error("a bug")] };

  await expect(gather(diagnose([source("one")], means))).rejects.toThrow("a bug");
});

it("says of a provider that checks nothing what it needs", async () => {
  answers = { one: undefined };

  const [told] = await gather(diagnose([source("one")], means));

  expect(told?.checks).toEqual([
    { subject: "rights", outcome: "note", detail: "nothing is checked before a run; rights: to read the files" },
  ]);
});

it("asks one source alone, under its number", async () => {
  answers = { one: [good], two: [good] };

  const told = await gather(diagnose([source("one"), source("two")], means, 2));

  expect(told.map(({ number, use }: Diagnosis) => [number, use])).toEqual([[2, "two"]]);
  expect(loadProvider).not.toHaveBeenCalledWith("one");
});

it("gives a source its own folder and hides secrets in what it says", async () => {
  const seen: string[] = [];
  vi.mocked(loadProvider).mockResolvedValue({
    ...provider("one", []),
    async *check(_config, { root }) {
      seen.push(root);
      yield { subject: `scope ${SECRET}`, outcome: "missing", detail: SECRET, remedy: `revoke ${SECRET}` };
    },
  });

  const told = await gather(diagnose([source("one")], means));

  expect(seen).toEqual(["/there"]);
  expect(JSON.stringify(told)).not.toContain("EXAMPLE");
});
