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
#   remediation:
#     any: >-
#       Give the job or service an identity of its own with only the rights it needs, move it over, then revoke this
#       token.
#     aws: >-
#       Let the job assume a role: by OIDC from CI, as an instance or task role on AWS, by Roles Anywhere from
#       elsewhere. Then delete the user's key.
#     datadog: >-
#       Create a service account with the role that the job needs, give the job an access token of it with an expiry,
#       then revoke this one.
#     github: >-
#       Within one repository use the job's own `GITHUB_TOKEN`; beyond it an app's installation token, which ends after
#       one hour and can be cut to `repositories` and `permissions`. Then revoke this one.
#     gitlab: >-
#       Use the job's own CI/CD job token where it reaches; else a project or group access token, which acts as a bot,
#       or one of a service account. Send `access_level`: left out, it is Maintainer.
#     kubernetes: >-
#       Give the workload a ServiceAccount of its own, bound to a Role in its namespace, and a projected token; take the
#       person's kubeconfig out of it.
#     npm: >-
#       Publish by trusted publishing from CI and delete the token: npm has no tokens but people's.
#     okta: >-
#       Let the job sign in as a service app with its own key and scopes: an SSWS token is always a person's and has all
#       their roles.
#     openai: Create a service account in the project, give the job a key of it, then delete this one.
#     snowflake: >-
#       Create a user of type `SERVICE` for the job. Its tokens need a role restriction and a network policy, or no
#       token at all with workload identity federation.
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
