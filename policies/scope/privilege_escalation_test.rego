package tokenward.scope.privilege_escalation_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.admin_scope
import data.tokenward.scope.privilege_escalation
import data.tokenward.scope.wildcard_scope

test_fail_with_the_scopes_once_each_and_in_order if {
	record := _holding({"escalating": ["members:write", "workflow"], "minting": ["id:write", "members:write"]})
	privilege_escalation.fail == {{"scopes": ["id:write", "members:write", "workflow"]}} with input as record
}

test_fail_for_one_that_only_makes_tokens if {
	record := _holding({"minting": ["git_ssh_keys:write"]})
	privilege_escalation.fail == {{"scopes": ["git_ssh_keys:write"]}} with input as record
}

test_pass_without_any if {
	privilege_escalation.fail == set() with input as _holding({"access": "write", "widened": {"contents:write": "write"}})
}

test_pass_without_any_permission if {
	privilege_escalation.fail == set() with input as given.token({"grants": []})
}

test_nothing_said_where_the_grants_are_unknown if {
	privilege_escalation.fail == set() with input as given.without(["grants"], given.token({}))
}

test_one_finding_a_wildcard_is_reported_by_wildcard_scope if {
	record := object.union(
		_holding({"escalating": ["iam:*"], "minting": ["iam:*"]}),
		{"grants": [_grant("iam:*", "admin")]},
	)
	privilege_escalation.fail == set() with input as record
	wildcard_scope.fail == {{"scopes": ["iam:*"]}} with input as record
}

test_two_findings_for_two_causes if {
	record := object.union(
		_holding({"escalating": ["workflow"], "minting": ["repo"], "widened": {"repo": "admin"}}),
		{"grants": [_grant("workflow", "write"), _grant("repo", "write")]},
	)
	privilege_escalation.fail == {{"scopes": ["workflow"]}} with input as record
	admin_scope.fail == {{"scopes": ["repo"]}} with input as record
}

_holding(facts) := given.token({"facts": facts})

_grant(scope, access) := {"family": "app", "scope": scope, "access": access, "resource": "*"}
