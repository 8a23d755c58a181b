package tokenward.scope.unknown_scope_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.unknown_scope
import data.tokenward.scope.wildcard_scope

test_fail_with_the_scopes_in_order if {
	unknown_scope.fail == {{"scopes": ["brand:new", "old:gone"]}} with input as _holding(["old:gone", "brand:new"])
		with data.params as _known([])
}

test_fail_for_those_that_the_company_does_not_know_either if {
	unknown_scope.fail == {{"scopes": ["brand:new"]}} with input as _holding(["brand:new", "ours"])
		with data.params as _known(["ours"])
}

test_pass_where_the_company_knows_all_of_them if {
	unknown_scope.fail == set() with input as _holding(["ours"])
		with data.params as _known(["ours"])
}

test_pass_where_every_scope_is_known if {
	unknown_scope.fail == set() with input as given.token({})
		with data.params as _known([])
}

test_nothing_said_where_the_grants_are_unknown if {
	unknown_scope.fail == set() with input as given.without(["grants"], given.token({}))
		with data.params as _known([])
}

test_one_finding_a_wildcard_is_reported_by_wildcard_scope if {
	grant := {"family": "", "scope": "nosuch:*", "access": "read", "resource": "*"}
	record := object.union(_holding(["nosuch:*"]), {"grants": [grant]})
	unknown_scope.fail == set() with input as record
		with data.params as _known([])
	wildcard_scope.fail == {{"scopes": ["nosuch:*"]}} with input as record
}

_holding(scopes) := given.token({"facts": {"unknown_scopes": scopes}})

_known(scopes) := given.params("unknown-scope", {"known": scopes})
