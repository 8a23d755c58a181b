package tokenward.scope.admin_scope_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.admin_scope
import data.tokenward.scope.all_resources
import data.tokenward.scope.privilege_escalation
import data.tokenward.scope.wildcard_scope

test_fail_with_the_permissions_once_each_and_in_order if {
	grants := [_grant("repo", "admin"), _grant("admin:org", "admin"), _grant("repo", "admin"), _grant("gist", "write")]
	admin_scope.fail == {{"scopes": ["admin:org", "repo"]}} with input as given.token({"grants": grants})
}

test_pass_with_writing_and_reading if {
	grants := [_grant("gist", "write"), _grant("read:org", "read")]
	admin_scope.fail == set() with input as given.token({"grants": grants})
}

test_fail_where_only_the_catalogue_knows_that_it_administers if {
	every access in ["unknown", "read", "write"] {
		record := given.token({"grants": [_grant("repo", access)], "facts": {"widened": {"repo": "admin"}}})
		admin_scope.fail == {{"scopes": ["repo"]}} with input as record
	}
}

test_fail_for_an_admin_scope_that_also_makes_tokens if {
	record := given.token({"grants": [_grant("repo", "admin")], "facts": {"minting": ["repo"]}})
	admin_scope.fail == {{"scopes": ["repo"]}} with input as record
	privilege_escalation.fail == set() with input as record
}

test_one_finding_an_admin_scope_that_raises_rights_is_reported_by_privilege_escalation if {
	grants := [_grant("admin:org", "admin"), _grant("delete_repo", "admin")]
	record := given.token({"grants": grants, "facts": {"escalating": ["admin:org"]}})
	admin_scope.fail == {{"scopes": ["delete_repo"]}} with input as record
	privilege_escalation.fail == {{"scopes": ["admin:org"]}} with input as record
}

test_pass_with_a_scope_of_unknown_access if {
	admin_scope.fail == set() with input as given.token({"grants": [_grant("brand:new", "unknown")]})
}

test_nothing_said_where_the_grants_are_unknown if {
	admin_scope.fail == set() with input as given.without(["grants"], given.token({}))
}

test_two_findings_for_a_wildcard_and_an_admin_grant_beside_it if {
	both := given.token({"grants": [_grant("user:*", "write"), _grant("admin:org", "admin")]})
	admin_scope.fail == {{"scopes": ["admin:org"]}} with input as both
	wildcard_scope.fail == {{"scopes": ["user:*"]}} with input as both
}

test_one_finding_an_administrator_of_everything_is_reported_only_here if {
	administrator := given.token({"grants": [_grant("admin:org", "admin")], "reach": {"selection": "all"}})
	admin_scope.fail == {{"scopes": ["admin:org"]}} with input as administrator
	all_resources.fail == set() with input as administrator
}

_grant(scope, access) := {"family": "classic", "scope": scope, "access": access, "resource": "*"}
