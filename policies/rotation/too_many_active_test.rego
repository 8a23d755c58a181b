package tokenward.rotation.too_many_active_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.rotation.too_many_active

test_fail_with_one_more_than_the_limit if {
	too_many_active.fail == {{"active": 6, "max_active": 5}} with input as _with({"active": 6})
		with data.params as _limit(5)
}

test_pass_exactly_at_the_limit if {
	too_many_active.fail == set() with input as _with({"active": 5}) with data.params as _limit(5)
}

test_fail_under_a_tighter_limit if {
	too_many_active.fail == {{"active": 5, "max_active": 1}} with input as _with({"active": 5})
		with data.params as _limit(1)
}

test_one_finding_only_the_newest_of_them_tells if {
	older := _with({"active": 6, "overlap": 0})
	too_many_active.fail == set() with input as older with data.params as _limit(5)
}

test_nothing_said_where_no_siblings_are_known if {
	too_many_active.fail == set() with input as given.token({}) with data.params as _limit(0)
}

_with(siblings) := given.token({"facts": {"siblings": object.union({"issued": [0]}, siblings)}})

_limit(n) := given.params("too-many-active", {"max_active": n})
