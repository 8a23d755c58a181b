package tokenward.rotation.rotation_overlap_too_long_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.rotation.rotation_overlap_too_long

test_fail_one_second_past_the_limit if {
	late := given.days(14) + 1
	expected := {{"overlap": late, "max_overlap": given.days(14)}}
	rotation_overlap_too_long.fail == expected with input as _beside(late) with data.params as _limit(14)
}

test_pass_exactly_at_the_limit if {
	rotation_overlap_too_long.fail == set() with input as _beside(given.days(14)) with data.params as _limit(14)
}

test_fail_under_a_tighter_limit if {
	expected := {{"overlap": given.days(14), "max_overlap": given.days(1)}}
	rotation_overlap_too_long.fail == expected with input as _beside(given.days(14)) with data.params as _limit(1)
}

test_pass_for_the_newest if {
	newest := given.token({"facts": {"siblings": {"active": 2, "issued": [0, given.days(900)]}}})
	rotation_overlap_too_long.fail == set() with input as newest with data.params as _limit(0)
}

test_nothing_said_where_no_siblings_are_known if {
	rotation_overlap_too_long.fail == set() with input as given.token({}) with data.params as _limit(0)
}

_beside(seconds) := given.token({"facts": {"siblings": {
	"active": 2,
	"overlap": seconds,
	"issued": [seconds, given.days(900)],
}}})

_limit(n) := given.params("rotation-overlap-too-long", {"max_overlap": given.days(n)})
