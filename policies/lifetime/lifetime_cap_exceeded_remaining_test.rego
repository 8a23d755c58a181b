package tokenward.lifetime.lifetime_cap_exceeded_remaining_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.lifetime_cap_exceeded_remaining
import data.tokenward.lifetime.lifetime_too_long

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	expected := {{"expires_in": late, "max_remaining": given.days(90)}}
	lifetime_cap_exceeded_remaining.fail == expected with input as _ending(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	lifetime_cap_exceeded_remaining.fail == set() with input as _ending(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	rest := given.days(90)
	expected := {{"expires_in": rest, "max_remaining": given.days(89)}}
	lifetime_cap_exceeded_remaining.fail == expected with input as _ending(rest)
		with data.params as _limit(89)
}

test_one_finding_a_token_whose_issue_is_known_is_left_to_lifetime_too_long if {
	record := given.token({"facts": {"expires_in": given.days(900), "lifetime": given.days(901)}})
	lifetime_cap_exceeded_remaining.fail == set() with input as record
		with data.params as _limit(90)
	limit := given.params("lifetime-too-long", {"max_lifetime": given.days(90)})
	count(lifetime_too_long.fail) == 1 with input as record with data.params as limit
	lifetime_too_long.fail == set() with input as _ending(given.days(900)) with data.params as limit
}

test_pass_without_an_end if {
	record := given.without(["created", "facts/age", "facts/expires_in", "facts/lifetime"], given.token({"expires": null}))
	lifetime_cap_exceeded_remaining.fail == set() with input as record
		with data.params as _limit(0)
}

test_nothing_said_where_the_expiry_is_unknown if {
	record := given.without(["created", "expires", "facts/age", "facts/expires_in", "facts/lifetime"], given.token({}))
	lifetime_cap_exceeded_remaining.fail == set() with input as record
		with data.params as _limit(0)
}

_ending(rest) := given.without(["created", "facts/age", "facts/lifetime"], given.token({"facts": {"expires_in": rest}}))

_limit(n) := given.params("lifetime-cap-exceeded-remaining", {"max_remaining": given.days(n)})

test_fail_past_the_max_lifetime_of_its_entry if {
	limits := given.params("lifetime-cap-exceeded-remaining", {"max_remaining": 90})
	late := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"expires_in": 11, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	lifetime_cap_exceeded_remaining.fail == {{"expires_in": 11, "max_remaining": 10}} with input as late with data.params as limits
	in_time := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"expires_in": 10, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	lifetime_cap_exceeded_remaining.fail == set() with input as in_time with data.params as limits
}
