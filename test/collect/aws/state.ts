/** One account, as short as a test can say it. */
export interface AccountState {
  users?: UserState[];
  groups?: Record<string, Holder>;
  /** The account's own policies, by name. */
  policies?: Record<string, unknown>;
  /** Of AWS, by name. */
  managed?: Record<string, unknown>;
  roles?: Record<string, Holder & { boundary?: string; tags?: Record<string, string> }>;
  summary?: Record<string, number>;
  /** The report's lines, in place of what the users say. */
  report?: string;
  rootKeys?: [active: string, rotated: string, used: string][];
  usage?: object[];
}

export interface Holder {
  inline?: Record<string, unknown>;
  attached?: string[];
}

export interface UserState extends Holder {
  name: string;
  keys?: { id: string; status?: string; created?: string; used?: string }[];
  certificates?: { id: string; status?: string; uploaded?: string; body?: string }[];
  services?: { id: string; service: string; status?: string; created?: string; expires?: string }[];
  groups?: string[];
  boundary?: string;
  tags?: Record<string, string>;
  password?: boolean;
  mfa?: boolean;
}

export const CREATED = "2029-10-01T12:00:00Z";

export function encoded(document: unknown): string {
  return encodeURIComponent(typeof document === "string" ? document : JSON.stringify(document));
}

export function allow(...actions: string[]): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}

export function arnOf(account: string, user: string): string {
  return `arn:aws:iam::${account}:user/${user}`;
}
