import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { collect } from "../../src/collect/index.ts";
import type { Hidden } from "../../src/collect/provider.ts";
import { loadProvider } from "../../src/collect/registry.ts";
import type { ConfiguredSource } from "../../src/model/config.ts";
import type { Coverage, Token } from "../../src/model/documents.gen.ts";
import { TokenwardError } from "../../src/model/errors.ts";
import type { Collected } from "../../src/model/flow.ts";
import { aToken } from "../support/tokens.ts";
import { offline } from "../support/world.ts";
import { gather, type Told } from "./file/reading.ts";

vi.mock("../../src/collect/registry.ts", async (original) => {
  const real = await original<typeof import("../../src/collect/registry.ts")>();
  return { ...real, loadProvider: vi.fn(real.loadProvider) };
});

const SECRET = `gh${"p_"}${"EXAMPLE".repeat(6)}`;
const source: ConfiguredSource = {
  source: { use: "workflows" },
  root: "/",
  position: { uri: "tokenward.yaml", line: 4, column: 5 },
};
const means = { ...offline, cwd: "/", env: {}, stdin: async function* () {} };

/** What `collect` makes of what a provider yields. */
async function collecting(
  items: readonly (Collected | Error)[],
  sources = [source],
  hidden: readonly Hidden[] = [],
): Promise<Told> {
  vi.mocked(loadProvider).mockResolvedValue({
    id: "workflows",
    title: "workflows of a repository",
    kinds: [],
    rights: "",
    fields: {},
    hidden,
    async *collect() {
      for (const item of items) {
        if (item instanceof Error) throw item;
        yield item;
      }
    },
  });
  return gather(collect(sources, means));
}

describe("collect", () => {
  it.each([
    { what: "breaks the schema", token: aToken({ kind: "No Kind" }), says: "/kind must match pattern" },
    { what: "leaves a judged field out", token: without("owner"), says: "owner is neither given nor named in unknown" },
    {
      what: "gives what it calls unknown",
      token: aToken({ unknown: { owner: "denied" } }),
      says: "owner is given and also",
    },
    {
      what: "does not say that the principal's state is unknown",
      token: aToken({ principal: { type: "app", id: "x" } }),
      says: "principal.state is neither given nor named in unknown",
    },
  ])("calls a record that $what a bug of its provider", async ({ token, says }) => {
    const run = collecting([{ token }]);

    await expect(run).rejects.toThrow(says);
    await expect(run).rejects.toThrow("the provider workflows gave a broken record");
    await expect(run).rejects.not.toBeInstanceOf(TokenwardError);
  });

  it("calls coverage that breaks the schema a bug", async () => {
    const coverage = { source: "x", subject: "", outcome: "read", items: -1 } as Coverage;

    await expect(collecting([{ coverage }])).rejects.toThrow("must NOT have fewer than 1 characters");
  });

  it("lets any other exception of a provider through", async () => {
    await expect(collecting([new RangeError("oops")])).rejects.toThrow(RangeError);
  });

  it("turns an expected failure into coverage at the line of the configuration, and reads the other sources", async () => {
    const failure = new TokenwardError("FILE_MISSING", { path: "x" });
    const other = { ...source, position: { uri: "tokenward.yaml", line: 9, column: 5 } };

    const { tokens, coverage } = await collecting([{ token: aToken() }, failure], [source, other]);

    expect(tokens).toHaveLength(1);
    expect(coverage).toMatchObject([
      {
        source: "workflows",
        subject: "workflows of a repository",
        outcome: "failed",
        items: 1,
        detail: "x does not exist",
        remedy: failure.remedy,
        location: { uri: "tokenward.yaml", line: 4, column: 5 },
      },
      { detail: expect.stringContaining("was already read"), location: { line: 9 } },
      { outcome: "failed", location: { line: 9 } },
    ]);
  });

  it("tells after what a source gave, also where it failed, what its provider shows nobody", async () => {
    const failure = new TokenwardError("FILE_MISSING", { path: "x" });
    const hidden = [{ subject: "SSH keys", why: "no API lists them" }];

    const { coverage } = await collecting([failure], [source], hidden);

    expect(coverage).toEqual([
      expect.objectContaining({ outcome: "failed" }),
      { source: "workflows", subject: "SSH keys", outcome: "not-exposed", items: 0, detail: "no API lists them" },
    ]);
  });

  it("gives coverage no place where no file asked", async () => {
    const failure = new TokenwardError("FILE_MISSING", { path: "x" });

    const { coverage } = await collecting([failure], [{ source: { use: "workflows" }, root: "/" }]);

    expect(coverage[0]).not.toHaveProperty("location");
  });

  it("lets an id pass once, and names both places of the second", async () => {
    const place = (line: number) => ({ location: { uri: "a.csv", line, column: 1 } });

    const { tokens, coverage } = await collecting([
      { token: aToken({ name: "first", ...place(2) }) },
      { token: aToken({ name: "second", ...place(3) }) },
    ]);

    expect(tokens.map(({ name }) => name)).toEqual(["first"]);
    expect(coverage).toMatchObject([{ outcome: "failed", items: 0, location: { uri: "a.csv", line: 3, column: 1 } }]);
    expect(coverage[0]?.detail).toContain(`"${aToken().id}" was already read at a.csv:2`);
  });

  it("tells a thousand repeated ids one by one, and counts the rest", async () => {
    const { tokens, coverage } = await collecting(Array.from({ length: 1_501 }, () => ({ token: aToken() })));

    expect(tokens).toHaveLength(1);
    expect(coverage).toHaveLength(1_001);
    expect(coverage.at(-1)?.detail).toBe("and 500 more faults in records");
  });

  it.each([
    { field: "id", token: aToken({ id: `github/acme/classic-pat/${SECRET}` }) },
    { field: "account", token: aToken({ account: SECRET }) },
  ])("refuses a token whose $field is a secret, without quoting it", async ({ field, token }) => {
    const told = await collecting([{ token }]);

    expect(told.tokens).toEqual([]);
    expect(told.coverage).toMatchObject([
      { outcome: "failed", detail: expect.stringContaining(`${field} looks like a secret`) },
    ]);
    expect(JSON.stringify(told)).not.toContain(SECRET);
  });

  it("hides a secret planted in every text of a token", async () => {
    const token = aToken({
      name: SECRET,
      owner: SECRET,
      environment: SECRET,
      principal: { type: "human", id: SECRET, name: SECRET, state: "active" },
      grants: [{ family: SECRET, scope: SECRET, access: "read", resource: SECRET }],
      network: [SECRET],
      fingerprint: { key_id: SECRET },
      evidence: { api: SECRET, url: `https://robot:${SECRET}@host/?token=${SECRET}` },
      labels: { [SECRET]: SECRET, team: `key ${SECRET}` },
      workflow: { permissions_from: "job", triggers: [SECRET], calls: SECRET },
    });

    const { tokens } = await collecting([{ token }]);

    expect(tokens).toHaveLength(1);
    expect(JSON.stringify(tokens)).not.toContain(SECRET);
    expect(tokens[0]).toMatchObject({ name: "ghp_***", labels: { "ghp_***": "ghp_***", team: "key ghp_***" } });
  });

  it("hides a secret planted in coverage", async () => {
    const coverage = {
      source: "x",
      account: SECRET,
      subject: SECRET,
      outcome: "failed",
      items: 0,
      detail: SECRET,
      remedy: SECRET,
    } as const;

    expect(JSON.stringify(await collecting([{ coverage }]))).not.toContain(SECRET);
  });

  it("makes broken text whole, also in ids", async () => {
    const { tokens } = await collecting([
      { token: aToken({ id: "x/\uD800", name: "\uDC00", labels: { a: "\uD800" } }) },
    ]);

    expect(tokens).toMatchObject([{ id: "x/\uFFFD", name: "\uFFFD", labels: { a: "\uFFFD" } }]);
  });

  it("passes sound tokens and coverage on as they are, in their order", async () => {
    const coverage = { source: "workflows", subject: "x", outcome: "read", items: 2 } as const;
    const items: Collected[] = [
      { token: aToken() },
      { coverage },
      { token: aToken({ id: "github/acme/fine-grained-pat/2" }) },
    ];

    expect(await collecting(items)).toEqual({
      tokens: [items[0], items[2]].map((item) => (item as { token: Token }).token),
      coverage: [coverage],
    });
  });
});

describe("collect from files", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tokenward-collect-"));
    const real = await vi.importActual<typeof import("../../src/collect/registry.ts")>("../../src/collect/registry.ts");
    vi.mocked(loadProvider).mockImplementation(real.loadProvider);
  });
  afterEach(() => rm(root, { recursive: true }));

  function reading(...paths: string[]): Promise<Told> {
    const sources = paths.map((path) => ({ source: { use: "file" as const, path, format: "ndjson" }, root }));
    return gather(
      collect(sources, {
        ...offline,
        cwd: root,
        env: {},
        stdin: async function* () {
          yield Buffer.from('{"kind":"npm/token","account":"acme","native_id":"in"}\n');
        },
      }),
    );
  }

  it("tells of an id that two files share, with both places", async () => {
    const record = '{"kind":"npm/token","account":"acme","native_id":"n1"}\n';
    await writeFile(join(root, "a.ndjson"), record);
    await writeFile(join(root, "b.ndjson"), `\n${record}`);

    const { tokens, coverage } = await reading("a.ndjson", "b.ndjson");

    expect(tokens).toHaveLength(1);
    expect(coverage[1]).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("already read at a.ndjson:1"),
      location: { uri: "b.ndjson", line: 2, column: 1 },
    });
  });

  it("reads standard input only once", async () => {
    const { tokens, coverage } = await reading("-", "-");

    expect(tokens).toHaveLength(1);
    expect(coverage).toMatchObject([
      { outcome: "read" },
      { outcome: "failed", detail: expect.stringContaining("already read") },
    ]);
  });
});

describe("the registry", () => {
  it("loads each provider under its own id", async () => {
    const { providerIds, providers } = await vi.importActual<typeof import("../../src/collect/registry.ts")>(
      "../../src/collect/registry.ts",
    );

    expect((await providers()).map(({ id }) => id)).toEqual(providerIds);
  });
});

function without(field: keyof Token): Token {
  const { [field]: _, ...rest } = aToken();
  return rest as Token;
}
