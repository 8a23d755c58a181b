package tokenward.lib.scope_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.lib.scope

test_wildcards if {
	every word in ["*", "*:*", "s3:*", "sys/auth/*", "write-all", "(unscoped)", "global"] {
		scope.is_wildcard(word)
	}
}

test_words_for_all_there_is_are_wildcards if {
	words := {
		"(full)", "(omitted at creation)", "(unlimited)", "(unscoped)", "All", "full-access", "fullaccess", "global",
		"write-all",
	}
	every word in words {
		scope.is_wildcard(word)
	}
}

test_plain_scopes_are_none if {
	every word in ["contents:write", "repo", "admin:org", "read-all", "Directory.ReadWrite.All", "globally", ""] {
		not scope.is_wildcard(word)
	}
}

test_the_catalogue_widens_what_the_record_says if {
	scope.access(_grant("repo", "write")) == "admin" with input as given.token({"facts": {"widened": {"repo": "admin"}}})
}

test_the_record_counts_where_the_catalogue_says_no_more if {
	every facts in [{}, {"widened": {"repo": "admin"}}] {
		scope.access(_grant("gist", "write")) == "write" with input as given.token({"facts": facts})
	}
}

test_raising_and_minting_scopes_but_for_wildcards if {
	record := given.token({
		"grants": [_grant("workflow", "write"), _grant("iam:*", "write"), _grant("repo", "admin")],
		"facts": {"escalating": ["iam:*", "workflow"], "minting": ["iam:*", "repo", "workflow"]},
	})
	scope.raises("workflow") with input as record
	not scope.raises("iam:*") with input as record
	not scope.raises("repo") with input as record
	scope.mints("workflow") with input as record
	not scope.mints("iam:*") with input as record
	not scope.mints("repo") with input as record
}

test_nothing_raises_or_mints_where_the_facts_do_not_say_so if {
	not scope.raises("workflow") with input as given.token({})
	not scope.mints("workflow") with input as given.token({})
}

_grant(name, access) := {"family": "classic", "scope": name, "access": access, "resource": "*"}
