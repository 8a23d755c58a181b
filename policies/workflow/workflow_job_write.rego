# METADATA
# title: Job may write
# description: >-
#   Every action that a job runs holds the job's write permissions, so a compromised one can push code, publish or
#   comment. Permissions that only report results or prove an identity are allowed.
#   Jobs with write-all and jobs that take the default are judged by the policies for those instead.
# related_resources:
#   - ref: https://docs.github.com/en/actions/using-jobs/assigning-permissions-to-jobs
#     description: GitHub, assigning permissions to jobs
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: workflow
#   needs: [grants]
#   applies_to:
#     kinds: [github/workflow-token]
#   params:
#     allowed:
#       type: list
#       default: [attestations, checks, id-token, security-events, statuses]
#       doc: permissions that a job may hold with write access
#   evidence: { scopes: list }
#   message: "may write: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct, NHI6: supporting }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.8.2: supporting }
#   remediation:
#     any: >-
#       Lower each permission to read, or move the step that writes into a job of its own that runs nothing else. Where
#       every job of yours may hold a permission, add it to the parameter `allowed`.
#   examples:
#     fail:
#       kind: github/workflow-token
#       grants: [{ family: workflow, scope: contents:write, access: write, resource: acme/reports }]
#     pass:
#       kind: github/workflow-token
#       grants: [{ family: workflow, scope: id-token:write, access: write, resource: acme/reports }]
package tokenward.workflow.workflow_job_write

import rego.v1

import data.tokenward.lib.params

fail contains {"scopes": sort(_writes)} if {
	not input.workflow.shorthand == "write-all"
	not input.workflow.permissions_from == "default"
	count(_writes) > 0
}

_writes contains name if {
	some grant in input.grants
	grant.access == "write"
	name := trim_suffix(grant.scope, ":write")
	not name in params.of("workflow-job-write").allowed
}
