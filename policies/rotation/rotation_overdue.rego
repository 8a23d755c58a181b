# METADATA
# title: Token's secret is due for rotation
# description: >-
#   The secret of this token has been replaced before, so a rotation exists; it has stopped being carried out.
#   A token that still has its first secret is judged by too-old instead.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: rotation
#   needs: [rotated]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params:
#     interval:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: longest time between two rotations
#   message: last rotated {since_rotation} ago; the limit is {interval}
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
#   remediation: Rotate the secret now, and find out why the job or the person that rotates it has stopped.
package tokenward.rotation.rotation_overdue

import rego.v1

import data.tokenward.lib.params

fail contains {"since_rotation": input.facts.since_rotation, "interval": limit} if {
	is_string(input.rotated)
	limit := params.of("rotation-overdue").interval
	input.facts.since_rotation > limit
}
