import type { Token } from "../../model/documents.gen.ts";
import { ask, isGone, listOf, pagesOf, reasonOf, requireSame } from "./ask.ts";
import type { Person } from "./directory.ts";
import { type Bearer, normalise, type Own, PRECISION, TRACKED_SINCE } from "./normalise.ts";
import { isNative, named, type Scan, strange } from "./scan.ts";

export const ACCESS_KEY = "aws/access-key";
export const ACCESS_KEYS = "access keys";
const LAST_USE = "last use of access keys";

export type KeyRecord = Own & { id: string };

/** A user's access keys, each with its last use; what is refused is noted. */
export async function accessKeysOf(person: Person, scan: Scan): Promise<KeyRecord[]> {
  const found = await listed(person, scan);
  return Promise.all(
    found.map(async (key) => {
      const { id, created } = key;
      return { ...key, ...named(person.name, id), lastUsed: await lastUseOf(id, person, created, scan) };
    }),
  );
}

/** The records of a user's keys. Where tokenward acts as that user, each that is active could be the one it signs with. */
export function keyTokens(keys: readonly KeyRecord[], bearer: Bearer, collector?: Token["collector"]): Token[] {
  return keys.map((own) => {
    const token = normalise(own, bearer);
    return collector && token.status === "active" ? { ...token, collector } : token;
  });
}

type Listed = Omit<KeyRecord, "lastUsed">;

async function listed({ name: UserName }: Person, { session: { sdk, iam }, notes }: Scan): Promise<Listed[]> {
  const pages = pagesOf(ACTION, async (marker) => {
    const page = await iam.send(new sdk.iam.ListAccessKeysCommand({ UserName, ...marker }));
    for (const key of page.AccessKeyMetadata ?? []) requireSame("UserName", UserName, key.UserName);
    return page;
  });
  const { items, refused } = await listOf(pages, (page) => page.AccessKeyMetadata);
  if (refused && !isGone(refused)) notes.refuse(ACCESS_KEYS, refused, UserName);
  const keys = new Map<string, Listed>();
  for (const { AccessKeyId: id, Status: status, CreateDate: created } of items) {
    if (isNative(id)) keys.set(id, { id, status, created, ...FIXED, native: id, name: id, api: ACTION });
    else notes.refuse(ACCESS_KEYS, strange(ACTION, id), UserName);
  }
  return [...keys.values()];
}

const ACTION = "iam:ListAccessKeys";

/** A new secret is a new key, and none ends by itself. */
const FIXED = { kind: ACCESS_KEY, precision: PRECISION, rotated: { value: null }, expires: { value: null } } as const;

async function lastUseOf(
  id: string,
  { name }: Person,
  created: Date | undefined,
  scan: Scan,
): Promise<Own["lastUsed"]> {
  const { sdk, iam } = scan.session;
  const answer = await ask("iam:GetAccessKeyLastUsed", async () => {
    const output = await iam.send(new sdk.iam.GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
    requireSame("UserName", name, output.UserName);
    return output;
  });
  if (answer.outcome !== "read") {
    if (!isGone(answer)) scan.notes.refuse(LAST_USE, answer, name);
    return { unknown: reasonOf(answer) };
  }
  const { AccessKeyLastUsed: last } = answer.output;
  if (!last) return { unknown: "failed" };
  if (last.LastUsedDate) return { value: last.LastUsedDate };
  // No date means no use only where every use would have been kept.
  return created && created.getTime() >= TRACKED_SINCE ? { value: null } : { unknown: "not-exposed" };
}
