package tokenward.environment.shared_across_environments_test

import rego.v1

import data.tokenward.environment.shared_across_environments
import data.tokenward.lib.given

test_fail_where_it_stands_in_two if {
	expected := {{"environments": ["production", "staging"]}}
	shared_across_environments.fail == expected with input as _standing_in(["production", "staging"])
}

test_pass_where_it_stands_in_one_however_often if {
	shared_across_environments.fail == set() with input as _standing_in(["production"])
}

test_pass_where_it_belongs_to_none if {
	shared_across_environments.fail == set() with input as _standing_in([])
}

test_nothing_said_where_no_other_records_are_known if {
	shared_across_environments.fail == set() with input as given.token({})
}

_standing_in(environments) := given.token({"facts": {"shared_with": {"environments": environments, "tokens": 3}}})
