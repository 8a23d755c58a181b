import { isGone, listOf, type Paged, pagesOf, requireSame } from "./ask.ts";
import { isNative, type Notes, strange } from "./scan.ts";

/** How things of one sort are listed for a user. */
interface Listing<Page, Item> {
  action: string;
  /** As coverage calls them. */
  subject: string;
  send: (marker: { Marker?: string }) => Promise<Page>;
  itemsIn: (page: Page) => readonly Item[] | undefined;
  idOf: (item: Item) => string | undefined;
}

/** What a user has of one sort, by id; what is refused is noted, unless the user was deleted since. */
export async function listOfUser<Page extends Paged, Item extends { UserName?: string | undefined }>(
  user: string,
  { action, subject, send, itemsIn, idOf }: Listing<Page, Item>,
  notes: Notes,
): Promise<Map<string, Item>> {
  const pages = pagesOf(action, async (marker) => {
    const page = await send(marker);
    for (const { UserName } of itemsIn(page) ?? []) requireSame("UserName", user, UserName);
    return page;
  });
  const { items, refused } = await listOf(pages, itemsIn);
  if (refused && !isGone(refused)) notes.refuse(subject, refused, user);
  const found = new Map<string, Item>();
  for (const item of items) {
    const id = idOf(item);
    if (isNative(id)) found.set(id, item);
    else notes.refuse(subject, strange(action, id), user);
  }
  return found;
}
