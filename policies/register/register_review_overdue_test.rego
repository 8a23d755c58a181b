package tokenward.register.register_review_overdue_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.register_review_overdue

test_fail_at_the_first_second_after_the_day if {
	expected := {{"entry": "tokens.yaml:3", "owner": "team-reporting", "review_overdue": 1}}
	register_review_overdue.fail == expected with input as _with({"review_overdue": 1})
}

test_fail_long_after_it if {
	count(register_review_overdue.fail) == 1 with input as _with({"review_overdue": given.days(90)})
}

test_pass_while_the_day_is_not_over if {
	register_review_overdue.fail == set() with input as _with({"review_overdue": 0})
}

test_pass_where_no_day_is_set if {
	register_review_overdue.fail == set() with input as _with({})
}

test_nothing_said_where_no_register_is_known if {
	register_review_overdue.fail == set() with input as given.token({})
}

_with(more) := given.token({"facts": {"register": object.union(
	{"registered": true, "by": "tokens.yaml:3", "owner": "team-reporting"},
	more,
)}})
