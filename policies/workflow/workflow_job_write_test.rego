package tokenward.workflow.workflow_job_write_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.workflow.workflow_job_write

test_fail_with_the_permissions_in_order if {
	grants := [_grant("packages:write", "write"), _grant("contents:write", "write"), _grant("issues:read", "read")]
	workflow_job_write.fail == {{"scopes": ["contents", "packages"]}} with input as _holding(grants)
		with data.params as _allowed(["checks"])
}

test_fail_where_the_source_writes_the_bare_name if {
	workflow_job_write.fail == {{"scopes": ["contents"]}} with input as _holding([_grant("contents", "write")])
		with data.params as _allowed([])
}

test_pass_with_allowed_permissions if {
	grants := [_grant("id-token:write", "write"), _grant("checks:write", "write")]
	workflow_job_write.fail == set() with input as _holding(grants)
		with data.params as _allowed(["checks", "id-token"])
}

test_fail_where_they_are_no_longer_allowed if {
	workflow_job_write.fail == {{"scopes": ["id-token"]}} with input as _holding([_grant("id-token:write", "write")])
		with data.params as _allowed(["checks"])
}

test_pass_where_it_only_reads if {
	workflow_job_write.fail == set() with input as given.job({})
		with data.params as _allowed([])
}

test_pass_with_no_permission_at_all if {
	workflow_job_write.fail == set() with input as _holding([])
		with data.params as _allowed([])
}

test_fail_where_the_workflow_is_not_told if {
	record := given.without(["workflow"], _holding([_grant("contents:write", "write")]))
	workflow_job_write.fail == {{"scopes": ["contents"]}} with input as record
		with data.params as _allowed([])
}

test_nothing_said_where_the_grants_are_unknown if {
	workflow_job_write.fail == set() with input as given.without(["grants"], given.job({}))
		with data.params as _allowed([])
}

_holding(grants) := given.job({"grants": grants})

_grant(scope, access) := {"family": "workflow", "scope": scope, "access": access, "resource": "acme/reports"}

_allowed(names) := given.params("workflow-job-write", {"allowed": names})
