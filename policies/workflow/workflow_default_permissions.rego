# METADATA
# title: Job takes whatever permissions the repository's default gives
# description: >-
#   Without a `permissions` entry a job gets the default of its repository or organisation, which may be write access to
#   everything and can change without a commit. It fails unless the configuration states that the default is read.
#   No permission needs to be known for that, and the default's own permissions are not reported by workflow-job-write.
# related_resources:
#   - ref: https://docs.github.com/en/actions/using-jobs/assigning-permissions-to-jobs
#     description: GitHub, assigning permissions to jobs
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: workflow
#   needs: []
#   applies_to:
#     kinds: [github/workflow-token]
#   params: {}
#   evidence: { default: text }
#   message: "has no permissions written and takes the repository's default: {default}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct, NHI6: supporting }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.8.2: supporting }
#   aliases: [default-workflow-write]
#   remediation:
#     any: >-
#       Add `permissions` to the workflow or the job with what its steps need; `permissions: {}` where they need
#       nothing. Set the default of the repository or organisation to read.
#   examples:
#     fail: { kind: github/workflow-token, workflow: { permissions_from: default } }
#     pass: { kind: github/workflow-token, workflow: { permissions_from: default, default: read } }
package tokenward.workflow.workflow_default_permissions

import rego.v1

fail contains {"default": object.get(input.workflow, "default", "not stated")} if {
	input.workflow.permissions_from == "default"
	not input.workflow["default"] == "read"
}
