package tokenward.workflow.workflow_write_all_test

import rego.v1

import data.tokenward.lib.given
import data.tokenward.workflow.workflow_default_permissions
import data.tokenward.workflow.workflow_job_write
import data.tokenward.workflow.workflow_write_all

test_fail_with_the_level_that_decided if {
	every level in ["job", "workflow", "caller"] {
		workflow_write_all.fail == {{"shorthand": "write-all", "permissions_from": level}} with input as _write_all(level)
	}
}

test_pass_with_read_all if {
	workflow_write_all.fail == set() with input as given.job({"workflow": {"shorthand": "read-all"}})
}

test_pass_with_named_permissions if {
	workflow_write_all.fail == set() with input as given.job({})
}

test_nothing_said_where_the_workflow_is_not_told if {
	workflow_write_all.fail == set() with input as given.without(["workflow"], given.job({}))
}

test_one_finding_write_all_is_reported_only_here if {
	workflow_job_write.fail == set() with input as _write_all("job")
		with data.params as given.params("workflow-job-write", {"allowed": []})
	workflow_default_permissions.fail == set() with input as _write_all("job")
}

_write_all(level) := given.job({
	"grants": [{"family": "workflow", "scope": "contents:write", "access": "write", "resource": "acme/reports"}],
	"workflow": {"permissions_from": level, "shorthand": "write-all"},
})
