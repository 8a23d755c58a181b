package tokenward.ownership.service_token_without_team_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.ownership.no_owner
import data.tokenward.ownership.service_token_without_team

test_fail_where_the_owner_is_no_team if {
	every type in ["service", "app", "workload"] {
		record := _owned("mona", {"type": type, "id": "ci"})
		service_token_without_team.fail == {{"owner": "mona"}} with input as record with data.params as _teams(["team-"])
	}
}

test_pass_where_it_is_one if {
	record := _owned("team-build", {"type": "service", "id": "ci"})
	service_token_without_team.fail == set() with input as record with data.params as _teams(["squad-", "team-"])
}

test_fail_where_teams_are_called_otherwise if {
	record := _owned("team-build", {"type": "service", "id": "ci"})
	service_token_without_team.fail == {{"owner": "team-build"}} with input as record
		with data.params as _teams(["squad-"])
}

test_fail_where_the_machine_answers_for_itself if {
	every principal in [{"type": "service", "id": "ci"}, {"type": "app", "id": "1", "name": "ci"}] {
		service_token_without_team.fail == {{"owner": "ci"}} with input as _owned("ci", principal)
			with data.params as _teams([])
	}
}

test_pass_for_anybody_else_where_nobody_says_what_teams_are_called if {
	record := _owned("mona", {"type": "service", "id": "ci"})
	service_token_without_team.fail == set() with input as record with data.params as _teams([])
}

test_pass_for_a_persons_token if {
	record := _owned("mona", {"type": "human", "id": "mona"})
	service_token_without_team.fail == set() with input as record with data.params as _teams(["team-"])
}

test_one_finding_a_token_nobody_is_named_for_is_left_to_no_owner if {
	record := _owned(null, {"type": "service", "id": "ci"})
	service_token_without_team.fail == set() with input as record with data.params as _teams(["team-"])
	count(no_owner.fail) == 1 with input as record
}

# Whom to name and that it be a team are two questions: that the person is gone must not make this one pass.
test_fail_whatever_the_state_of_the_person if {
	every state in ["active", "suspended", "deleted"] {
		record := object.union(
			_owned("mona", {"type": "service", "id": "ci"}),
			{"facts": {"owner": {"type": "person", "state": state}}},
		)
		service_token_without_team.fail == {{"owner": "mona"}} with input as record with data.params as _teams([])
	}
}

test_nothing_said_where_the_owner_or_the_principal_is_unknown if {
	record := _owned("mona", {"type": "service", "id": "ci"})
	every field in ["owner", "principal"] {
		service_token_without_team.fail == set() with input as given.without([field], record)
			with data.params as _teams(["team-"])
	}
}

_owned(owner, principal) := object.union(
	given.without(["principal"], given.token({"owner": owner})),
	{"principal": principal},
)

_of_person := object.union(
	_owned("mona", {"type": "service", "id": "ci"}),
	{"facts": {"owner": {"type": "person", "team": "build"}}},
)

_of_namesake := object.union(_of_person, {"facts": {"owner": {"team": "mona"}}})

_of_team := object.union(
	_owned("build", {"type": "service", "id": "ci"}),
	{"facts": {"owner": {"type": "team", "team": "build"}}},
)

_teams(names) := given.params("service-token-without-team", {"teams": names})

test_fail_where_the_directory_names_the_owner_as_a_person if {
	service_token_without_team.fail == {{"owner": "mona"}} with input as _of_person
		with data.params as _teams([])
}

test_pass_where_the_owner_is_known_as_a_team if {
	every names in [[], ["team-"]] {
		service_token_without_team.fail == set() with input as _of_team
			with data.params as _teams(names)
	}
}

test_fail_where_only_the_persons_team_is_known if {
	record := _of_namesake
	service_token_without_team.fail == {{"owner": "mona"}} with input as record
		with data.params as _teams(["team-"])
}
