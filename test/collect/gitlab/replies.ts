import type { Answered } from "../../support/faults.ts";
import type { Received } from "../../support/loopback.ts";

type Row = Record<string, unknown>;

export function answered(body: unknown, headers: Record<string, string> = {}): Answered {
  return { status: 200, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

export function refusal(status: number, message: string): Answered {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
}

const INNER = new Set(["of", "serves", "pushes", "pulls", "impersonation", "service_account"]);

/** Without what only this double knows. */
function shown(row: Row | undefined): Row {
  return Object.fromEntries(Object.entries(row ?? {}).filter(([key]) => !INNER.has(key)));
}

export function one(row: Row | undefined): Answered {
  return row ? answered(shown(row)) : refusal(404, "404 Not Found");
}

/** One page, with the next in the `Link` header, or in `x-next-page` alone as behind proxies that drop links. */
export function list(
  { received, perPage = 2 }: { received: Received; perPage?: number },
  rows: readonly Row[],
  by: "link" | "x-next-page" = "link",
): Answered {
  const { url } = received;
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 20), perPage);
  const isKeyset = url.searchParams.get("pagination") === "keyset";
  const after = Number(url.searchParams.get("id_after") ?? 0);
  const page = Number(url.searchParams.get("page") ?? 1);
  const left = isKeyset ? rows.filter(({ id }) => Number(id) > after) : rows.slice((page - 1) * size);
  const records = left.slice(0, size);
  const next = new URL(url);
  if (isKeyset) next.searchParams.set("id_after", String(records.at(-1)?.id));
  else next.searchParams.set("page", String(page + 1));
  const hasNext = left.length > size;
  return answered(records.map(shown), {
    ...(hasNext && by === "link" && { link: `<${next.href}>; rel="next", <${url.href}>; rel="first"` }),
    ...(!isKeyset && { "x-next-page": hasNext ? String(page + 1) : "", "x-total": String(rows.length) }),
  });
}
