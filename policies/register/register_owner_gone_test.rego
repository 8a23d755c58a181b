package tokenward.register.register_owner_gone_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.register.register_owner_gone

test_fail_where_the_owner_is_gone if {
	every state in ["suspended", "deleted"] {
		register_owner_gone.fail == {{"owner": "mona", "state": state}} with input as _registered({"state": state})
	}
}

test_pass_where_the_owner_is_there if {
	register_owner_gone.fail == set() with input as _registered({"state": "active"})
}

test_nothing_said_where_the_state_is_unknown if {
	register_owner_gone.fail == set() with input as _registered({"unknown": {"the register's owner": "not-listed"}})
}

test_nothing_said_without_a_directory if {
	register_owner_gone.fail == set() with input as given.token({})
}

_registered(fact) := given.token({"facts": {"register_owner": object.union({"name": "mona"}, fact)}})
