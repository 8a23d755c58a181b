package tokenward.rotation.rotation_frequency_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.rotation.rotation_frequency

test_fail_with_one_issue_too_few if {
	expected := {{"issued": 3, "window": given.days(365), "times": 4}}
	rotation_frequency.fail == expected with input as _issued([10, 100, 365, 366]) with data.params as _numbers(365, 4)
}

test_pass_with_exactly_as_many_as_required if {
	series := _issued([10, 100, 200, 365, 366])
	rotation_frequency.fail == set() with input as series with data.params as _numbers(365, 4)
}

test_pass_while_the_principal_is_no_older_than_the_window if {
	rotation_frequency.fail == set() with input as _issued([10, 365]) with data.params as _numbers(365, 4)
}

test_fail_once_it_is_older if {
	expected := {{"issued": 1, "window": given.days(365), "times": 4}}
	rotation_frequency.fail == expected with input as _issued([10, 366]) with data.params as _numbers(365, 4)
}

test_fail_where_more_is_required if {
	expected := {{"issued": 4, "window": given.days(365), "times": 5}}
	series := _issued([10, 100, 200, 365, 366])
	rotation_frequency.fail == expected with input as series with data.params as _numbers(365, 5)
}

test_fail_within_a_shorter_window if {
	expected := {{"issued": 2, "window": given.days(100), "times": 4}}
	series := _issued([10, 100, 200, 365, 366])
	rotation_frequency.fail == expected with input as series with data.params as _numbers(100, 4)
}

test_one_finding_a_token_that_was_never_replaced_is_left_to_too_old if {
	rotation_frequency.fail == set() with input as _issued([900]) with data.params as _numbers(365, 4)
}

test_one_finding_a_secret_replaced_in_place_is_left_to_rotation_overdue if {
	record := object.union(_issued([10, 366]), {"rotated": "2029-12-25T00:00:00Z"})
	rotation_frequency.fail == set() with input as record with data.params as _numbers(365, 4)
}

test_one_finding_only_the_newest_of_them_tells if {
	older := object.union(_issued([10, 366]), {"facts": {"siblings": {"overlap": 0}}})
	rotation_frequency.fail == set() with input as older with data.params as _numbers(365, 4)
}

test_nothing_said_where_no_siblings_or_no_rotation_are_known if {
	rotation_frequency.fail == set() with input as given.token({}) with data.params as _numbers(0, 9)
	record := given.without(["rotated", "facts/since_rotation"], _issued([10, 366]))
	rotation_frequency.fail == set() with input as record with data.params as _numbers(365, 4)
}

_issued(ages) := given.token({"facts": {"siblings": {"active": 1, "issued": [given.days(age) | some age in ages]}}})

_numbers(window, times) := given.params("rotation-frequency", {"window": given.days(window), "times": times})
