package tokenward.register.register_stale_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.register_stale

test_fail_without_a_token if {
	expected := {{"entry": "tokens.yaml:3", "owner": "team-reporting"}}
	register_stale.fail == expected with input as _with({"tokens": 0})
}

test_pass_with_one_token if {
	register_stale.fail == set() with input as _with({"tokens": 1})
}

test_nothing_said_where_the_number_is_not_known if {
	register_stale.fail == set() with input as _with({"unknown": {"tokens": "failed"}})
}

test_nothing_said_of_a_token if {
	register_stale.fail == set() with input as given.token({"facts": {"register": {"registered": false}}})
}

_with(more) := given.token({"facts": {"register": object.union(
	{"registered": true, "by": "tokens.yaml:3", "owner": "team-reporting"},
	more,
)}})
