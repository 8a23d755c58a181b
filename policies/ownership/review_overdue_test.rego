package tokenward.ownership.review_overdue_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.review_overdue

test_fail_one_second_past_the_limit if {
	late := given.days(180) + 1
	review_overdue.fail == {{"unreviewed": late, "interval": given.days(180)}} with input as _reviewed(late)
		with data.params as _limit(180)
}

test_pass_exactly_at_the_limit if {
	review_overdue.fail == set() with input as _reviewed(given.days(180)) with data.params as _limit(180)
}

test_fail_under_a_tighter_limit if {
	expected := {{"unreviewed": given.days(180), "interval": given.days(90)}}
	review_overdue.fail == expected with input as _reviewed(given.days(180)) with data.params as _limit(90)
}

test_fail_counted_from_the_issue_where_it_was_never_reviewed if {
	record := given.token({"reviewed": null, "facts": {"age": given.days(181)}})
	expected := {{"unreviewed": given.days(181), "interval": given.days(180)}}
	review_overdue.fail == expected with input as record with data.params as _limit(180)
}

test_pass_where_it_is_new_and_was_not_reviewed_yet if {
	record := given.token({"reviewed": null, "facts": {"age": given.days(180)}})
	review_overdue.fail == set() with input as record with data.params as _limit(180)
}

test_nothing_said_where_a_review_is_unknown if {
	record := given.token({"facts": {"age": given.days(900)}})
	review_overdue.fail == set() with input as record with data.params as _limit(180)
}

_reviewed(seconds) := given.token({
	"reviewed": "2029-06-01T00:00:00Z",
	"facts": {"age": given.days(900), "since_review": seconds},
})

_limit(n) := given.params("review-overdue", {"interval": given.days(n)})
