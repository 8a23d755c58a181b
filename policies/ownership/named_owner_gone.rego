# METADATA
# title: Owner of the token is gone
# description: >-
#   Who is named as owner has left, or everybody of the team has: nobody is there to ask before the token is revoked, or
#   to call when it leaks. Judged are tokens whose owner the configured directory knows. A person's own token is the
#   business of owner-suspended-or-deleted.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: ownership
#   needs: [owner]
#   applies_to:
#     statuses: [active, pending]
#     given: [facts.owner.state]
#   yields_to: [owner-suspended-or-deleted]
#   params: {}
#   evidence: { owner: text, state: text }
#   message: "is owned by {owner}, who is {state}"
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(b): supporting, IA-4(b): supporting }
#     pci-dss-4.0.1: { "7.2.5.1": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.16: supporting, A.5.9: supporting }
#   remediation:
#     any: >-
#       Find who uses the token now, and name them as its owner where the source keeps it. If nobody claims it, disable
#       it, wait a week, then revoke it. Hand over tokens as part of how people leave.
#   examples:
#     fail: { owner: mona, facts: { owner: { type: person, state: deleted, by: "people.csv:12" } } }
#     pass: { owner: mona, facts: { owner: { type: person, state: active, by: "people.csv:12" } } }
package tokenward.ownership.named_owner_gone

import rego.v1

fail contains {"owner": input.owner, "state": state} if {
	is_string(input.owner)
	state := input.facts.owner.state
	state in {"suspended", "deleted"}
}
