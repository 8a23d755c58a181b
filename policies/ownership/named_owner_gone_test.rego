package tokenward.ownership.named_owner_gone_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.named_owner_gone

test_fail_where_the_owner_is_gone if {
	every state in ["suspended", "deleted"] {
		named_owner_gone.fail == {{"owner": "mona", "state": state}} with input as _owned("mona", {"state": state})
	}
}

test_pass_where_the_owner_is_there if {
	named_owner_gone.fail == set() with input as _owned("mona", {"state": "active"})
}

test_pass_where_nobody_is_named if {
	named_owner_gone.fail == set() with input as _owned(null, {"state": "deleted"})
}

test_nothing_said_where_the_state_or_the_owner_is_unknown if {
	named_owner_gone.fail == set() with input as _owned("mona", {"by": "people.csv:2"})
	named_owner_gone.fail == set() with input as given.token({"owner": "mona"})
	named_owner_gone.fail == set() with input as given.without(["owner"], _owned("mona", {"state": "deleted"}))
}

_owned(owner, fact) := given.token({"owner": owner, "facts": {"owner": fact}})
