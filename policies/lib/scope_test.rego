package tokenward.lib.scope_test

import rego.v1

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
