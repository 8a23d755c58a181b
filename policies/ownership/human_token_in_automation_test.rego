package tokenward.ownership.human_token_in_automation_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.human_token_in_automation

test_fail_where_a_job_or_a_service_uses_a_persons_token if {
	every type in ["ci", "workload"] {
		record := given.token({"consumers": [{"type": "human", "name": "mona"}, {"type": type, "name": "release"}]})
		human_token_in_automation.fail == {{"used_by": ["release"]}} with input as record
	}
}

test_fail_once_with_all_of_them_in_order if {
	record := given.token({"consumers": [{"type": "workload", "name": "sync"}, {"type": "ci", "name": "release"}]})
	human_token_in_automation.fail == {{"used_by": ["release", "sync"]}} with input as record
}

test_pass_where_people_use_it_or_nobody_was_seen if {
	every consumers in [[], [{"type": "human", "name": "mona"}]] {
		human_token_in_automation.fail == set() with input as given.token({"consumers": consumers})
	}
}

test_pass_where_the_token_is_a_machines_own if {
	record := given.token({
		"principal": {"type": "service", "id": "ci"},
		"consumers": [{"type": "ci", "name": "release"}],
	})
	human_token_in_automation.fail == set() with input as record
}

test_nothing_said_where_the_consumers_or_the_principal_are_unknown if {
	human_token_in_automation.fail == set() with input as given.token({})
	record := given.without(["principal"], given.token({"consumers": [{"type": "ci", "name": "release"}]}))
	human_token_in_automation.fail == set() with input as record
}
