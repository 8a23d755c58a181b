package tokenward.lifetime.no_expiry_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.lifetime_too_long
import data.tokenward.lifetime.no_expiry

test_fail_without_an_end if {
	no_expiry.fail == {{"expires": null}} with input as _endless
}

test_pass_with_an_end if {
	no_expiry.fail == set() with input as given.token({})
}

test_pass_with_an_end_far_away if {
	no_expiry.fail == set() with input as given.token({"expires": "2098-12-31T00:00:00Z"})
}

test_nothing_said_where_the_expiry_is_unknown if {
	no_expiry.fail == set() with input as given.without(["expires"], given.token({}))
}

test_one_finding_a_token_without_an_end_has_no_lifetime if {
	lifetime_too_long.fail == set() with input as _endless
		with data.params as given.params("lifetime-too-long", {"max_lifetime": 1})
}

_endless := given.without(["facts/expires_in", "facts/lifetime"], given.token({"expires": null}))
