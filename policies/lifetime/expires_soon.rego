# METADATA
# title: Token expires soon
# description: >-
#   Whatever uses this token stops when it ends, and a replacement made in a hurry is rarely narrower.
#   A token whose whole life is no longer than the window is short-lived on purpose and is not reported.
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: lifetime
#   needs: [expires]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params:
#     within:
#       type: duration
#       default: 14d
#       stricter: higher
#       doc: how long before its expiry a token is reported
#   message: expires in {expires_in}; reported from {within} before the end
#   controls:
#     owasp-nhi-2025: { NHI7: supporting }
#     nist-800-53-r5: { IA-5(f): supporting }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     iso-27001-2022: { A.5.17: supporting }
#   remediation:
#     any: >-
#       Issue a replacement with the rights and the lifetime that its caller needs, move the caller over, then revoke
#       this token. If nothing calls it any more, revoke it now.
#     entra: >-
#       Add the next secret to the application with an `endDateTime` of your own (`addPassword` alone gives two years),
#       deploy it, and remove this one when it is no longer used.
#     github: >-
#       No API renews a personal access token: its owner makes the next one by hand and swaps it in. Better give the job
#       an app's installation token, which is fresh every hour.
#     gitlab: >-
#       Rotate it (`POST …/rotate`) and send `expires_at`, else the new token lives for one week. Tokens end at midnight
#       UTC.
#     vault: Renew it by its accessor while it is renewable; past its longest life create another from the same role.
#   examples:
#     fail: { created: 2029-08-01T00:00:00Z, expires: 2030-01-31T00:00:00Z }
#     pass: { created: 2029-08-01T00:00:00Z, expires: 2030-01-31T00:00:01Z }
package tokenward.lifetime.expires_soon

import rego.v1

import data.tokenward.lib.params

fail contains {"expires_in": input.facts.expires_in, "within": within} if {
	within := params.of("expires-soon").within
	input.facts.expires_in <= within
	input.facts.expires_in > 0
	not _lives_at_most(within)
}

# A rule of its own: `not a < b` would be undefined, not true, where `a` is absent.
_lives_at_most(length) if input.facts.lifetime <= length
