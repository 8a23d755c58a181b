# METADATA
# title: Static token is used where federation would do
# description: >-
#   A job or a service can prove who it is to this provider with the identity that its platform gives it, for minutes
#   at a time; a static token lies in a file in between. Judged are tokens whose consumers are known. What takes the
#   place of which kind stands in the numbers by kind, each with its source.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI4 Insecure Authentication
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: kind
#   needs: [consumers]
#   applies_to:
#     given: [consumers]
#     statuses: [active, pending]
#   yields_to: [human-token-in-automation]
#   params:
#     instead:
#       type: list
#       default: []
#       doc: what a job or service can use instead; empty if nothing
#   evidence: { used_by: list }
#   message: "used by {used_by}, which could use instead: {instead}"
#   controls:
#     owasp-nhi-2025: { NHI4: direct, NHI6: direct }
#     nist-800-53-r5: { IA-5: supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.8.5: direct }
#     cis-gcp-5.0: { "1.5": supporting }
#     cis-m365-7.0: { "5.1.5.3": direct }
#   remediation: >-
#     Let the provider trust the identity of the platform that the consumer runs on, for this consumer alone; move it
#     over, then revoke this token.
#   examples:
#     fail:
#       provider: gcp
#       kind: gcp/service-account-key
#       principal: { type: service, id: report-bot }
#       consumers: [{ type: ci, name: nightly report }]
#     pass:
#       provider: gcp
#       kind: gcp/service-account-key
#       principal: { type: service, id: report-bot }
#       consumers: [{ type: human, name: mona }]
package tokenward.kind.static_where_federation_exists

import rego.v1

import data.tokenward.lib.params

fail contains {"used_by": sort(_machines), "instead": instead} if {
	instead := params.of("static-where-federation-exists").instead
	count(instead) > 0
	count(_machines) > 0
}

_machines contains consumer.name if {
	some consumer in input.consumers
	consumer.type in {"ci", "workload"}
}
