package tokenward.register.unregistered_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.unregistered

test_fail_without_an_entry if {
	unregistered.fail == {{"lacking": ["an entry"]}} with input as _with({"registered": false})
}

test_fail_where_somebody_has_to_decide if {
	record := _with({"registered": true, "by": "tokens.yaml:3", "undecided": ["owner", "purpose"]})
	unregistered.fail == {{"lacking": ["owner", "purpose"]}} with input as record
}

test_pass_with_an_entry if {
	unregistered.fail == set() with input as _with({"registered": true, "by": "tokens.yaml:3"})
	unregistered.fail == set() with input as _with({"registered": true, "by": "tokens.yaml:3", "undecided": []})
}

test_nothing_said_where_no_register_is_known if {
	unregistered.fail == set() with input as given.token({})
}

_with(register) := given.token({"facts": {"register": register}})
