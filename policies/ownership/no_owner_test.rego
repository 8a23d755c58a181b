package tokenward.ownership.no_owner_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.no_owner

test_fail_where_a_machine_has_no_owner if {
	every type, words in {"service": "a service", "app": "an app", "workload": "a workload"} {
		no_owner.fail == {{"acts_as": words}} with input as _ownerless({"type": type, "id": "ci"})
	}
}

test_fail_alike_where_a_machine_is_suspended if {
	suspended := {"type": "service", "id": "ci", "state": "suspended"}
	no_owner.fail == {{"acts_as": "a service"}} with input as _ownerless(suspended)
}

test_fail_where_it_belongs_to_nobody if {
	no_owner.fail == {{"acts_as": "nobody"}} with input as _ownerless(null)
}

test_pass_where_a_person_answers if {
	no_owner.fail == set() with input as _ownerless({"type": "human", "id": "mona", "state": "active"})
}

test_one_finding_a_person_who_is_gone_or_may_be_is_left_to_owner_suspended_or_deleted if {
	every state in ["suspended", "deleted"] {
		no_owner.fail == set() with input as _ownerless({"type": "human", "id": "mona", "state": state})
	}
	no_owner.fail == set() with input as _ownerless({"type": "human", "id": "mona"})
}

test_pass_where_an_owner_is_named_for_a_machine if {
	record := object.union(_ownerless({"type": "service", "id": "ci"}), {"owner": "team-build"})
	no_owner.fail == set() with input as record
}

test_nothing_said_where_the_owner_is_unknown if {
	no_owner.fail == set() with input as given.without(["owner"], _ownerless({"type": "service", "id": "ci"}))
}

test_nothing_said_where_the_principal_is_unknown if {
	no_owner.fail == set() with input as given.without(["principal"], given.token({"owner": null}))
}

_ownerless(principal) := object.union(
	given.without(["principal"], given.token({"owner": null})),
	{"principal": principal},
)
