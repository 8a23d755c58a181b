package tokenward.register.register_conflict_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.register_conflict

test_fail_names_the_entry_and_all_of_it if {
	record := _with({"rivals": ["tokens.yaml:9", "tokens.yaml:12"]})
	expected := {{"entry": "tokens.yaml:3", "rivals": ["tokens.yaml:9", "tokens.yaml:12"]}}
	register_conflict.fail == expected with input as record
}

test_pass_where_there_is_nothing_of_it if {
	register_conflict.fail == set() with input as _with({})
	register_conflict.fail == set() with input as _with({"rivals": []})
}

test_pass_whatever_else_the_entry_says if {
	register_conflict.fail == set() with input as _with({"undecided": ["owner"], "environment": "TODO"})
}

test_nothing_said_where_no_entry_or_register_is_known if {
	register_conflict.fail == set() with input as given.token({"facts": {"register": {"registered": false}}})
	register_conflict.fail == set() with input as given.token({})
}

_with(more) := given.token({"facts": {"register": object.union({"registered": true, "by": "tokens.yaml:3"}, more)}})
