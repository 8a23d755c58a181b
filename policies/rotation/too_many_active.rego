# METADATA
# title: Principal has too many active tokens of one kind
# description: >-
#   Tokens that pile up are tokens that nobody takes away. It is told once, of the newest of them. Kinds of which a
#   principal needs one at a time are left to rotation-overlap-too-long; stored secrets and tokens that live for hours
#   may be many.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: rotation
#   needs: []
#   applies_to:
#     except_kinds:
#       - aws/access-key
#       - aws/service-credential-bedrock
#       - databricks/sp-secret
#       - entra/app-certificate
#       - entra/app-client-secret
#       - entra/sp-certificate
#       - entra/sp-client-secret
#       - gcp/service-account-key
#       - mongodb-atlas/service-account-secret
#       - oci/api-key
#       - oci/auth-token
#       - oci/customer-secret-key
#       - okta/service-app-secret
#       - snowflake/key-pair
#       - aws/secrets-manager-secret
#       - github/workflow-token
#       - kubernetes/bound-token
#       - vault/*
#     statuses: [active]
#     given: [facts.siblings]
#   params:
#     max_active:
#       type: integer
#       default: 5
#       stricter: lower
#       doc: most active tokens of one kind that a principal may have
#   evidence: { active: number }
#   message: its principal has {active} active ones of this kind; the limit is {max_active}
#   controls:
#     owasp-nhi-2025: { NHI7: supporting }
#     nist-800-53-r5: { IA-4: supporting }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.17: supporting }
#   remediation: >-
#     List the principal's tokens by their last use, ask what each is for, and revoke those that nobody claims.
#   examples:
#     fail: { facts: { siblings: { active: 6, issued: [86400, 172800, 259200, 345600, 432000, 2592000] } } }
#     pass: { facts: { siblings: { active: 5, issued: [86400, 172800, 259200, 345600, 2592000] } } }
package tokenward.rotation.too_many_active

import rego.v1

import data.tokenward.lib.params

fail contains {"active": input.facts.siblings.active, "max_active": limit} if {
	limit := params.of("too-many-active").max_active
	input.facts.siblings.active > limit
	not input.facts.siblings.overlap
}
