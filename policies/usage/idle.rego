# METADATA
# title: Token is no longer used
# description: >-
#   A token that nothing has used for so long is access without a reason: it can only be missed by an attacker.
#   One that was never used at all is judged by never-used instead.
#   Where a provider tells the last use only to the day or the hour, the shortest idle time that fits is what counts.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: usage
#   needs: [last_used]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   yields_to: [provider-will-revoke-idle]
#   params:
#     max_idle:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: longest time since a token was last used
#   message: last used {idle} ago; the limit is {max_idle}
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(d): direct }
#     pci-dss-4.0.1: { "8.2.6": supporting, "7.2.5.1": supporting }
#     soc2: { CC6.2: supporting, CC6.3: supporting }
#     iso-27001-2022: { A.5.18: direct }
#     cis-aws-7.0: { "2.11": direct }
#     cis-oci-3.1: { "1.16": direct }
#   remediation:
#     any: >-
#       Ask its owner whether anything still needs the token. If not, disable it, wait a week for complaints, then
#       revoke it. If it serves a rare job, waive the finding with that reason.
#     anthropic: Ask its owner; if nothing needs it, set it to `inactive`, wait a week, then archive it.
#     aws: >-
#       Ask its owner; if nothing needs it, set the key `Inactive`, which can be taken back, wait a week, then delete
#       it.
#     cloudflare: Ask its owner; if nothing needs it, set its status to `disabled`, wait a week, then delete it.
#     gcp: Ask its owner; if nothing needs it, disable the key, which can be taken back, wait a week, then delete it.
#     github: >-
#       Ask its owner; if nothing needs it, revoke its access to the organisation. GitHub itself removes personal access
#       tokens that were unused for one year.
#     gitlab: Ask its owner; if nothing needs it, revoke it. It cannot be disabled, so a mistake costs a new token.
#     kubernetes: >-
#       Delete the Secret that holds the token. Generated ones that were unused for a year are marked invalid by the
#       cluster itself, those made by hand never.
#     okta: >-
#       Ask its owner; if nothing needs it, revoke it. A token unused for 30 days ends by itself, but each use starts
#       these days anew.
#   examples:
#     fail: { created: 2029-06-01T00:00:00Z, last_used: 2029-10-02T23:59:59Z }
#     pass: { created: 2029-06-01T00:00:00Z, last_used: 2029-10-03T00:00:00Z }
package tokenward.usage.idle

import rego.v1

import data.tokenward.lib.params

fail contains {"idle": input.facts.idle, "max_idle": limit} if {
	limit := params.of("idle").max_idle
	input.facts.idle > limit
}
