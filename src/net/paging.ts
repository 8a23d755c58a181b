import type { NextPage, Read } from "./http.ts";

/** RFC 8288: the target of `rel="next"` in the `Link` header, whatever host it names; the client refuses other hosts. */
export const byLink: NextPage = (page, asked) => {
  const target = linkTarget(page.headers.get("link") ?? "", "next");
  if (target === undefined) return undefined;
  // No query: the link has all of it. What is no address stays as it is, for the client to refuse.
  const path = URL.canParse(target, page.url) ? new URL(target, page.url).href : target;
  return { ...(asked.headers ? { headers: asked.headers } : {}), path };
};

/** `page=1, 2, …` until a page says that it is the last. */
export function byNumber(isLast: (page: Read) => boolean): NextPage {
  return (page, asked) =>
    isLast(page) ? undefined : { ...asked, query: { ...asked.query, page: Number(asked.query?.page ?? 1) + 1 } };
}

/** A cursor that each page gives for the next. */
export function byCursor(parameter: string, cursorIn: (page: Read) => string | undefined): NextPage {
  return (page, asked) => {
    const cursor = cursorIn(page);
    return cursor === undefined || cursor === ""
      ? undefined
      : { ...asked, query: { ...asked.query, [parameter]: cursor } };
  };
}

function linkTarget(header: string, relation: string): string | undefined {
  for (const [, target, parameters = ""] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    const names = (relations?.[1] ?? relations?.[2] ?? "").toLowerCase().split(/\s+/);
    if (names.includes(relation)) return target;
  }
  return undefined;
}
