# METADATA
# title: Person's token is used by automation
# description: >-
#   What a job does with a person's token is logged as done by that person, has all their rights, and stops when they
#   leave. Judged are tokens whose consumers are known.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI10 Human Use of NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: ownership
#   needs: [principal, consumers]
#   applies_to:
#     statuses: [active, pending]
#     principals: [human]
#     given: [consumers]
#   params: {}
#   evidence: { used_by: list }
#   message: "acts as a person and is used by {used_by}"
#   controls:
#     owasp-nhi-2025: { NHI10: direct }
#     nist-800-53-r5: { IA-2: supporting, AC-2: supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.16: supporting }
#     cis-kubernetes-2.0.1: { "3.1.2": supporting, "3.1.3": supporting }
#   remediation: >-
#     Give the job or service an identity of its own with only the rights it needs, move it over, then revoke this
#     token.
#   examples:
#     fail: { consumers: [{ type: ci, name: nightly report }] }
#     pass: { consumers: [{ type: human, name: mona }] }
package tokenward.ownership.human_token_in_automation

import rego.v1

fail contains {"used_by": sort(_machines)} if {
	input.principal.type == "human"
	count(_machines) > 0
}

_machines contains consumer.name if {
	some consumer in input.consumers
	consumer.type in {"ci", "workload"}
}
