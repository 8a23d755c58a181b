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

_params := {
	"any": {"idle": {"max_idle": 90}, "too-old": {"max_age": 60}},
	"kinds": {"npm/granular": {"idle": {"max_idle": 30}}},
}
