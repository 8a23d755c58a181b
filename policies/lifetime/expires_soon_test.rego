package tokenward.lifetime.expires_soon_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.expires_soon

test_fail_exactly_at_the_window if {
	expires_soon.fail == {{"expires_in": given.days(14), "within": given.days(14)}} with input as _ending(given.days(14))
		with data.params as _within(14)
}

test_pass_one_second_earlier if {
	expires_soon.fail == set() with input as _ending(given.days(14) + 1)
		with data.params as _within(14)
}

test_fail_in_the_last_second if {
	expires_soon.fail == {{"expires_in": 1, "within": given.days(14)}} with input as _ending(1)
		with data.params as _within(14)
}

test_pass_at_the_end_and_after_it if {
	every rest in [0, -1] {
		expires_soon.fail == set() with input as _ending(rest)
			with data.params as _within(14)
	}
}

test_fail_within_a_wider_window if {
	rest := given.days(14) + 1
	expires_soon.fail == {{"expires_in": rest, "within": given.days(30)}} with input as _ending(rest)
		with data.params as _within(30)
}

test_pass_for_a_life_no_longer_than_the_window if {
	record := given.token({"facts": {"expires_in": 3600, "lifetime": given.days(14)}})
	expires_soon.fail == set() with input as record
		with data.params as _within(14)
}

test_fail_for_a_life_one_second_longer if {
	record := given.token({"facts": {"expires_in": 3600, "lifetime": given.days(14) + 1}})
	expires_soon.fail == {{"expires_in": 3600, "within": given.days(14)}} with input as record
		with data.params as _within(14)
}

test_fail_where_the_lifetime_is_unknown if {
	record := given.without(["created", "facts/age", "facts/lifetime"], _ending(1))
	expires_soon.fail == {{"expires_in": 1, "within": given.days(14)}} with input as record
		with data.params as _within(14)
}

test_pass_without_an_end if {
	record := given.without(["facts/expires_in", "facts/lifetime"], given.token({"expires": null}))
	expires_soon.fail == set() with input as record
		with data.params as _within(14)
}

_ending(rest) := given.token({"facts": {"expires_in": rest}})

_within(n) := given.params("expires-soon", {"within": given.days(n)})
