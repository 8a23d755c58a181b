package tokenward.scope.toxic_combination_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lib.toxic
import data.tokenward.scope.toxic_combination

test_fail_with_both_scopes_and_the_reason if {
	record := _able({"secrets-read": ["secret_scanning_alerts:read"], "workflow-write": ["workflows:write"]})
	toxic_combination.fail == {{
		"reasons": ["a changed workflow can carry the secrets out"],
		"scopes": ["secret_scanning_alerts:read", "workflows:write"],
	}} with input as record
}

test_fail_once_for_several_pairs if {
	record := _able({
		"code-write": ["contents:write"],
		"status-write": ["checks:write", "statuses:write"],
		"guard-write": ["environments:write"],
	})
	toxic_combination.fail == {{
		"reasons": [
			"a change can be written and its required checks reported as passed",
			"a change can be written and the rules that would stop it removed",
		],
		"scopes": ["checks:write", "contents:write", "environments:write", "statuses:write"],
	}} with input as record
}

test_fail_for_every_pair_of_the_table if {
	every pair in toxic.pairs {
		record := _able({pair.first: ["one"], pair.second: ["other"]})
		toxic_combination.fail == {{"reasons": [pair.reason], "scopes": ["one", "other"]}} with input as record
	}
}

test_pass_with_either_half_alone if {
	every pair in toxic.pairs {
		toxic_combination.fail == set() with input as _able({pair.first: ["one", "two"]})
		toxic_combination.fail == set() with input as _able({pair.second: ["one", "two"]})
	}
}

test_pass_where_one_scope_is_both_halves if {
	toxic_combination.fail == set() with input as _able({"code-write": ["public_repo"], "status-write": ["public_repo"]})
}

test_one_finding_a_half_that_administers_or_is_a_wildcard_is_reported_for_that if {
	every told in ["repo", "secretsmanager:*", "org_admin"] {
		record := object.union(
			_able({"code-write": [told], "status-write": ["repo:status"], "secrets-read": ["x"], "audit-write": [told]}),
			{"grants": [
				{"family": "classic", "scope": "repo", "access": "admin", "resource": "*"},
				{"family": "classic", "scope": "org_admin", "access": "unknown", "resource": "*"},
			]},
		)
		toxic_combination.fail == set() with input as object.union(record, {"facts": {"widened": {"org_admin": "admin"}}})
	}
}

test_pass_without_any_capability if {
	toxic_combination.fail == set() with input as given.token({})
}

test_nothing_said_where_the_grants_are_unknown if {
	toxic_combination.fail == set() with input as given.without(["grants"], given.token({}))
}

_able(capabilities) := given.token({"facts": {"capabilities": capabilities}})

test_fail_for_each_pair_as_it_is_written_here_too if {
	every one in [
		["secrets-read", "workflow-write", "a changed workflow can carry the secrets out"],
		["secrets-read", "audit-write", "secrets can be read while nothing is logged"],
		["key-create", "key-read", "keys of others can be copied, and new ones made for when those are replaced"],
		["key-create", "audit-write", "a key that stays can be made while nothing is logged"],
		["code-write", "status-write", "a change can be written and its required checks reported as passed"],
		["code-write", "guard-write", "a change can be written and the rules that would stop it removed"],
		["secrets-read", "secret-create", "a Secret for any service account of the namespace can be created, and the token in it read"],
		["certificate-request", "certificate-approve", "a certificate in any name can be asked for and approved"],
	] {
		toxic_combination.fail == {{"reasons": [one[2]], "scopes": ["a", "b"]}} with input as _able({one[0]: ["a"], one[1]: ["b"]})
	}
}
