package tokenward.lifetime.expired_still_listed_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lifetime.expired_still_listed
import data.tokenward.lifetime.expires_soon

test_fail_from_the_instant_of_expiry_on if {
	expired_still_listed.fail == {{"status": "expired", "expires": "2030-01-01T00:00:00Z"}} with input as _expired
}

test_fail_where_the_provider_says_expired_but_not_since_when if {
	expired_still_listed.fail == {{"status": "expired"}} with input as given.without(["expires"], _expired)
}

test_fail_once_where_the_provider_contradicts_itself if {
	record := given.token({"status": "expired", "expires": null, "facts": {"status": "expired"}})
	count(expired_still_listed.fail) == 1 with input as record
}

test_pass_one_second_before if {
	record := given.token({"expires": "2030-01-01T00:00:01Z", "facts": {"expires_in": 1}})
	expired_still_listed.fail == set() with input as record
}

test_pass_for_other_ends if {
	every status in ["disabled", "revoked", "pending"] {
		expired_still_listed.fail == set() with input as given.token({"facts": {"status": status}})
	}
}

test_pass_where_it_works_and_nobody_says_until_when if {
	expired_still_listed.fail == set() with input as given.without(["expires", "facts/expires_in"], given.token({}))
}

test_nothing_said_where_the_status_is_unknown if {
	expired_still_listed.fail == set() with input as given.without(["status", "facts/status"], given.token({}))
}

test_one_finding_what_has_expired_no_longer_expires_soon if {
	expires_soon.fail == set() with input as _expired
		with data.params as given.params("expires-soon", {"within": given.days(14)})
}

_expired := given.token({"expires": "2030-01-01T00:00:00Z", "facts": {"status": "expired", "expires_in": 0}})
