import type { Limits } from "./exchange.ts";
import type { NextPage, Refused, Reply, Request } from "./http.ts";

/** How a list is walked: reads one page, and knows its address. */
export interface Walk {
  get(request: Request): Promise<Reply>;
  /** What tells a page from every other one. */
  placeOf(request: Request): string;
  refuse(request: Request, fault: string): Refused;
  limits: Pick<Limits, "pages">;
}

/** Every page from the first to the last; a list without an end ends with a refusal. */
export async function* pagesOf(request: Request, next: NextPage, walk: Walk): AsyncIterable<Reply> {
  const seen = new Set<string>();
  let asked: Request | undefined = request;
  while (asked) {
    const place = walk.placeOf(asked);
    if (seen.has(place)) return yield walk.refuse(asked, "leads back to a page that was read before");
    if (seen.size === walk.limits.pages)
      return yield walk.refuse(asked, `is page ${seen.size + 1} of a list, which is too many`);
    seen.add(place);
    const reply = await walk.get(asked);
    yield reply;
    if (reply.outcome !== "read") return;
    asked = next(reply, asked);
  }
}
