# METADATA
# title: Token was replaced less often than required
# description: >-
#   Today's token may be young and the rotation still rare. Counted are the tokens that a principal was issued within
#   the window, where the oldest known one is from before it; a principal that is newer is not judged yet. It is told
#   once, of the newest token; one that was never replaced is left to too-old, one whose secret is replaced in place
#   to rotation-overdue.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: rotation
#   needs: [rotated]
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
#   yields_to: [too-old, rotation-overdue]
#   params:
#     window:
#       type: duration
#       default: 365d
#       stricter: lower
#       doc: how far back issues are counted
#     times:
#       type: integer
#       default: 4
#       stricter: higher
#       doc: fewest issues within the window
#   evidence: { issued: number }
#   message: "issued {issued} times within {window}; at least {times} are required"
#   controls:
#     owasp-nhi-2025: { NHI7: supporting }
#     nist-800-53-r5: { IA-5(f): supporting }
#     pci-dss-4.0.1: { "8.6.3": direct }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.17: supporting }
#   remediation:
#     any: Let a scheduled job rotate the token, and have somebody told when that job fails.
#     aws: >-
#       Schedule it: create the second key, store and deploy it, see it used (`GetAccessKeyLastUsed`), set the old one
#       `Inactive`, then delete it. A role needs no rotation at all.
#     entra: >-
#       Schedule it: add a credential, deploy it, wait until the old one is used no more, remove that. A federated
#       credential or a managed identity needs no rotation at all.
#     gcp: >-
#       Schedule it: make another key, deploy it, disable the old one, delete it a week later. Federation or an attached
#       account needs no rotation at all.
#     okta: >-
#       Schedule it: add the app's second secret, deploy it, deactivate and then delete the first. A key pair
#       (`private_key_jwt`) keeps the secret from travelling.
#     snowflake: >-
#       Schedule it: set the user's second public key, switch the callers, unset the first. Workload identity federation
#       needs no rotation at all.
#   examples:
#     fail:
#       provider: aws
#       kind: aws/access-key
#       facts: { siblings: { active: 1, issued: [2592000, 11232000, 31536000, 31622400] } }
#     pass:
#       provider: aws
#       kind: aws/access-key
#       facts: { siblings: { active: 1, issued: [2592000, 11232000, 20736000, 31536000, 31622400] } }
package tokenward.rotation.rotation_frequency

import rego.v1

import data.tokenward.lib.params

fail contains {"issued": issued, "window": window, "times": times} if {
	is_null(input.rotated)
	not input.facts.siblings.overlap
	window := params.of("rotation-frequency").window
	times := params.of("rotation-frequency").times
	count(input.facts.siblings.issued) > 1
	max(input.facts.siblings.issued) > window
	issued := count([age | some age in input.facts.siblings.issued; age <= window])
	issued < times
}
