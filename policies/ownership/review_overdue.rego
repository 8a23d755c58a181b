# METADATA
# title: Token was not reviewed in time
# description: >-
#   Rights that were right once are kept until somebody looks again. Counted is the time since the last review, or
#   since the issue if there was none; judged are tokens of sources that keep reviews.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: ownership
#   needs: [reviewed, created]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#     given: [reviewed]
#   params:
#     interval:
#       type: duration
#       default: 180d
#       stricter: lower
#       doc: longest time between two reviews
#   evidence: { unreviewed: duration }
#   message: not reviewed for {unreviewed}; the limit is {interval}
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     pci-dss-4.0.1: { "7.2.5.1": direct, "7.2.4": supporting }
#     soc2: { CC6.2: direct, CC6.3: direct }
#     iso-27001-2022: { A.5.18: direct }
#     cis-github-1.2.0: { "1.4.2": supporting }
#   remediation: >-
#     Ask its owner what the token is for and what it needs; take away the rest, or the token, and record the review.
#   examples:
#     fail: { reviewed: 2029-07-04T23:59:59Z }
#     pass: { reviewed: 2029-07-05T00:00:00Z }
package tokenward.ownership.review_overdue

import rego.v1

import data.tokenward.lib.params

fail contains {"unreviewed": unreviewed, "interval": limit} if {
	some unreviewed in _unreviewed
	limit := params.of("review-overdue").interval
	unreviewed > limit
}

_unreviewed contains input.facts.since_review

_unreviewed contains input.facts.age if is_null(input.reviewed)
