# METADATA
# title: Replaced token still works long after its replacement came
# description: >-
#   A rotation ends when the old token is gone. Until then there are two to leak, and only one of them is watched.
#   Judged are the kinds of which a principal needs one at a time; of others several may serve several purposes, and
#   too-many-active counts them.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: rotation
#   needs: []
#   applies_to:
#     kinds:
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
#     statuses: [active]
#     given: [facts.siblings]
#   params:
#     max_overlap:
#       type: duration
#       default: 14d
#       stricter: lower
#       doc: longest time that a token may stand beside a newer one
#   evidence: { overlap: duration }
#   message: a newer one has stood beside it for {overlap}; the limit is {max_overlap}
#   controls:
#     owasp-nhi-2025: { NHI7: supporting }
#     nist-800-53-r5: { IA-4: supporting }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.17: supporting }
#     cis-aws-6.0: { "2.12": supporting }
#     cis-oci-3.1: { "1.17": supporting }
#   remediation:
#     any: Move the last callers to the newer token, disable this one, wait a week, then delete it.
#     aws: >-
#       Find the old key's last caller (`GetAccessKeyLastUsed` names the service and the region), move it over, set the
#       key `Inactive`, wait a week, then delete it.
#     entra: >-
#       Move the last callers to the newer credential and wait until the old one is used no more: it cannot be disabled,
#       and removing it is final. Then remove it.
#     gcp: >-
#       Move the last callers to the newer key, disable this one, which one call takes back, wait a week, then delete
#       it.
#     okta: >-
#       Move the last callers to the newer secret, deactivate this one, wait a week, then delete it: the next rotation
#       needs its place.
#     snowflake: >-
#       Move the last callers to the newer key, then unset the old one (`UNSET RSA_PUBLIC_KEY`), which can be set again.
#   examples:
#     fail:
#       provider: aws
#       kind: aws/access-key
#       facts: { siblings: { active: 2, overlap: 1209601, issued: [1209601, 2592000] } }
#     pass:
#       provider: aws
#       kind: aws/access-key
#       facts: { siblings: { active: 2, overlap: 1209600, issued: [1209600, 2592000] } }
package tokenward.rotation.rotation_overlap_too_long

import rego.v1

import data.tokenward.lib.params

fail contains {"overlap": input.facts.siblings.overlap, "max_overlap": limit} if {
	limit := params.of("rotation-overlap-too-long").max_overlap
	input.facts.siblings.overlap > limit
}
