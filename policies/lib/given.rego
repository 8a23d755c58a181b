# METADATA
# title: Builders for policy tests
# description: Each test states only what matters to it; the rest of the token is blameless as of 2030-01-01.
package tokenward.lib.given

import rego.v1

# A token that no policy objects to, with some fields replaced.
token(overrides) := object.union(_blameless, overrides)

# A job's token that no policy objects to, with some fields replaced.
job(overrides) := object.union(_blameless_job, overrides)

# The same token as if its provider did not tell these fields (`created`, `facts/age`).
without(paths, record) := {field: kept |
	some field, value in record
	not field in paths
	kept := _without_members({name | some path in paths; [field, name] = split(path, "/")}, value)
}

_without_members(names, value) := object.remove(value, names) if is_object(value)

_without_members(_, value) := value if not is_object(value)

days(n) := n * 86400

# The document that holds the numbers in force, with those of one policy.
params(policy, values) := {"any": {policy: values}, "kinds": {}}

_blameless := {
	"id": "github/acme/fine-grained-pat/4211",
	"provider": "github",
	"account": "acme",
	"kind": "github/fine-grained-pat",
	"name": "nightly report",
	"principal": {"type": "human", "id": "mona", "state": "active"},
	"owner": "team-reporting",
	"status": "active",
	"created": "2029-12-02T00:00:00Z",
	"rotated": null,
	"expires": "2030-03-02T00:00:00Z",
	"last_used": "2029-12-31T00:00:00Z",
	"grants": [{"family": "app", "scope": "contents:read", "access": "read", "resource": "acme/reports"}],
	"reach": {"selection": "single", "count": 1},
	"network": ["203.0.113.0/24"],
	"environment": "production",
	"unknown": {},
	"facts": {
		"status": "active",
		"age": 2592000,
		"idle": 86400,
		"expires_in": 5184000,
		"lifetime": 7776000,
		"since_rotation": 2592000,
		"breadth": "narrow",
	},
}

_blameless_job := {
	"id": "github/acme/workflow-token/report.yml#build",
	"provider": "github",
	"account": "acme/reports",
	"kind": "github/workflow-token",
	"name": "report.yml: build",
	"principal": {"type": "workload", "id": "report.yml#build"},
	"owner": "team-reporting",
	"status": "active",
	"rotated": null,
	"grants": [{"family": "workflow", "scope": "contents:read", "access": "read", "resource": "acme/reports"}],
	"reach": {"selection": "single", "count": 1},
	"network": ["203.0.113.0/24"],
	"environment": null,
	"workflow": {"permissions_from": "job", "triggers": ["push"]},
	"unknown": {"created": "not-exposed", "expires": "not-exposed", "last_used": "not-exposed"},
	"facts": {"status": "active", "breadth": "narrow"},
}
