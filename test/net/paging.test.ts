import { describe, expect, it } from "vitest";
import type { Read } from "../../src/net/http.ts";
import { byCursor, byLink, byNumber } from "../../src/net/paging.ts";

const page = (link: string, body: unknown = []): Read => ({
  outcome: "read",
  status: 200,
  headers: new Headers(link ? { link } : {}),
  body,
  url: "https://api.example.com/v1/things?page=1",
});
const asked = { path: "things", query: { per_page: 100 } };

describe("byLink", () => {
  it.each([
    ["", undefined],
    ["garbage", undefined],
    ["<https://api.example.com/x>", undefined],
    ['<https://api.example.com/x>; rel="last"', undefined],
    ['<https://api.example.com/x>; title="next"', undefined],
    ["<http://[>; rel=next", "http://["],
    ["<https://elsewhere.example.com/>; rel=next", "https://elsewhere.example.com/"],
    ["</x?page=2>; rel=next", "https://api.example.com/x?page=2"],
    ["<?page=2>; REL=NEXT", "https://api.example.com/v1/things?page=2"],
    ['<https://a.example.com/1>; rel="last", <https://a.example.com/2>; rel="up next"', "https://a.example.com/2"],
  ])("%s leads to %s", (link, path) => {
    expect(byLink(page(link), asked)?.path).toBe(path);
  });

  it("takes the headers along, and leaves the query to the link", () => {
    const headers = { accept: "text/plain" };

    expect(byLink(page("</x>; rel=next"), { ...asked, headers })).toEqual({
      path: "https://api.example.com/x",
      headers,
    });
  });
});

describe("byNumber", () => {
  it("ends where the page says so", () => {
    expect(byNumber(() => true)(page(""), asked)).toBeUndefined();
  });

  it("counts from the page that was asked", () => {
    const next = byNumber(() => false);

    expect(next(page(""), asked)?.query).toEqual({ per_page: 100, page: 2 });
    expect(next(page(""), { path: "things", query: { page: 7 } })?.query).toEqual({ page: 8 });
  });
});

describe("byCursor", () => {
  it.each([undefined, ""])("ends at a cursor of %j", (cursor) => {
    expect(byCursor("after", () => cursor)(page(""), asked)).toBeUndefined();
  });

  it("asks for what stands behind the cursor", () => {
    expect(byCursor("after", () => "abc")(page(""), asked)?.query).toEqual({ per_page: 100, after: "abc" });
  });
});
