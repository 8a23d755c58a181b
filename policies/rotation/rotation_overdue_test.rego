package tokenward.rotation.rotation_overdue_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.rotation.rotation_overdue

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	rotation_overdue.fail == {{"since_rotation": late, "interval": given.days(90)}} with input as _rotated(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	rotation_overdue.fail == set() with input as _rotated(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	late := given.days(90)
	rotation_overdue.fail == {{"since_rotation": late, "interval": given.days(89)}} with input as _rotated(late)
		with data.params as _limit(89)
}

test_fail_where_only_the_issue_is_unknown if {
	record := given.without(["created", "facts/age", "facts/lifetime"], _rotated(given.days(91)))
	rotation_overdue.fail == {{"since_rotation": given.days(91), "interval": given.days(90)}} with input as record
		with data.params as _limit(90)
}

test_nothing_said_where_a_rotation_is_unknown if {
	rotation_overdue.fail == set() with input as given.without(["rotated", "facts/since_rotation"], given.token({}))
		with data.params as _limit(1)
}

test_one_finding_a_token_never_rotated_is_left_to_too_old if {
	record := given.token({"rotated": null, "facts": {"age": given.days(900), "since_rotation": given.days(900)}})
	rotation_overdue.fail == set() with input as record
		with data.params as _limit(90)
}

_rotated(seconds) := given.token({
	"rotated": "2029-06-01T00:00:00Z",
	"facts": {"age": given.days(900), "since_rotation": seconds},
})

_limit(n) := given.params("rotation-overdue", {"interval": given.days(n)})

test_fail_past_the_rotate_every_of_its_entry if {
	limits := given.params("rotation-overdue", {"interval": 90})
	late := given.token({
		"rotated": "2029-12-01T00:00:00Z",
		"facts": {"since_rotation": 11, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	})
	rotation_overdue.fail == {{"since_rotation": 11, "interval": 10}} with input as late with data.params as limits
	in_time := given.token({
		"rotated": "2029-12-01T00:00:00Z",
		"facts": {"since_rotation": 10, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	})
	rotation_overdue.fail == set() with input as in_time with data.params as limits
}
