package tokenward.lifetime.provider_will_revoke_idle_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.provider_will_revoke_idle

test_fail_exactly_when_the_notice_begins if {
	expected := {{"unused": given.days(21), "limit": given.days(30), "notice": given.days(9)}}
	provider_will_revoke_idle.fail == expected with input as _idle(given.days(21)) with data.params as _okta
}

test_pass_one_second_before if {
	provider_will_revoke_idle.fail == set() with input as _idle(given.days(21) - 1) with data.params as _okta
}

test_fail_in_the_last_second if {
	last := given.days(30) - 1
	expected := {{"unused": last, "limit": given.days(30), "notice": given.days(9)}}
	provider_will_revoke_idle.fail == expected with input as _idle(last) with data.params as _okta
}

test_pass_once_the_provider_should_have_ended_it if {
	provider_will_revoke_idle.fail == set() with input as _idle(given.days(30)) with data.params as _okta
}

test_fail_with_a_longer_notice if {
	expected := {{"unused": given.days(10), "limit": given.days(30), "notice": given.days(20)}}
	provider_will_revoke_idle.fail == expected with input as _idle(given.days(10)) with data.params as _numbers(30, 20)
}

test_fail_for_a_token_never_used_counted_from_its_issue if {
	unused := given.without(["facts/idle"], given.token({"last_used": null, "facts": {"age": given.days(25)}}))
	expected := {{"unused": given.days(25), "limit": given.days(30), "notice": given.days(9)}}
	provider_will_revoke_idle.fail == expected with input as unused with data.params as _okta
}

test_nothing_said_where_the_last_use_is_unknown if {
	record := given.without(["last_used", "facts/idle"], given.token({"facts": {"age": given.days(25)}}))
	provider_will_revoke_idle.fail == set() with input as record with data.params as _okta
}

_idle(seconds) := given.token({"facts": {"age": given.days(900), "idle": seconds}})

_okta := _numbers(30, 9)

_numbers(limit, notice) := given.params("provider-will-revoke-idle", {
	"limit": given.days(limit),
	"notice": given.days(notice),
})
