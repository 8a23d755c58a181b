# METADATA
# title: Disabled token was never deleted
# description: >-
#   To disable a token is the first step of taking it away, and whoever may enable it again has it back. Counted is
#   the time since its last use, or since its issue if it was never used: no provider tells when it was disabled.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: usage
#   needs: [status, created, last_used]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [disabled]
#   yields_to: [root-key]
#   params:
#     max_unused:
#       type: duration
#       default: 180d
#       stricter: lower
#       doc: longest time since a disabled token was last used
#   evidence: { unused: duration }
#   message: is disabled and unused for {unused}; the limit is {max_unused}
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(d): supporting }
#     pci-dss-4.0.1: { "8.2.6": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.18: supporting }
#   remediation:
#     any: Delete the token at its provider; if nobody missed it by now, nobody will.
#     anthropic: Archive the key; the API cannot delete it, the console can.
#     aws: >-
#       Delete the key: an inactive one still takes one of its user's two places, so it stands in the way of the next
#       rotation.
#     entra: >-
#       Remove the credential, which is final. Where the whole application is out of use, delete it as well: its service
#       principal is enabled again with one call.
#     gcp: >-
#       Delete the key; while it is disabled, one call enables it again. A deleted API key can be had back for 30 days.
#     okta: >-
#       Delete the inactive secret or key of the app: it may have two secrets, and the next rotation needs the place.
#     snowflake: Remove the token from its user (`ALTER USER … REMOVE PAT …`), or unset the public key.
#   examples:
#     fail: { status: disabled, created: 2029-01-01T00:00:00Z, last_used: 2029-07-04T23:59:59Z }
#     pass: { status: disabled, created: 2029-01-01T00:00:00Z, last_used: 2029-07-05T00:00:00Z }
package tokenward.usage.disabled_not_deleted

import rego.v1

import data.tokenward.lib.params

fail contains {"unused": unused, "max_unused": limit} if {
	input.facts.status == "disabled"
	some unused in _unused
	limit := params.of("disabled-not-deleted").max_unused
	unused > limit
}

_unused contains input.facts.idle

_unused contains input.facts.age if is_null(input.last_used)
