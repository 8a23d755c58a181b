package tokenward.register.register_looser_than_policy_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.register_looser_than_policy

test_fail_names_the_entry_and_all_of_it if {
	record := _with({"looser": ["rotate_every 400d (too-old: 90d)"]})
	expected := {{"entry": "tokens.yaml:3", "looser": ["rotate_every 400d (too-old: 90d)"]}}
	register_looser_than_policy.fail == expected with input as record
}

test_pass_where_there_is_nothing_of_it if {
	register_looser_than_policy.fail == set() with input as _with({})
	register_looser_than_policy.fail == set() with input as _with({"looser": []})
}

test_pass_whatever_else_the_entry_says if {
	register_looser_than_policy.fail == set() with input as _with({"undecided": ["owner"], "environment": "TODO"})
}

test_nothing_said_where_no_entry_or_register_is_known if {
	register_looser_than_policy.fail == set() with input as given.token({"facts": {"register": {"registered": false}}})
	register_looser_than_policy.fail == set() with input as given.token({})
}

_with(more) := given.token({"facts": {"register": object.union({"registered": true, "by": "tokens.yaml:3"}, more)}})
