# METADATA
# title: Token was never used
# description: >-
#   A token never used since it was issued serves nobody, and its secret may still lie where it was first copied to.
#   A new one gets a grace period, counted from its issue. One that was used before is judged by idle instead.
#   A provider that does not report use gives an unknown verdict, never this one.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: usage
#   needs: [created, last_used]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   yields_to: [provider-will-revoke-idle]
#   params:
#     grace:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: longest time from a token's issue to its first use
#   message: issued {age} ago and never used; the limit is {grace}
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(d): supporting }
#     pci-dss-4.0.1: { "8.2.6": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.18: supporting }
#     cis-aws-6.0: { "2.10": supporting }
#   remediation:
#     any: Revoke the token; if its owner still plans to use it, issue a new one on the day it is needed.
#     aws: Delete the key; a second key that lies unused also blocks the rotation of the first.
#     gcp: >-
#       Delete the key; the service account can get another on the day it is needed, or none where its workload can
#       federate.
#     github: >-
#       Revoke its access to the organisation, or delete the deploy key; another is made in a minute on the day it is
#       needed.
#   examples:
#     fail: { created: 2029-10-02T23:59:59Z, last_used: null }
#     pass: { created: 2029-10-03T00:00:00Z, last_used: null }
package tokenward.usage.never_used

import rego.v1

import data.tokenward.lib.params

fail contains {"age": input.facts.age, "grace": limit} if {
	is_null(input.last_used)
	limit := params.of("never-used").grace
	input.facts.age > limit
}
