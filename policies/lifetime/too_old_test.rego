package tokenward.lifetime.too_old_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.too_old

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	too_old.fail == {{"age": late, "max_age": given.days(90)}} with input as _aged(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	too_old.fail == set() with input as _aged(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	late := given.days(90)
	too_old.fail == {{"age": late, "max_age": given.days(89)}} with input as _aged(late)
		with data.params as _limit(89)
}

test_fail_by_the_number_for_its_kind if {
	numbers := {
		"any": {"too-old": {"max_age": given.days(365)}},
		"kinds": {"github/fine-grained-pat": {"too-old": {"max_age": given.days(30)}}},
	}
	too_old.fail == {{"age": given.days(31), "max_age": given.days(30)}} with input as _aged(given.days(31))
		with data.params as numbers
}

test_nothing_said_where_the_issue_is_unknown if {
	too_old.fail == set() with input as given.without(["created", "facts/age"], given.token({}))
		with data.params as _limit(1)
}

test_nothing_said_where_a_rotation_is_unknown if {
	too_old.fail == set() with input as given.without(["rotated", "facts/since_rotation"], _aged(given.days(900)))
		with data.params as _limit(90)
}

test_one_finding_a_rotated_token_is_left_to_rotation_overdue if {
	rotated := {"rotated": "2029-01-01T00:00:00Z", "facts": {"age": given.days(900), "since_rotation": given.days(365)}}
	too_old.fail == set() with input as given.token(rotated)
		with data.params as _limit(90)
}

_aged(seconds) := given.token({"facts": {"age": seconds, "since_rotation": seconds}})

_limit(n) := given.params("too-old", {"max_age": given.days(n)})

test_fail_past_the_rotate_every_of_its_entry if {
	limits := given.params("too-old", {"max_age": 90})
	late := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 11, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	}))
	too_old.fail == {{"age": 11, "max_age": 10}} with input as late with data.params as limits
	in_time := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 10, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	}))
	too_old.fail == set() with input as in_time with data.params as limits
}

test_fail_past_the_max_lifetime_of_its_entry if {
	limits := given.params("too-old", {"max_age": 90})
	late := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 11, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	too_old.fail == {{"age": 11, "max_age": 10}} with input as late with data.params as limits
	in_time := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 10, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	too_old.fail == set() with input as in_time with data.params as limits
}
