import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openClients } from "../../src/net/client.ts";
import type { Connection, Http } from "../../src/net/http.ts";
import { type Keeping, type Mode, openKeeping } from "../../src/net/keeping.ts";
import { fakeWorld } from "../support/fake-world.ts";
import { type Handler, json, type Loopback, loopback } from "../support/loopback.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const SECRET = ["made", "up", "credential", "0123456789"].join("-");
const LOOKS_SECRET = `${["gh", "p_"].join("")}${"a1B2".repeat(9)}`;
const asOf = (suggested?: string) => suggested ?? "2030-01-01T00:00:00Z";
const sources = [{ use: "acme", organization: "acme", credential: { env: "TOKEN" } }];

let scratch: string;
let used = 0;
beforeAll(async () => {
  scratch = await scratchFolder();
});
const newFolder = () => join(scratch, String(++used));

async function opened(mode: Mode, folder: string): Promise<Keeping> {
  return (await openKeeping({ mode, folder }, sources, asOf)).keeping;
}

async function client(
  server: Loopback,
  mode: Mode,
  folder: string,
  { place = 0, ...connection }: Partial<Connection> & { place?: number } = {},
): Promise<Http> {
  const world = fakeWorld({ keeping: await opened(mode, folder) });
  const headers = { authorization: `Bearer ${SECRET}` };
  return openClients(world)({ source: "acme", base: server.base, headers, secrets: [SECRET], ...connection }, place);
}

const numbered: Handler = ({ path, body }, response) => json(response, { path, body }, path === "/absent" ? 404 : 200);
const get = (http: Http, path: string) => http.get({ path });

/** Every kept file, without the label. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("a folder is refused", () => {
  it.each([
    ["record", { "notes.txt": "mine" }, "KEEP_FOREIGN"],
    ["resume", { "tokenward-exchanges.json": "{" }, "KEEP_FOREIGN"],
    ["replay", { "tokenward-exchanges.json": '{"sources": "all"}' }, "KEEP_FOREIGN"],
    ["replay", {}, "KEEP_MISSING"],
  ] as const)("for %s where it holds %j", async (mode, files, code) => {
    const folder = await laidOut(newFolder(), files);

    await expect(opened(mode, folder)).rejects.toMatchObject({ code });
  });

  it.each([
    {
      kept: [{ use: "acme", organization: "other" }],
      says: 'sources[0].organization was "other" then, and is "acme" now',
    },
    { kept: [{ use: "acme" }], says: 'sources[0].organization was not set then, and is "acme" now' },
    {
      kept: [{ use: "acme", organization: "acme", skip: ["keys", LOOKS_SECRET] }],
      says: /sources\[0\]\.skip was "\["keys","\S*\*\*\*"\]" then, and is not set now/,
    },
    { kept: [{ use: "acme", organization: "acme" }, { use: "acme" }], says: "2 sources then, and 1 now" },
    { kept: [], says: "0 sources then, and 1 now" },
  ])("where it was kept for other sources: $says", async ({ kept, says }) => {
    for (const mode of ["record", "resume", "replay"] as const) {
      const folder = newFolder();
      await openKeeping({ mode: "record", folder }, kept, asOf);

      const message = typeof says === "string" ? expect.stringContaining(says) : expect.stringMatching(says);
      await expect(opened(mode, folder)).rejects.toMatchObject({ code: "KEEP_OTHER", message });
    }
  });

  it("where it was kept for another second source, whatever the order of the first one's keys", async () => {
    const folder = newFolder();
    const kept = [{ use: "acme", organization: "acme", skip: [] }, { use: "acme" }];
    const asked = [{ skip: [], organization: "acme", use: "acme" }, { use: "other" }];
    await openKeeping({ mode: "record", folder }, kept, asOf);

    await expect(openKeeping({ mode: "resume", folder }, asked, asOf)).rejects.toMatchObject({
      message: expect.stringContaining('sources[1].use was "acme" then, and is "other" now'),
    });
  });

  it.skipIf(!existsSync("/proc/self"))("where it takes no children", { timeout: 10_000 }, async () => {
    await expect(opened("record", "/proc/tokenward/kept")).rejects.toMatchObject({ code: "KEEP_FAILED" });
  });

  it("where it is a file, or may not be written", async () => {
    const folder = await laidOut(newFolder(), { file: "" });

    await expect(opened("record", join(folder, "file"))).rejects.toMatchObject({ code: "KEEP_FAILED" });
    await expect(opened("record", join(folder, "file", "below"))).rejects.toMatchObject({ code: "KEEP_FAILED" });
  });
});

it("tells as of when it was begun, but for a new recording", async () => {
  const folder = newFolder();
  const began = await openKeeping({ mode: "resume", folder }, sources, () => "2029-06-01T00:00:00Z");

  expect(began.asOf).toBe("2029-06-01T00:00:00Z");
  expect((await openKeeping({ mode: "resume", folder }, sources, asOf)).asOf).toBe("2029-06-01T00:00:00Z");
  expect((await openKeeping({ mode: "replay", folder }, sources, asOf)).asOf).toBe("2029-06-01T00:00:00Z");
  expect((await openKeeping({ mode: "record", folder }, sources, asOf)).asOf).toBe("2030-01-01T00:00:00Z");
});

describe("a replay", () => {
  it("asks nothing, and names what was not recorded", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    await opened("record", folder);
    const http = await client(server, "replay", folder);

    expect(await get(http, "things?access_token=short")).toMatchObject({
      outcome: "failed",
      detail: "GET /things?access_token=*** was not recorded, and a replay asks nothing",
    });
    expect(server.received).toEqual([]);
  });

  it("tells what was recorded, refusals too, and makes no credential", async () => {
    const server = await loopback(({ path }, response) =>
      json(response, { path }, path === "/no" ? 403 : 200, { link: "<x>", "set-cookie": "a=b", "retry-after": "9" }),
    );
    const folder = newFolder();
    const recorded = await client(server, "record", folder);
    const before = [
      await get(recorded, "yes"),
      await get(recorded, "no"),
      await recorded.graphql({ path: "graphql" }, "{ a }", { b: 1 }),
    ];
    const authorize = () => Promise.reject(new Error("asked for a credential"));

    const http = await client(server, "replay", folder, { authorize });
    const after = [
      await get(http, "yes"),
      await get(http, "no"),
      await http.graphql({ path: "graphql" }, "{ a }", { b: 1 }),
    ];

    expect(after.map(({ outcome, status }) => ({ outcome, status }))).toEqual([
      { outcome: "read", status: 200 },
      { outcome: "denied", status: 403 },
      { outcome: "read", status: 200 },
    ]);
    expect(after.map((reply) => "body" in reply && reply.body)).toEqual(
      before.map((reply) => "body" in reply && reply.body),
    );
    expect(Object.fromEntries(after[0]?.headers ?? [])).toEqual({ "content-type": "application/json", link: "<x>" });
    expect(await http.graphql({ path: "graphql" }, "{ a }", { b: 2 })).toMatchObject({ outcome: "failed" });
    expect(server.received).toHaveLength(3);
  });

  it("refuses an exchange that was cut off", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    await get(await client(server, "record", folder), "things");
    for (const file of await filesIn(folder))
      if (!file.endsWith("exchanges.json")) await writeFile(file, '{"request":');

    await expect(get(await client(server, "replay", folder), "things")).rejects.toMatchObject({
      code: "KEEP_UNREADABLE",
    });
  });

  it.each([
    ["another source of the run", { place: 1 }],
    ["another asker", { asker: "account 2" }],
    ["another provider", { source: "other" }],
  ])("tells nothing to %s", async (_, connection) => {
    const server = await loopback(numbered);
    const folder = newFolder();
    await get(await client(server, "record", folder), "things");

    expect(await get(await client(server, "replay", folder, connection), "things")).toMatchObject({
      outcome: "failed",
    });
  });
});

describe("a resumed run", () => {
  it("asks nothing twice that was answered for good", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    const first = await client(server, "resume", folder);
    const before = [await get(first, "things?page=1"), await get(first, "absent"), await get(first, "things?page=2")];

    const second = await client(server, "resume", folder);
    const after = [await get(second, "things?page=1"), await get(second, "absent"), await get(second, "things?page=2")];

    expect(after.map(({ outcome }) => outcome)).toEqual(["read", "absent", "read"]);
    expect(after.map((reply) => "body" in reply && reply.body)).toEqual(
      before.map((reply) => "body" in reply && reply.body),
    );
    expect(server.received).toHaveLength(3);
    expect(second.tally()).toMatchObject({ requests: 0 });
  });

  it.each([401, 403, 422, 429, 500])(
    "asks again what was refused with %i, also if that was recorded",
    async (status) => {
      let isWell = false;
      const server = await loopback((_, response) => json(response, {}, isWell ? 200 : status));
      const folder = newFolder();
      expect(await get(await client(server, "record", folder), "things")).not.toMatchObject({ outcome: "read" });
      expect(await get(await client(server, "resume", folder), "things")).not.toMatchObject({ outcome: "read" });

      isWell = true;

      expect(await get(await client(server, "resume", folder), "things")).toMatchObject({ outcome: "read" });
    },
  );

  it.each([
    ["a credential", (http: Http) => http.post({ path: "app/installations/1/access_tokens" }, "{}")],
    ["a query that was answered in part", (http: Http) => http.graphql({ path: "graphql" }, "{ a }", {})],
  ])("asks again for %s", async (_, ask) => {
    const server = await loopback((_, response) => json(response, { token: SECRET, errors: [] }));
    const folder = newFolder();

    await ask(await client(server, "resume", folder));
    await ask(await client(server, "resume", folder));

    expect(server.received).toHaveLength(2);
    expect(await filesIn(folder)).toHaveLength(1);
  });

  it("asks again where a file was cut off", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    await get(await client(server, "resume", folder), "things");
    for (const file of await filesIn(folder)) if (!file.endsWith("exchanges.json")) await writeFile(file, "{");

    expect(await get(await client(server, "resume", folder), "things")).toMatchObject({ outcome: "read" });
  });
});

describe("a recording", () => {
  it("asks only for what has changed since the one before", async () => {
    let version = 1;
    const server = await loopback(({ headers }, response) => {
      const tag = `"${version}"`;
      if (headers["if-none-match"] === tag) response.writeHead(304).end();
      else json(response, { version }, 200, { etag: tag });
    });
    const folder = newFolder();

    const read = async () => get(await client(server, "record", folder), "things");
    expect(await read()).toMatchObject({ outcome: "read", body: { version: 1 } });
    expect(await read()).toMatchObject({ outcome: "read", status: 200, body: { version: 1 } });
    version = 2;
    expect(await read()).toMatchObject({ outcome: "read", body: { version: 2 } });
    expect(server.received.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"1"', '"1"']);
  });

  it("is for its owner alone", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    await get(await client(server, "record", folder), "things");
    const files = await filesIn(folder);

    expect(files).toHaveLength(2);
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("says so where it cannot be written", async () => {
    const server = await loopback(numbered);
    const folder = newFolder();
    const http = await client(server, "record", folder);
    await get(http, "first");
    const [own = ""] = (await readdir(folder)).filter((name) => name.startsWith("acme-"));
    await rm(join(folder, own), { recursive: true });
    await writeFile(join(folder, own), "in the way");

    await expect(get(http, "second")).rejects.toMatchObject({ code: "KEEP_FAILED" });
  });
});

describe("secrets", () => {
  const bodies: Handler[] = [
    (_, response) =>
      json(response, {
        token: "short",
        client_secret: "short",
        nested: [
          {
            privateKey: "short",
            SessionToken: "short",
            next_page_token: "stays",
            tokens: ["stays"],
            note: `${SECRET} and ${LOOKS_SECRET}`,
          },
        ],
      }),
    (_, response) =>
      void response.end(
        `<R a="${SECRET}"><SecretAccessKey>short</SecretAccessKey><Credentials><SessionToken>\nshort</SessionToken></Credentials><Name>stays ${LOOKS_SECRET}</Name></R>`,
      ),
    (_, response) => void response.end(`text stays ${SECRET} short_${LOOKS_SECRET}`.replace("short_", "")),
  ];

  it.each(bodies)("are in no file (body %#)", async (handler) => {
    const server = await loopback((received, response) => {
      response.setHeader("x-echo", `${SECRET} ${LOOKS_SECRET}`);
      return handler(received, response);
    });
    const folder = newFolder();
    const http = await client(server, "record", folder);

    await http.post(
      { path: "", query: { access_token: "short", q: SECRET } },
      `Action=AssumeRoleWithWebIdentity&WebIdentityToken=short&x=${SECRET}`,
    );

    const texts = await Promise.all((await filesIn(folder)).map((file) => readFile(file, "utf8")));
    expect(texts.join()).toContain("stays");
    for (const hidden of ["short", SECRET, LOOKS_SECRET.slice(4)]) expect(texts.join()).not.toContain(hidden);
  });
});
