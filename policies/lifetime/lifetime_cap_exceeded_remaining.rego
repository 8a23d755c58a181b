# METADATA
# title: Token will live longer than its kind may in all
# description: >-
#   Nobody knows when this token was issued, but what is left of its life is already more than a whole life may be.
#   Where the issue is known, lifetime-too-long judges the whole life instead.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: lifetime
#   needs: [expires]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params:
#     max_remaining:
#       type: duration
#       default: 90d
#       stricter: lower
#       register: [max_lifetime]
#       doc: longest time from now to a token's expiry
#   message: ends in {expires_in}; a whole life may be {max_remaining}
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
#       Add a secret whose `endDateTime` is within the limit, deploy it, then remove this one. An app management policy
#       with `passwordLifetime` holds new secrets to the limit; it leaves those that exist alone.
#     gcp: >-
#       Make another key under the organisation policy `constraints/iam.serviceAccountKeyExpiryHours`, deploy it, then
#       delete this one; better, let the workload federate.
#     github: >-
#       Have its owner issue another one that ends within the limit. A maximum lifetime in the organisation's policies
#       keeps longer ones out.
#     gitlab: >-
#       Rotate it with an `expires_at` within the limit; left out, the new one ends after a week. A deploy token cannot
#       be rotated: create another and delete this one.
#     npm: Create another with fewer days and delete this one; better, publish by trusted publishing from CI.
#     snowflake: >-
#       Rotate it, and set `MAX_EXPIRY_IN_DAYS` in the authentication policy's `PAT_POLICY`, so that new ones end in
#       time.
#     vault: >-
#       Issue another with an `explicit_max_ttl`, move the callers over, then revoke this one by its accessor; for an
#       AppRole set `secret_id_ttl`.
#   examples:
#     fail: { expires: 2031-01-02T00:00:01Z, unknown: { created: not-exposed } }
#     pass: { expires: 2031-01-02T00:00:00Z, unknown: { created: not-exposed } }
package tokenward.lifetime.lifetime_cap_exceeded_remaining

import rego.v1

import data.tokenward.lib.params

fail contains {"expires_in": input.facts.expires_in, "max_remaining": limit} if {
	not input.facts.lifetime
	limit := params.within(params.of("lifetime-cap-exceeded-remaining").max_remaining, ["max_lifetime"])
	input.facts.expires_in > limit
}
