package tokenward.scope.all_resources_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.admin_scope
import data.tokenward.scope.all_resources
import data.tokenward.scope.privilege_escalation

test_fail_with_the_permissions_that_write_in_order if {
	grants := [_grant("issues:write", "write"), _grant("contents:write", "write"), _grant("metadata:read", "read")]
	all_resources.fail == {{"scopes": ["contents:write", "issues:write"]}} with input as _reaching("all", grants)
}

test_fail_where_only_the_catalogue_knows_that_it_writes if {
	record := object.union(
		_reaching("all", [_grant("contents", "unknown"), _grant("issues:read", "read")]),
		{"facts": {"widened": {"contents": "write"}}},
	)
	all_resources.fail == {{"scopes": ["contents"]}} with input as record
}

test_one_finding_what_leads_to_more_is_reported_by_privilege_escalation if {
	every list in ["escalating", "minting"] {
		record := object.union(
			_reaching("all", [_grant("members:write", "write"), _grant("contents:write", "write")]),
			{"facts": {list: ["members:write"]}},
		)
		all_resources.fail == {{"scopes": ["contents:write"]}} with input as record
		privilege_escalation.fail == {{"scopes": ["members:write"]}} with input as record
	}
}

test_pass_where_resources_are_selected if {
	every selection in ["selected", "single"] {
		all_resources.fail == set() with input as _reaching(selection, [_grant("contents:write", "write")])
	}
}

test_pass_where_it_only_reads if {
	all_resources.fail == set() with input as _reaching("all", [_grant("contents:read", "read")])
}

test_pass_for_a_kind_without_reach if {
	record := given.token({"reach": null, "grants": [_grant("contents:write", "write")]})
	all_resources.fail == set() with input as record
}

test_nothing_said_where_the_reach_is_unknown if {
	record := given.token({"grants": [_grant("contents:write", "write")]})
	all_resources.fail == set() with input as given.without(["reach"], record)
}

test_nothing_said_where_the_grants_are_unknown if {
	all_resources.fail == set() with input as given.without(["grants"], given.token({"reach": {"selection": "all"}}))
}

test_each_grant_is_reported_once if {
	record := _reaching("all", [_grant("contents:write", "write"), _grant("organization_projects:admin", "admin")])
	all_resources.fail == {{"scopes": ["contents:write"]}} with input as record
	admin_scope.fail == {{"scopes": ["organization_projects:admin"]}} with input as record
}

_reaching(selection, grants) := given.token({"reach": {"selection": selection}, "grants": grants})

_grant(scope, access) := {"family": "app", "scope": scope, "access": access, "resource": "*"}
