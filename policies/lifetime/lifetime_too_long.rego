# METADATA
# title: Token is issued for too long
# description: >-
#   The time from issue to expiry is how long a leak stays useful if nobody notices it.
#   A token without an expiry has no lifetime and is judged by no-expiry instead. One that nobody knows the issue of is
#   left to lifetime-cap-exceeded-remaining where what is left of it is already too long.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: lifetime
#   needs: [created, expires]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   yields_to: [lifetime-cap-exceeded-remaining]
#   params:
#     max_lifetime:
#       type: duration
#       default: 90d
#       stricter: lower
#       register: [max_lifetime]
#       doc: longest time from a token's issue to its expiry
#   message: lives {lifetime} from issue to expiry; the limit is {max_lifetime}
#   controls:
#     owasp-nhi-2025: { NHI7: direct }
#     nist-800-53-r5: { IA-5(f): direct }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     soc2: { CC6.1: direct }
#     iso-27001-2022: { A.5.17: direct }
#     cis-m365-7.0: { "5.1.5.4": supporting, "5.1.5.6": supporting }
#   remediation:
#     any: >-
#       Issue a replacement that ends within the limit, move its callers over, then revoke this token. Where the
#       provider can cap the lifetime of new tokens, set that cap.
#     entra: >-
#       Replace the secret by one with a nearer `endDateTime`, and cap new ones with an app management policy
#       (`passwordLifetime`, `asymmetricKeyLifetime`); existing ones are not cut short by it.
#     gcp: >-
#       Replace the key, and cap new ones with the organisation policy `constraints/iam.serviceAccountKeyExpiryHours`.
#     github: >-
#       Issue a token with a nearer expiry, and lower the maximum lifetime under the organisation's policies for
#       personal access tokens: tokens beyond it are shut out of the organisation.
#     gitlab: Rotate it with a nearer `expires_at`; administrators can lower the longest lifetime below its 365 days.
#     kubernetes: >-
#       Ask `TokenRequest` for fewer `expirationSeconds` (600 at least), or cap all with
#       `--service-account-max-token-expiration`.
#     vault: >-
#       Lower the TTL of the role that it comes from, or tune the maximum of its mount below the system's 768 hours.
#   examples:
#     fail: { created: 2029-12-02T00:00:00Z, expires: 2030-12-03T00:00:01Z }
#     pass: { created: 2029-12-02T00:00:00Z, expires: 2030-12-03T00:00:00Z }
package tokenward.lifetime.lifetime_too_long

import rego.v1

import data.tokenward.lib.params

fail contains {"lifetime": input.facts.lifetime, "max_lifetime": limit} if {
	limit := params.within(params.of("lifetime-too-long").max_lifetime, ["max_lifetime"])
	input.facts.lifetime > limit
}
