import type { Token } from "../../model/documents.gen.ts";
import { ask, isGone, listOf, type No, pagesOf, reasonOf } from "./ask.ts";
import type { Person } from "./directory.ts";
import { type Bearer, instant, normalise, type Own, type Told, TRACKED_SINCE } from "./normalise.ts";
import type { CredentialReport } from "./report.ts";
import { isNative, named, type Scan, strange } from "./scan.ts";

export const ACCESS_KEY = "aws/access-key";
export const ACCESS_KEYS = "access keys";
const LAST_USE = "last use of access keys";

export type KeyRecord = Own & { id: string };

/** A user's access keys, each with its last use; what is refused is noted. */
export async function accessKeysOf(person: Person, report: Bearer["report"], scan: Scan): Promise<KeyRecord[]> {
  const found = await listed(person, scan);
  return Promise.all(
    found.map(async (key) => {
      const { id, created } = key;
      return { ...key, ...named(person.name, id), lastUsed: await lastUseOf(id, { person, created, report }, scan) };
    }),
  );
}

/** The records of a user's keys; the one that tokenward itself signs with says so. */
export function keyTokens(
  keys: readonly KeyRecord[],
  bearer: Bearer,
  mine?: { keyId: string; collector: Token["collector"] },
): Token[] {
  return keys.map((own) => {
    const token = normalise(own, bearer);
    return mine?.collector && mine.keyId === own.id ? { ...token, collector: mine.collector } : token;
  });
}

type Listed = Omit<KeyRecord, "lastUsed">;

async function listed({ name: UserName }: Person, { session: { sdk, iam }, notes }: Scan): Promise<Listed[]> {
  const pages = pagesOf(ACTION, (marker) => iam.send(new sdk.iam.ListAccessKeysCommand({ UserName, ...marker })));
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
const FIXED = { kind: ACCESS_KEY, rotated: { value: null }, expires: { value: null } } as const;

interface About {
  person: Person;
  created: Date | undefined;
  report: Bearer["report"];
}

async function lastUseOf(id: string, about: About, { session: { sdk, iam }, notes }: Scan): Promise<Own["lastUsed"]> {
  const action = "iam:GetAccessKeyLastUsed";
  const answer = await ask(action, () => iam.send(new sdk.iam.GetAccessKeyLastUsedCommand({ AccessKeyId: id })));
  if (answer.outcome !== "read") return withoutAnswer(answer, about, notes);
  const { LastUsedDate: date } = answer.output.AccessKeyLastUsed ?? {};
  if (date) return { value: date };
  if (!answer.output.AccessKeyLastUsed) return { unknown: "failed" };
  return never(about.created);
}

function never(created: Date | undefined): Told<null> {
  return created && created.getTime() >= TRACKED_SINCE ? { value: null } : { unknown: "not-exposed" };
}

/** The report has the use of keys too, without their ids: the day of issue tells which is which, if only one has it. */
function withoutAnswer(no: No, { person, created, report }: About, notes: Scan["notes"]): Told<string | null> {
  const used = "value" in report ? reported(person, created, report.value) : undefined;
  if (used !== undefined) return used === null ? never(created) : { value: used };
  if (isGone(no)) return { unknown: "failed" };
  notes.refuse(LAST_USE, no, person.name);
  return { unknown: reasonOf(no) };
}

function reported(person: Person, created: Date | undefined, { rows }: CredentialReport): string | null | undefined {
  const issued = instant(created);
  if (!("value" in issued)) return undefined;
  const same = rows.get(person.name)?.keys.filter(({ changed }) => changed === issued.value) ?? [];
  return same.length === 1 ? same[0]?.used : undefined;
}
