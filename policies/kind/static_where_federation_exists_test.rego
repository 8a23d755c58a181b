package tokenward.kind.static_where_federation_exists_test

import rego.v1

import data.tokenward.kind.static_where_federation_exists
import data.tokenward.lib.given

test_fail_where_a_job_uses_a_kind_of_the_table if {
	expected := {{"used_by": ["billing", "release"], "instead": ["IAM role over OIDC"]}}
	consumers := [_release, {"type": "workload", "name": "billing"}, _mona]
	static_where_federation_exists.fail == expected with input as _used_by(consumers) with data.params as _table
}

test_pass_where_only_people_use_it if {
	static_where_federation_exists.fail == set() with input as _used_by([_mona]) with data.params as _table
}

test_pass_where_nobody_was_seen if {
	static_where_federation_exists.fail == set() with input as _used_by([]) with data.params as _table
}

test_pass_for_a_kind_without_federation if {
	record := given.token({"consumers": [_release]})
	static_where_federation_exists.fail == set() with input as record with data.params as _table
}

test_fail_for_a_kind_added_to_the_table if {
	table := {"any": {"static-where-federation-exists": {"instead": ["SPIFFE"]}}, "kinds": {}}
	expected := {{"used_by": ["release"], "instead": ["SPIFFE"]}}
	record := given.token({"consumers": [_release]})
	static_where_federation_exists.fail == expected with input as record with data.params as table
}

test_nothing_said_where_the_consumers_are_unknown if {
	record := given.token({"kind": "aws/access-key"})
	static_where_federation_exists.fail == set() with input as record with data.params as _table
}

_release := {"type": "ci", "name": "release"}

_mona := {"type": "human", "name": "mona"}

_used_by(consumers) := given.token({"kind": "aws/access-key", "consumers": consumers})

_table := {
	"any": {"static-where-federation-exists": {"instead": []}},
	"kinds": {"aws/access-key": {"static-where-federation-exists": {"instead": ["IAM role over OIDC"]}}},
}
