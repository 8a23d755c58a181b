package tokenward.usage.stale_write_scope_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.usage.stale_write_scope

test_fail_from_the_end_of_the_watch_on if {
	expected := {{"scopes": ["admin:org", "repo"], "watched": given.days(90), "min_watched": given.days(90)}}
	stale_write_scope.fail == expected with input as _reading(given.days(90)) with data.params as _least(90)
}

test_fail_with_one_scope_that_writes if {
	grant := {"family": "classic", "scope": "repo", "access": "write", "resource": "*"}
	record := object.union(_reading(given.days(90)), {"grants": [grant]})
	expected := {{"scopes": ["repo"], "watched": given.days(90), "min_watched": given.days(90)}}
	stale_write_scope.fail == expected with input as record with data.params as _least(90)
}

test_pass_one_second_earlier if {
	stale_write_scope.fail == set() with input as _reading(given.days(90) - 1) with data.params as _least(90)
}

test_fail_after_a_shorter_watch if {
	expected := {{"scopes": ["admin:org", "repo"], "watched": given.days(30), "min_watched": given.days(30)}}
	stale_write_scope.fail == expected with input as _reading(given.days(30)) with data.params as _least(30)
}

test_pass_where_it_was_seen_writing if {
	every access in ["write", "admin"] {
		record := object.union(_reading(given.days(90)), {"usage": {"access": access}})
		stale_write_scope.fail == set() with input as record with data.params as _least(90)
	}
}

test_pass_where_it_may_only_read if {
	every access in ["read", "unknown"] {
		grant := {"family": "classic", "scope": "user", "access": access, "resource": "*"}
		record := object.union(_reading(given.days(90)), {"grants": [grant]})
		stale_write_scope.fail == set() with input as record with data.params as _least(90)
	}
}

test_nothing_said_where_the_use_or_the_grants_are_unknown if {
	unwatched := given.without(["usage", "facts/watched"], _reading(given.days(900)))
	stale_write_scope.fail == set() with input as unwatched with data.params as _least(90)
	ungranted := given.without(["grants"], _reading(given.days(900)))
	stale_write_scope.fail == set() with input as ungranted with data.params as _least(90)
}

_reading(seconds) := given.token({
	"usage": {"access": "read", "since": "2029-01-01T00:00:00Z"},
	"grants": [
		{"family": "classic", "scope": "repo", "access": "write", "resource": "*"},
		{"family": "classic", "scope": "admin:org", "access": "admin", "resource": "*"},
		{"family": "classic", "scope": "read:user", "access": "read", "resource": "*"},
	],
	"facts": {"watched": seconds},
})

_least(n) := given.params("stale-write-scope", {"min_watched": given.days(n)})
