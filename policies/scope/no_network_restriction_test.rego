package tokenward.scope.no_network_restriction_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.no_network_restriction

test_fail_without_a_restriction if {
	no_network_restriction.fail == {{"open": ["no restriction"]}} with input as _from(null)
}

test_fail_with_a_block_that_holds_every_address if {
	record := _from(["::/0", "203.0.113.0/24", "0.0.0.0/0"])
	no_network_restriction.fail == {{"open": ["0.0.0.0/0", "::/0"]}} with input as record
}

test_pass_with_blocks_that_do_not if {
	every blocks in [["203.0.113.0/24"], ["203.0.113.9/32", "2001:db8::/40"], ["10.0.0.0/10"], ["128.0.0.0/1"]] {
		no_network_restriction.fail == set() with input as _from(blocks)
	}
}

test_pass_where_no_address_is_allowed if {
	no_network_restriction.fail == set() with input as _from([])
}

test_nothing_said_where_the_network_is_unknown if {
	no_network_restriction.fail == set() with input as given.without(["network"], _from(null))
}

_from(network) := given.token({"kind": "npm/granular", "network": network})
