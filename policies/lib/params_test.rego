package tokenward.lib.params_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lib.params

test_numbers_of_the_kind_come_whole if {
	params.of("idle") == {"max_idle": 30} with input as {"kind": "npm/granular"}
		with data.params as _params
}

test_other_kinds_get_the_numbers_for_any if {
	params.of("idle") == {"max_idle": 90} with input as {"kind": "github/deploy-key"}
		with data.params as _params
}

test_other_policies_of_the_kind_get_the_numbers_for_any if {
	params.of("too-old") == {"max_age": 60} with input as {"kind": "npm/granular"}
		with data.params as _params
}

test_undefined_only_where_the_host_gave_nothing if {
	not params.of("idle") with input as {"kind": "npm/granular"}
		with data.params as given.params("too-old", {"max_age": 60})
}

test_a_number_stands_where_there_is_no_register_or_no_entry if {
	params.within(90, ["rotate_every"]) == 90 with input as {"facts": {}}
	params.within(90, ["rotate_every"]) == 90 with input as {"facts": {"register": {"registered": false}}}
}

test_an_entry_tightens_a_number if {
	params.within(90, ["rotate_every"]) == 30 with input as _entry({"rotate_every": 30})
	params.within(90, ["rotate_every", "max_lifetime"]) == 20 with input as _entry({"rotate_every": 30, "max_lifetime": 20})
}

test_an_entry_never_loosens_a_number if {
	params.within(90, ["rotate_every"]) == 90 with input as _entry({"rotate_every": 91})
}

test_what_an_entry_says_of_something_else_does_not_count if {
	params.within(90, ["rotate_every"]) == 90 with input as _entry({"max_lifetime": 30})
	params.within(90, ["rotate_every"]) == 90 with input as _entry({})
}

_entry(lengths) := {"facts": {"register": object.union({"registered": true, "by": "tokens.yaml:3"}, lengths)}}

_params := {
	"any": {"idle": {"max_idle": 90}, "too-old": {"max_age": 60}},
	"kinds": {"npm/granular": {"idle": {"max_idle": 30}}},
}
