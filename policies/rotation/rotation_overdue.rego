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
#       register: [rotate_every]
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
#   remediation:
#     any: Rotate the secret now, and find out why the job or the person that rotates it has stopped.
#     aws: >-
#       Reset the service-specific credential or create the user's second access key, deploy it, set the old key
#       `Inactive`, then delete it; then find out what stopped the rotation.
#     cloudflare: >-
#       Roll the token: its old value ends at once, so deploy the new one in the same moment. Then find out what stopped
#       the rotation.
#     entra: >-
#       Add another secret, deploy it, remove the old one when it is no longer used; then find out what stopped the
#       rotation.
#     github: >-
#       Store a new value in the secret (`PUT …/actions/secrets/{name}`) after replacing the credential behind it; then
#       find out what stopped the rotation.
#     gitlab: >-
#       Rotate it (`POST …/rotate` with `expires_at`), once and without blind retries: rotating a token that was rotated
#       already revokes the whole family. Then find out what stopped the rotation.
#     vault: >-
#       Create another secret id or token from its role and destroy the old one by its accessor; then find out what
#       stopped the rotation.
#   examples:
#     fail: { created: 2027-01-01T00:00:00Z, rotated: 2028-12-30T23:59:59Z }
#     pass: { created: 2027-01-01T00:00:00Z, rotated: 2028-12-31T00:00:00Z }
package tokenward.rotation.rotation_overdue

import rego.v1

import data.tokenward.lib.params

fail contains {"since_rotation": input.facts.since_rotation, "interval": limit} if {
	is_string(input.rotated)
	limit := params.within(params.of("rotation-overdue").interval, ["rotate_every"])
	input.facts.since_rotation > limit
}
