package tokenward.ownership.owner_suspended_or_deleted_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.owner_suspended_or_deleted

test_fail_where_the_person_is_gone if {
	every state in ["suspended", "deleted"] {
		owner_suspended_or_deleted.fail == {{"state": state}} with input as _held_by("human", state)
	}
}

test_fail_whether_or_not_somebody_else_is_named if {
	every owner in [null, "team-reporting"] {
		record := object.union(_held_by("human", "deleted"), {"owner": owner})
		owner_suspended_or_deleted.fail == {{"state": "deleted"}} with input as record
	}
}

test_pass_where_the_person_is_there if {
	owner_suspended_or_deleted.fail == set() with input as _held_by("human", "active")
}

test_pass_for_a_machine_in_any_state if {
	every type in ["service", "app", "workload"] {
		owner_suspended_or_deleted.fail == set() with input as _held_by(type, "deleted")
	}
}

test_nothing_said_where_the_state_or_the_person_is_unknown if {
	owner_suspended_or_deleted.fail == set() with input as given.without(["principal/state"], given.token({}))
	owner_suspended_or_deleted.fail == set() with input as given.without(["principal"], given.token({}))
}

_held_by(type, state) := given.token({"principal": {"type": type, "id": "mona", "state": state}})
