package tokenward.usage.idle_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.usage.idle

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	idle.fail == {{"idle": late, "max_idle": given.days(90)}} with input as _unused(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	idle.fail == set() with input as _unused(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	late := given.days(45) + 1
	idle.fail == {{"idle": late, "max_idle": given.days(45)}} with input as _unused(late)
		with data.params as _limit(45)
}

test_nothing_said_where_the_last_use_is_unknown if {
	idle.fail == set() with input as given.without(["last_used", "facts/idle"], given.token({}))
		with data.params as _limit(0)
}

test_one_finding_a_token_never_used_is_left_to_never_used if {
	record := given.token({"last_used": null, "facts": {"age": given.days(900)}})
	idle.fail == set() with input as given.without(["facts/idle"], record)
		with data.params as _limit(0)
}

_unused(seconds) := given.token({"facts": {"age": given.days(900), "idle": seconds}})

_limit(n) := given.params("idle", {"max_idle": given.days(n)})
