package tokenward.lifetime.lifetime_too_long_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.lifetime_too_long

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	lifetime_too_long.fail == {{"lifetime": late, "max_lifetime": given.days(90)}} with input as _living(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	lifetime_too_long.fail == set() with input as _living(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	late := given.days(90)
	lifetime_too_long.fail == {{"lifetime": late, "max_lifetime": given.days(89)}} with input as _living(late)
		with data.params as _limit(89)
}

test_nothing_said_where_the_lifetime_is_unknown if {
	record := given.without(["created", "facts/age", "facts/lifetime"], given.token({}))
	lifetime_too_long.fail == set() with input as record
		with data.params as _limit(1)
}

_living(seconds) := given.token({"facts": {"lifetime": seconds}})

_limit(n) := given.params("lifetime-too-long", {"max_lifetime": given.days(n)})

test_fail_past_the_max_lifetime_of_its_entry if {
	limits := given.params("lifetime-too-long", {"max_lifetime": 90})
	late := given.token({
		"rotated": null,
		"facts": {"lifetime": 11, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	})
	lifetime_too_long.fail == {{"lifetime": 11, "max_lifetime": 10}} with input as late with data.params as limits
	in_time := given.token({
		"rotated": null,
		"facts": {"lifetime": 10, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	})
	lifetime_too_long.fail == set() with input as in_time with data.params as limits
}
