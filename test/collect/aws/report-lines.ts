import { type AccountState, arnOf, CREATED, type UserState } from "./state.ts";

export const COLUMNS =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/** The credential report, with what the users say. */
export function reportOf({ users = [], rootKeys = [] }: AccountState, account: string): string {
  const root = [
    "<root_account>",
    `arn:aws:iam::${account}:root`,
    CREATED,
    "not_supported",
    "N/A",
    "N/A",
    "N/A",
    "true",
  ];
  const lines = [
    [...root, ...[0, 1].flatMap((at) => slot(rootKeys[at])), "false", "N/A", "false", "N/A"],
    ...users.map((user) => reportLine(user, account)),
  ];
  return [COLUMNS, ...lines.map((line) => line.map(quoted).join(","))].join("\n");
}

function reportLine(
  { name, keys = [], certificates = [], password = false, mfa = false }: UserState,
  account: string,
): string[] {
  const reported = [0, 1]
    .map((at) => keys[at])
    .map(
      (key): [string, string, string] | undefined =>
        key && [String(key.status !== "Inactive"), key.created ?? CREATED, key.used ?? "N/A"],
    );
  const [first, second] = certificates;
  return [
    ...[name, arnOf(account, name), CREATED, String(password), "N/A", "N/A", "N/A", String(mfa)],
    ...reported.flatMap(slot),
    ...[first, second].flatMap((one) => [
      String(one !== undefined && one.status !== "Inactive"),
      one ? CREATED : "N/A",
    ]),
  ];
}

function slot(key: [active: string, rotated: string, used: string] | undefined): string[] {
  return key ? [...key, "N/A", "N/A"] : ["false", "N/A", "N/A", "N/A", "N/A"];
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
