import { describe, expect, it } from "vitest";
import type { Coverage, InventoryHeader, Token } from "../../src/model/documents.gen.ts";
import type { Collected } from "../../src/model/flow.ts";
import { inventoryWriter } from "../../src/report/inventory-registry.ts";
import { calendarFaults, cyclonedxFaults, type Event, eventsIn } from "../support/inventory-validators.ts";
import { text } from "./results.ts";

const header: InventoryHeader = {
  schema_version: 1,
  tool: { name: "tokenward", version: "0.1.0" },
  as_of: "2030-01-01T00:00:00Z",
  sources: [{ use: "file" }],
};

const denied: Coverage = { source: "github", subject: "deploy keys", outcome: "denied", items: 0, detail: "403" };

function token(over: Partial<Token> = {}): Collected {
  const about = { provider: "github", account: "acme", kind: "github/deploy-key", name: "deploy", unknown: {} };
  return { token: { id: "github/acme/deploy-key/7", status: "active", ...about, ...over } };
}

async function written(id: "cyclonedx" | "ics", ...items: Collected[]): Promise<string> {
  async function* stream() {
    yield* items;
  }
  return text((await inventoryWriter(id))(header, stream()));
}

const hostile = [
  "\u001b[2J",
  'a"]}',
  "BEGIN:VEVENT\r\nUID:x",
  "a;b,c\\d",
  "令牌".repeat(300),
  "__proto__",
  "a\ud800",
  "",
];

describe("cyclonedx", () => {
  async function bom(...items: Collected[]) {
    const document = await written("cyclonedx", ...items);
    expect(cyclonedxFaults(document)).toEqual([]);
    return JSON.parse(document);
  }

  it("is a validator that complains", () => {
    expect(
      cyclonedxFaults('{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"token"}]}'),
    ).not.toEqual([]);
  });

  it("tells dates, status and grants of a token", async () => {
    const dates = { created: "2029-01-01T00:00:00Z", expires: "2030-06-01T00:00:00Z" };
    const grants = [{ family: "app", scope: "contents", access: "write", resource: "acme/shop" }] as const;
    const { components } = await bom(token({ ...dates, grants: [...grants], owner: "team-web" }));

    expect(components[0].cryptoProperties.relatedCryptoMaterialProperties).toEqual({
      type: "credential",
      id: "github/acme/deploy-key/7",
      state: "active",
      creationDate: dates.created,
      expirationDate: dates.expires,
    });
    expect(components[0].properties).toContainEqual({ name: "tokenward:grant", value: "write contents acme/shop" });
    expect(components[0].properties).toContainEqual({ name: "tokenward:owner", value: "team-web" });
  });

  it("tells an end that is never from one that nobody knows", async () => {
    const { components } = await bom(
      token({ expires: null }),
      token({ id: "a/b/c/2", unknown: { expires: "denied" } }),
    );

    expect(components[0].properties).toContainEqual({ name: "tokenward:expires", value: "never" });
    expect(components[1].properties).toContainEqual({ name: "tokenward:unknown:expires", value: "denied" });
  });

  it.each([
    { list: "that is whole", items: [token()], aggregate: "complete" },
    { list: "with a read that was denied", items: [token(), { coverage: denied }], aggregate: "incomplete" },
    { list: "of nothing", items: [], aggregate: "incomplete" },
  ])("calls a list $list $aggregate", async ({ items, aggregate }) => {
    expect((await bom(...items)).compositions).toEqual([{ aggregate }]);
  });

  it.each(hostile)("takes the name %j", async (name) => {
    expect((await bom(token({ name }))).components[0].name).toBe(name || "github/acme/deploy-key/7");
  });
});

describe("ics", () => {
  async function events(...items: Collected[]): Promise<Event[]> {
    const calendar = await written("ics", ...items);
    expect(calendarFaults(calendar)).toEqual([]);
    return eventsIn(calendar);
  }

  it("is a validator that complains", () => {
    expect(calendarFaults(`BEGIN:VCALENDAR\n${"x".repeat(80)}\r\n`)).toHaveLength(2);
    expect(() => eventsIn("BEGIN:VCALENDAR\r\nDTSTART\r\nEND:VCALENDAR\r\n")).toThrow();
  });

  it.each(["2030-02-28T23:59:59Z", "2030-03-01T00:00:00Z"])(
    "has an event on the last day of a token that ends at %s, with alarms ahead of it",
    async (expires) => {
      const [event] = await events(token({ expires, owner: "team-web" }));

      expect(event).toMatchObject({ summary: "deploy ends", start: "2030-02-28", end: "2030-03-01" });
      expect(event?.alarms).toEqual(["-P30D", "-P14D", "-P7D", "-P1D"]);
      expect(event?.description).toContain("owner: team-web");
    },
  );

  it.each([
    { token: "that never ends", expires: null },
    { token: "that has ended", expires: "2029-12-31T00:00:00Z" },
    { token: "that ends at the instant of the run", expires: "2030-01-01T00:00:00Z" },
  ])("has none for a token $token", async ({ expires }) => {
    expect(await events(token({ expires }))).toEqual([]);
  });

  it("says on the day of the run what it cannot know", async () => {
    const told = await events(token({ unknown: { expires: "denied" } }), { coverage: denied });

    expect(told.map(({ summary, start }) => [start, summary])).toEqual([
      ["2030-01-01", "Incomplete: 1 read denied or failed, ends are missing here"],
      ["2030-01-01", "1 token whose end nobody knows"],
    ]);
  });

  it.each(hostile)("takes the name %j, and nothing of it becomes a line of the calendar", async (name) => {
    expect(await events(token({ name, expires: "2030-02-01T00:00:00Z" }))).toHaveLength(1);
  });
});

it.each(["cyclonedx", "ics"] as const)("%s gives the same bytes twice", async (id) => {
  const items = [token({ expires: "2030-02-01T00:00:00Z" }), { coverage: denied }];

  expect(await written(id, ...items)).toBe(await written(id, ...items));
});
