"""Prints the API tokens of a ticket system, one token record as JSON on each line.

The export has neither who answers for a token nor where it may be used from: that is unknown, and said to be.
"""
import json
import sys


def record(tenant, token):
    return {
        "kind": "tickets/api-token",
        "account": tenant,
        "native_id": str(token["id"]),
        "name": token["label"],
        "principal": {"type": "service", "id": token["user"]},
        "status": "active",
        "created": token["created_at"],
        "rotated": None,  # This system cannot rotate: known to be never.
        "expires": token["expires_at"],
        "last_used": token["last_seen_at"],
        "grants": [{"family": "", "scope": right, "access": right.split(":")[1], "resource": "*"} for right in token["rights"]],
        "reach": {"selection": "all"},
        "unknown": {"owner": "not-exposed", "network": "not-exposed", "environment": "not-exposed"},
    }


with open(sys.argv[1], encoding="utf-8") as export:
    tickets = json.load(export)
for token in tickets["api_tokens"]:
    print(json.dumps(record(tickets["tenant"], token)))
