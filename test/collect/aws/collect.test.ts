import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { HOME } from "./estate.ts";
import { allow } from "./state.ts";

const KEY = `AKIA${"ALICE00000000001"}`;

describe("an account", () => {
  it("gives its access keys, with use, principal, owner and rights", async () => {
    const user = {
      name: "deploy",
      keys: [{ id: KEY, used: "2029-12-30T10:00:00Z" }],
      inline: { own: allow("s3:GetObject") },
      tags: { Owner: "team-shop", environment: "production" },
    };
    const { tokens, coverage } = await collectFrom({ accounts: { [HOME]: { users: [user] } } });

    expect(tokens.find(({ kind }) => kind === "aws/access-key")).toMatchInlineSnapshot(`
      {
        "account": "111122223333",
        "created": "2029-10-01T12:00:00Z",
        "environment": "production",
        "evidence": {
          "api": "iam:ListAccessKeys",
          "observed": "2030-01-01T00:00:00Z",
        },
        "expires": null,
        "fingerprint": {
          "key_id": "AKIAALICE00000000001",
          "suffix": "0001",
        },
        "grants": [
          {
            "access": "read",
            "family": "action",
            "resource": "*",
            "scope": "s3:GetObject",
          },
        ],
        "id": "aws/111122223333/access-key/AKIAALICE00000000001",
        "kind": "aws/access-key",
        "labels": {
          "Owner": "team-shop",
          "environment": "production",
        },
        "last_used": "2029-12-30T10:00:00Z",
        "name": "deploy (…0001)",
        "network": null,
        "owner": "team-shop",
        "precision": 14400,
        "principal": {
          "id": "arn:aws:iam::111122223333:user/deploy",
          "name": "deploy",
          "state": "active",
          "type": "service",
        },
        "provider": "aws",
        "reach": {
          "selection": "all",
        },
        "rotated": null,
        "status": "active",
        "unknown": {},
      }
    `);
    expect(gapsIn(coverage)).toEqual([]);
  });
});
