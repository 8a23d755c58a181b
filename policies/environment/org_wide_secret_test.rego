package tokenward.environment.org_wide_secret_test

import rego.v1

import data.tokenward.environment.org_wide_secret
import data.tokenward.lib.given

test_fail_where_all_repositories_may_read_it if {
	org_wide_secret.fail == {{"selection": "all"}} with input as _open_to("all")
}

test_pass_where_they_are_selected if {
	every selection in ["selected", "single"] {
		org_wide_secret.fail == set() with input as _open_to(selection)
	}
}

test_pass_where_the_kind_has_no_such_notion if {
	org_wide_secret.fail == set() with input as object.union(given.without(["reach"], given.token({})), {"reach": null})
}

test_nothing_said_where_the_reach_is_unknown if {
	org_wide_secret.fail == set() with input as given.without(["reach"], given.token({}))
}

_open_to(selection) := given.token({"reach": {"selection": selection}})
