package tokenward.workflow.workflow_default_permissions_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.workflow.workflow_default_permissions
import data.tokenward.workflow.workflow_job_write

test_fail_where_the_default_is_not_stated_though_no_permission_is_known if {
	record := given.without(["grants"], _defaulted({}))
	workflow_default_permissions.fail == {{"default": "not stated"}} with input as record
}

test_fail_where_the_default_is_write if {
	workflow_default_permissions.fail == {{"default": "write"}} with input as _defaulted({"default": "write"})
}

test_pass_where_the_default_is_read if {
	workflow_default_permissions.fail == set() with input as _defaulted({"default": "read"})
}

test_pass_where_permissions_are_written if {
	every level in ["job", "workflow", "caller"] {
		workflow_default_permissions.fail == set() with input as given.job({"workflow": {"permissions_from": level}})
	}
}

test_nothing_said_where_the_workflow_is_not_told if {
	workflow_default_permissions.fail == set() with input as given.without(["workflow"], given.job({}))
}

test_one_finding_what_the_default_gives_is_not_reported_by_name if {
	workflow_job_write.fail == set() with input as _defaulted({"default": "write"})
		with data.params as given.params("workflow-job-write", {"allowed": []})
}

_defaulted(workflow) := given.job({
	"grants": [{"family": "workflow", "scope": "contents:write", "access": "write", "resource": "acme/reports"}],
	"workflow": object.union({"permissions_from": "default"}, workflow),
})
