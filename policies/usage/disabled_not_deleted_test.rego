package tokenward.usage.disabled_not_deleted_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.usage.disabled_not_deleted

test_fail_one_second_past_the_limit_since_the_last_use if {
	late := given.days(180) + 1
	expected := {{"unused": late, "max_unused": given.days(180)}}
	disabled_not_deleted.fail == expected with input as _disabled({"idle": late}) with data.params as _limit(180)
}

test_pass_exactly_at_the_limit if {
	record := _disabled({"idle": given.days(180)})
	disabled_not_deleted.fail == set() with input as record with data.params as _limit(180)
}

test_fail_under_a_tighter_limit if {
	expected := {{"unused": given.days(180), "max_unused": given.days(90)}}
	record := _disabled({"idle": given.days(180)})
	disabled_not_deleted.fail == expected with input as record with data.params as _limit(90)
}

test_fail_counted_from_the_issue_where_it_was_never_used if {
	record := given.without(["facts/idle"], object.union(_disabled({"age": given.days(181)}), {"last_used": null}))
	expected := {{"unused": given.days(181), "max_unused": given.days(180)}}
	disabled_not_deleted.fail == expected with input as record with data.params as _limit(180)
}

test_pass_for_a_token_that_works if {
	record := given.token({"facts": {"idle": given.days(900)}})
	disabled_not_deleted.fail == set() with input as record with data.params as _limit(180)
}

test_nothing_said_where_the_last_use_or_the_status_is_unknown if {
	record := _disabled({"age": given.days(900), "idle": given.days(900)})
	unused := given.without(["last_used", "facts/idle"], record)
	disabled_not_deleted.fail == set() with input as unused with data.params as _limit(180)
	stateless := given.without(["status", "facts/status"], record)
	disabled_not_deleted.fail == set() with input as stateless with data.params as _limit(180)
}

_disabled(facts) := given.token({
	"status": "disabled",
	"facts": object.union({"status": "disabled", "age": given.days(900)}, facts),
})

_limit(n) := given.params("disabled-not-deleted", {"max_unused": given.days(n)})
