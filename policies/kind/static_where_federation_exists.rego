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
#   remediation:
#     any: >-
#       Let the provider trust the identity of the platform that the consumer runs on, for this consumer alone; move it
#       over, then revoke this token.
#     anthropic: >-
#       Set up workload identity federation for the platform that the consumer runs on, move it over, then archive the
#       key.
#     aws: >-
#       Add the platform as an OIDC provider, and let a role trust the consumer's subject alone, not the whole platform;
#       from machines elsewhere use Roles Anywhere. Then set the key `Inactive`, and delete it a week later.
#     entra: >-
#       Add a federated credential with the consumer's exact issuer and `subject`, or use a managed identity on Azure;
#       then remove the secret.
#     gcp: >-
#       Attach the account to what runs on Google Cloud; for the rest make a workload identity pool that accepts the
#       consumer's subject alone. Then disable the key, and delete it a week later.
#     npm: >-
#       Name the repository and the workflow as the package's trusted publisher, publish once by it, then delete the
#       token.
#     pypi: >-
#       Name the repository and the workflow as the project's trusted publisher, publish once by it, then delete the
#       token.
#     snowflake: >-
#       Let a user of type `SERVICE` sign in by workload identity federation, move the consumer over, then remove the
#       token or the key.
#     vault: >-
#       Enable a JWT or Kubernetes auth method whose role is bound to the consumer's claims, move it over, then destroy
#       the secret id by its accessor.
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
