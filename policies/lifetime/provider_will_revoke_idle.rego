# METADATA
# title: Provider will soon end the token because nothing uses it
# description: >-
#   Some providers end a token that nothing has used for long enough, and a rare job then fails on the day it runs.
#   This is the notice ahead; idle and never-used leave such a token to it. A token past its provider's limit is not
#   about to end, and is left to them again.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: lifetime
#   needs: [created, last_used]
#   applies_to:
#     kinds:
#       - buildkite/api-token
#       - databricks/pat
#       - github/classic-pat
#       - github/fine-grained-pat
#       - github/oauth-token
#       - kubernetes/legacy-sa-token
#       - okta/ssws
#     statuses: [active]
#   params:
#     limit:
#       type: duration
#       default: 365d
#       stricter: lower
#       fixed: true
#       doc: after how long without use the provider ends a token
#     notice:
#       type: duration
#       default: 14d
#       stricter: higher
#       doc: how long before that a token is reported
#   evidence: { unused: duration }
#   message: unused for {unused}; its provider ends it after {limit}, reported from {notice} before
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     nist-800-53-r5: { AC-2(3)(d): supporting }
#     pci-dss-4.0.1: { "8.2.6": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.18: supporting }
#   remediation:
#     any: >-
#       Ask its owner whether a rare job still needs the token. If so, replace it by one that the job is issued when it
#       runs, or have it used within the provider's limit. If not, revoke it now.
#     buildkite: >-
#       Ask its owner whether a rare job still needs it. If so, look at the organisation's limit for inactive tokens
#       (`revokeInactiveTokensAfter`) and have it used within; if not, revoke it now.
#     databricks: >-
#       Move a rare job to OAuth, whose tokens are issued when the job runs; federation needs no secret at all. If
#       nothing needs the token, revoke it now.
#     github: >-
#       Move a rare job to an app: its installation lasts, and each run is issued a token for one hour. If nothing needs
#       the token, revoke it now.
#     kubernetes: >-
#       Let the workload mount a projected token, then delete the Secret. One that the cluster has marked invalid works
#       again once the label `kubernetes.io/legacy-token-invalid-since` is removed.
#     okta: >-
#       Move a rare job to a service app, whose keys do not end without use. Only the console makes another token.
#   examples:
#     fail: { created: 2028-06-01T00:00:00Z, last_used: 2029-01-15T00:00:00Z }
#     pass: { created: 2028-06-01T00:00:00Z, last_used: 2029-01-15T00:00:01Z }
package tokenward.lifetime.provider_will_revoke_idle

import rego.v1

import data.tokenward.lib.params

fail contains {"unused": unused, "limit": limit, "notice": notice} if {
	some unused in _unused
	limit := params.of("provider-will-revoke-idle").limit
	notice := params.of("provider-will-revoke-idle").notice
	unused >= limit - notice
	unused < limit
}

_unused contains input.facts.idle

# A provider counts from the issue where there was no use.
_unused contains input.facts.age if is_null(input.last_used)
