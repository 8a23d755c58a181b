import type { Token } from "../../model/documents.gen.ts";
import { ask, isGone, reasonOf, requireSame } from "./ask.ts";
import type { Person } from "./directory.ts";
import { type Bearer, normalise, type Own, PRECISION, TRACKED_SINCE } from "./normalise.ts";
import { listOfUser } from "./of-user.ts";
import { named, type Scan } from "./scan.ts";

export const ACCESS_KEY = "aws/access-key";
export const ACCESS_KEYS = "access keys";
const LAST_USE = "last use of access keys";

/** A user's access keys, each with its last use; what is refused is noted. */
export async function accessKeysOf(person: Person, scan: Scan): Promise<Own[]> {
  const { session, notes } = scan;
  const { sdk, iam } = session;
  const { name: UserName } = person;
  const keys = await listOfUser(
    UserName,
    {
      action: ACTION,
      subject: ACCESS_KEYS,
      send: (marker) => iam.send(new sdk.iam.ListAccessKeysCommand({ UserName, ...marker })),
      itemsIn: (page) => page.AccessKeyMetadata,
      idOf: ({ AccessKeyId }) => AccessKeyId,
    },
    notes,
  );
  return Promise.all(
    [...keys].map(async ([id, { Status: status, CreateDate: created }]) => ({
      ...FIXED,
      native: id,
      ...named(UserName, id),
      status,
      created,
      lastUsed: await lastUseOf(id, person, created, scan),
    })),
  );
}

/** The records of a user's keys. Where tokenward acts as that user, each that is active could be the one it signs with. */
export function keyTokens(keys: readonly Own[], bearer: Bearer, collector?: Token["collector"]): Token[] {
  return keys.map((own) => {
    const token = normalise(own, bearer);
    return collector && token.status === "active" ? { ...token, collector } : token;
  });
}

const ACTION = "iam:ListAccessKeys";

/** A new secret is a new key, and none ends by itself. */
const FIXED = {
  kind: ACCESS_KEY,
  precision: PRECISION,
  rotated: { value: null },
  expires: { value: null },
  api: ACTION,
} as const;

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
