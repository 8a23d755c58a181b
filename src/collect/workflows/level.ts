import { isMap, type YAMLMap } from "yaml";
import type { Access, Grants } from "../../scopes/workflow-token.ts";
import { entriesOf, follow, LOST, noteWrong, textOf } from "./nodes.ts";
import { accessOf, type Level, shorthandGrants } from "./permissions.ts";
import type { Entries, Reading, Span } from "./reading.ts";

/** Far longer than the list of scopes: more is a mistake or an attack. */
const SCOPES_AT_MOST = 200;

const WRONG = {
  what: "`permissions`",
  not: "which is no set of permissions",
  remedy: "write `read-all`, `write-all` or a map of scopes such as `contents: read`",
};

/** What the `permissions` among a workflow's or a job's entries say; `at` is where to point when it cannot be known whether there are any. */
export function levelIn(entries: Entries, at: Span, reading: Reading): Level {
  const entry = entries.get("permissions");
  if (!entry) return entries.has(LOST) ? { kind: "unreadable", at } : { kind: "absent" };
  const { key, value, isRepeated } = entry;
  if (isRepeated) return { kind: "unreadable", at: key };
  const node = follow(value, reading);
  const stated = isMap(node) ? mapped(node, reading) : shorthandGrants(textOf(node) ?? "");
  if (stated) return { kind: "stated", at: key, ...stated };
  noteWrong(reading, key, node, WRONG);
  return { kind: "unreadable", at: key };
}

function mapped(map: YAMLMap<unknown, unknown>, reading: Reading): { grants: Grants } | undefined {
  const entries = entriesOf(map, reading);
  if (entries.has(LOST) || entries.size > SCOPES_AT_MOST) return undefined;
  const grants = new Map<string, Access>();
  for (const [scope, { value, isRepeated }] of entries) {
    const access = isRepeated ? "unknown" : accessOf(scope, textOf(follow(value, reading)));
    if (access) grants.set(scope, access);
  }
  return { grants };
}
