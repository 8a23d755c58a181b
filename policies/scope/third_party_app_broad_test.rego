package tokenward.scope.third_party_app_broad_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.scope.privilege_escalation
import data.tokenward.scope.third_party_app_broad

test_fail_with_the_permissions_that_write_in_order if {
	grants := [_grant("issues:write", "write"), _grant("contents:write", "write"), _grant("metadata:read", "read")]
	third_party_app_broad.fail == {{"scopes": ["contents:write", "issues:write"]}} with input as _app("all", grants, {})
}

test_fail_where_only_the_catalogue_knows_that_it_writes if {
	record := _app("all", [_grant("contents", "read")], {"widened": {"contents": "write"}})
	third_party_app_broad.fail == {{"scopes": ["contents"]}} with input as record
}

test_pass_where_resources_are_selected if {
	every selection in ["selected", "single"] {
		third_party_app_broad.fail == set() with input as _app(selection, [_grant("contents:write", "write")], {})
	}
}

test_pass_where_it_only_reads_or_holds_what_others_report if {
	every grant in [_grant("contents:read", "read"), _grant("projects:admin", "admin"), _grant("*", "write")] {
		third_party_app_broad.fail == set() with input as _app("all", [grant], {})
	}
}

test_one_finding_what_leads_to_more_is_reported_by_privilege_escalation if {
	every list in ["escalating", "minting"] {
		record := _app("all", [_grant("members:write", "write")], {list: ["members:write"]})
		third_party_app_broad.fail == set() with input as record
		privilege_escalation.fail == {{"scopes": ["members:write"]}} with input as record
	}
}

test_nothing_said_where_the_reach_or_the_grants_are_unknown if {
	record := _app("all", [_grant("contents:write", "write")], {})
	every field in ["reach", "grants"] {
		third_party_app_broad.fail == set() with input as given.without([field], record)
	}
}

_app(selection, grants, facts) := given.token({
	"kind": "github/app-installation",
	"principal": {"type": "app", "id": "chat-notify"},
	"reach": {"selection": selection},
	"grants": grants,
	"facts": facts,
})

_grant(scope, access) := {"family": "app", "scope": scope, "access": access, "resource": "*"}
