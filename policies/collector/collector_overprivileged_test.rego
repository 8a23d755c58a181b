package tokenward.collector.collector_overprivileged_test

import rego.v1

import data.tokenward.collector.collector_overprivileged
import data.tokenward.lib.given

test_fail_with_a_scope_that_collecting_does_not_take if {
	record := _collecting({"extra": ["members:read"]}, "read")
	collector_overprivileged.fail == {{"scopes": ["members:read"]}} with input as record
}

test_fail_with_a_scope_that_writes_or_administers if {
	every access in ["write", "admin"] {
		collector_overprivileged.fail == {{"scopes": ["tokens"]}} with input as _collecting({"extra": []}, access)
	}
}

test_fail_once_with_each_scope_once_in_order if {
	record := _collecting({"extra": ["tokens", "billing"]}, "admin")
	collector_overprivileged.fail == {{"scopes": ["billing", "tokens"]}} with input as record
}

test_pass_with_the_least if {
	collector_overprivileged.fail == set() with input as _collecting({"extra": [], "least": ["tokens"]}, "read")
}

test_pass_where_the_provider_has_no_scope_that_only_reads if {
	collector_overprivileged.fail == set() with input as _collecting({"extra": [], "least": ["tokens"]}, "admin")
}

test_fail_where_another_scope_is_the_one_it_takes if {
	record := _collecting({"extra": [], "least": ["audit"]}, "admin")
	collector_overprivileged.fail == {{"scopes": ["tokens"]}} with input as record
}

test_nothing_said_of_a_token_that_is_not_known_to_collect if {
	record := given.without(["collector"], _collecting({"extra": []}, "admin"))
	collector_overprivileged.fail == set() with input as record
}

_collecting(rights, access) := given.token({
	"collector": rights,
	"grants": [{"family": "app", "scope": "tokens", "access": access, "resource": "*"}],
})
