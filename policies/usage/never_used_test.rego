package tokenward.usage.never_used_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.usage.never_used

test_fail_one_second_past_the_grace if {
	late := given.days(45) + 1
	never_used.fail == {{"age": late, "grace": given.days(45)}} with input as _unused(late)
		with data.params as _grace(45)
}

test_pass_exactly_at_the_grace if {
	never_used.fail == set() with input as _unused(given.days(45))
		with data.params as _grace(45)
}

test_pass_freshly_issued if {
	never_used.fail == set() with input as _unused(0)
		with data.params as _grace(45)
}

test_fail_under_a_shorter_grace if {
	never_used.fail == {{"age": given.days(45), "grace": given.days(1)}} with input as _unused(given.days(45))
		with data.params as _grace(1)
}

test_nothing_said_where_the_provider_does_not_report_use if {
	record := given.without(["last_used", "facts/idle"], given.token({"facts": {"age": given.days(900)}}))
	never_used.fail == set() with input as record
		with data.params as _grace(45)
}

test_nothing_said_where_the_issue_is_unknown if {
	never_used.fail == set() with input as given.without(["created", "facts/age"], _unused(1))
		with data.params as _grace(0)
}

test_one_finding_a_token_used_once_is_left_to_idle if {
	facts := {"age": given.days(900), "idle": given.days(731)}
	record := given.token({"last_used": "2028-01-01T00:00:00Z", "facts": facts})
	never_used.fail == set() with input as record
		with data.params as _grace(45)
}

_unused(age) := given.without(["facts/idle"], given.token({"last_used": null, "facts": {"age": age}}))

_grace(n) := given.params("never-used", {"grace": given.days(n)})
