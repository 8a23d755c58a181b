package tokenward.register.exceeds_register_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.exceeds_register

test_fail_names_the_entry_and_all_of_it if {
	record := _with({"beyond": ["admin:org on *", "from 0.0.0.0/0"]})
	expected := {{"entry": "tokens.yaml:3", "beyond": ["admin:org on *", "from 0.0.0.0/0"]}}
	exceeds_register.fail == expected with input as record
}

test_pass_where_there_is_nothing_of_it if {
	exceeds_register.fail == set() with input as _with({})
	exceeds_register.fail == set() with input as _with({"beyond": []})
}

test_pass_whatever_else_the_entry_says if {
	exceeds_register.fail == set() with input as _with({"undecided": ["owner"], "environment": "TODO"})
}

test_nothing_said_where_no_entry_or_register_is_known if {
	exceeds_register.fail == set() with input as given.token({"facts": {"register": {"registered": false}}})
	exceeds_register.fail == set() with input as given.token({})
}

_with(more) := given.token({"facts": {"register": object.union({"registered": true, "by": "tokens.yaml:3"}, more)}})
