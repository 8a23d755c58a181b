# METADATA
# title: Entry of the register was not confirmed in time
# description: >-
#   An entry was right when it was written. Past its day for a review nobody has said that it still is. The whole
#   last day counts, in UTC.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: register
#   needs: []
#   applies_to:
#     kinds: [register/entry]
#     given: [facts.register.by]
#   params: {}
#   evidence: { entry: text, owner: text, review_overdue: duration }
#   message: "its review is {review_overdue} overdue; {owner} answers for it"
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     pci-dss-4.0.1: { "7.2.5.1": direct, "7.2.4": supporting }
#     soc2: { CC6.2: direct, CC6.3: direct }
#     iso-27001-2022: { A.5.18: direct }
#   remediation:
#     any: >-
#       Ask its owner whether the token is needed with these rights; correct the entry, and set the next day under
#       `review_by`.
#   examples:
#     fail:
#       kind: register/entry
#       facts: { register: { registered: true, by: "tokens.yaml:3", owner: a, tokens: 1, review_overdue: 1 } }
#     pass:
#       kind: register/entry
#       facts: { register: { registered: true, by: "tokens.yaml:3", owner: a, tokens: 1 } }
package tokenward.register.register_review_overdue

import rego.v1

fail contains {"entry": record.by, "owner": record.owner, "review_overdue": record.review_overdue} if {
	record := input.facts.register
	record.review_overdue > 0
}
