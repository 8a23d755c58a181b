import { type EstateState, HOME } from "./estate.ts";
import { type AccountState, allow } from "./state.ts";

export const keyId = (name: string) => `AKIA${name.toUpperCase().padEnd(16, "0")}`;
/** A company of one account. */
export const home = (state: AccountState): EstateState => ({ accounts: { [HOME]: state } });
export const ALICE = {
  name: "alice",
  keys: [{ id: keyId("alice"), used: "2029-12-30T10:00:00Z" }],
  inline: { own: allow("s3:GetObject") },
};

/** An account with one of everything. */
export const FULL: AccountState = {
  users: [
    ALICE,
    {
      name: "bob",
      password: true,
      groups: ["ops"],
      boundary: `arn:aws:iam::${HOME}:policy/cap`,
      keys: [{ id: keyId("bob1"), status: "Inactive" }, { id: keyId("bob2") }],
      certificates: [{ id: "CERT1" }],
      services: [
        { id: "ACCABEDROCK", service: "bedrock.amazonaws.com" },
        { id: "ACCALOGS", service: "logs.amazonaws.com", expires: "2030-02-01T00:00:00Z" },
        { id: "ACCAGIT", service: "codecommit.amazonaws.com" },
        { id: "ACCACQL", service: "cassandra.amazonaws.com" },
      ],
    },
    { name: "carol", password: true },
  ],
  groups: { ops: { inline: { all: allow("*") } } },
  policies: { cap: allow("s3:*", "logs:*", "bedrock:*") },
  summary: { AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 0 },
  rootKeys: [["true", "2027-01-01T00:00:00+00:00", "N/A"]],
};
