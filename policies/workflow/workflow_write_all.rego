# METADATA
# title: Job gets every write permission
# description: >-
#   `permissions: write-all` lets every step and every action of a job push code, publish packages and approve pull
#   requests, whatever the job is for.
#   Such a job gets this finding only; its single permissions are not reported by workflow-job-write as well.
# related_resources:
#   - ref: https://docs.github.com/en/actions/using-jobs/assigning-permissions-to-jobs
#     description: GitHub, assigning permissions to jobs
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: workflow
#   needs: []
#   applies_to:
#     kinds: [github/workflow-token]
#   params: {}
#   evidence: { shorthand: text, permissions_from: text }
#   message: "gets permissions: {shorthand} from the {permissions_from}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct, NHI6: supporting }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.8.2: supporting }
#   remediation:
#     any: >-
#       Write `permissions: {}` for the workflow, then give each job by name the permissions that its steps need, such
#       as `contents: read`.
#   examples:
#     fail: { kind: github/workflow-token, workflow: { permissions_from: workflow, shorthand: write-all } }
#     pass: { kind: github/workflow-token, workflow: { permissions_from: workflow, shorthand: read-all } }
package tokenward.workflow.workflow_write_all

import rego.v1

fail contains {"shorthand": "write-all", "permissions_from": input.workflow.permissions_from} if {
	input.workflow.shorthand == "write-all"
}
