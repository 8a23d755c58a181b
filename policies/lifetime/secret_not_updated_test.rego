package tokenward.lifetime.secret_not_updated_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.secret_not_updated

test_fail_one_second_past_the_limit_since_the_last_update if {
	late := given.days(180) + 1
	expected := {{"unchanged": late, "max_unchanged": given.days(180)}}
	secret_not_updated.fail == expected with input as _updated(late) with data.params as _limit(180)
}

test_pass_exactly_at_the_limit if {
	secret_not_updated.fail == set() with input as _updated(given.days(180)) with data.params as _limit(180)
}

test_fail_under_a_tighter_limit if {
	expected := {{"unchanged": given.days(180), "max_unchanged": given.days(90)}}
	secret_not_updated.fail == expected with input as _updated(given.days(180)) with data.params as _limit(90)
}

test_fail_counted_from_the_issue_where_it_was_never_updated if {
	late := given.days(181)
	record := given.token({"rotated": null, "facts": {"age": late, "since_rotation": late}})
	expected := {{"unchanged": late, "max_unchanged": given.days(180)}}
	secret_not_updated.fail == expected with input as record with data.params as _limit(180)
}

test_nothing_said_where_an_update_is_unknown if {
	record := given.token({"facts": {"age": given.days(900)}})
	unknown := given.without(["rotated", "facts/since_rotation"], record)
	secret_not_updated.fail == set() with input as unknown with data.params as _limit(180)
}

_updated(seconds) := given.token({
	"rotated": "2029-06-01T00:00:00Z",
	"facts": {"age": given.days(900), "since_rotation": seconds},
})

_limit(n) := given.params("secret-not-updated", {"max_unchanged": given.days(n)})

test_fail_past_the_rotate_every_of_its_entry if {
	limits := given.params("secret-not-updated", {"max_unchanged": 90})
	late := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 11, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	}))
	secret_not_updated.fail == {{"unchanged": 11, "max_unchanged": 10}} with input as late with data.params as limits
	in_time := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 10, "register": {"by": "tokens.yaml:3", "rotate_every": 10}},
	}))
	secret_not_updated.fail == set() with input as in_time with data.params as limits
}

test_fail_past_the_max_lifetime_of_its_entry if {
	limits := given.params("secret-not-updated", {"max_unchanged": 90})
	late := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 11, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	secret_not_updated.fail == {{"unchanged": 11, "max_unchanged": 10}} with input as late with data.params as limits
	in_time := given.without(["facts/lifetime", "facts/since_rotation"], given.token({
		"rotated": null,
		"facts": {"age": 10, "register": {"by": "tokens.yaml:3", "max_lifetime": 10}},
	}))
	secret_not_updated.fail == set() with input as in_time with data.params as limits
}
