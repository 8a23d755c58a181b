# METADATA
# title: Token is older than its kind may get
# description: >-
#   A token nobody renews keeps working long after its reason is forgotten.
#   Judged here is a token whose secret is still the one it was issued with; one whose secret was replaced since is
#   judged by rotation-overdue instead. Where nobody can say whether it was replaced, age alone earns no verdict.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: lifetime
#   needs: [created, rotated]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params:
#     max_age:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: longest time since a token was issued
#   message: issued {age} ago; the limit is {max_age}
#   controls:
#     owasp-nhi-2025: { NHI7: direct }
#     nist-800-53-r5: { IA-5(f): direct }
#     pci-dss-4.0.1: { "8.6.3": direct }
#     soc2: { CC6.1: direct }
#     iso-27001-2022: { A.5.17: direct }
#     cis-aws-7.0: { "2.12": direct }
#     cis-azure-6.0: { "9.3.1.2": direct }
#     cis-gcp-5.0: { "1.8": direct, "1.16": direct }
#     cis-oci-3.1: { "1.8": direct, "1.9": direct }
#   remediation: >-
#     Issue a replacement, move its callers over, then revoke this token.
#     Disabling it for a few days first shows who still calls it.
package tokenward.lifetime.too_old

import rego.v1

import data.tokenward.lib.params

fail contains {"age": input.facts.age, "max_age": limit} if {
	is_null(input.rotated)
	limit := params.of("too-old").max_age
	input.facts.age > limit
}
