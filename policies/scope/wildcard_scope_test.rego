package tokenward.scope.wildcard_scope_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.admin_scope
import data.tokenward.scope.all_resources
import data.tokenward.scope.wildcard_scope

test_fail_with_the_wildcards_once_each_and_in_order if {
	grants := [_grant("s3:*", "write"), _grant("iam:*", "admin"), _grant("s3:*", "write"), _grant("sns:Publish", "write")]
	wildcard_scope.fail == {{"scopes": ["iam:*", "s3:*"]}} with input as given.token({"grants": grants})
}

test_fail_for_a_wildcard_that_only_reads if {
	wildcard_scope.fail == {{"scopes": ["s3:Get*"]}} with input as given.token({"grants": [_grant("s3:Get*", "read")]})
}

test_fail_for_words_that_mean_everything if {
	record := given.token({"grants": [_grant("(unscoped)", "admin")]})
	wildcard_scope.fail == {{"scopes": ["(unscoped)"]}} with input as record
}

test_pass_with_named_permissions if {
	grants := [_grant("contents:write", "write"), _grant("admin:org", "admin")]
	wildcard_scope.fail == set() with input as given.token({"grants": grants})
}

test_pass_without_any_permission if {
	wildcard_scope.fail == set() with input as given.token({"grants": []})
}

test_nothing_said_where_the_grants_are_unknown if {
	wildcard_scope.fail == set() with input as given.without(["grants"], given.token({}))
}

test_one_finding_a_wildcard_over_everything_is_reported_only_here if {
	everything := given.token({"grants": [_grant("*", "admin"), _grant("s3:*", "write")], "reach": {"selection": "all"}})
	wildcard_scope.fail == {{"scopes": ["*", "s3:*"]}} with input as everything
	admin_scope.fail == set() with input as everything
	all_resources.fail == set() with input as everything
}

_grant(scope, access) := {"family": "action", "scope": scope, "access": access, "resource": "*"}
