# METADATA
# title: Owner in the register is gone
# description: >-
#   Who the register names as owner has left, or everybody of the team has: the entry promises somebody who answers, and
#   nobody does. Judged where a directory is configured; an owner that it does not name, or of whom it gives no state,
#   is unknown.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: register
#   needs: [facts.register_owner]
#   applies_to:
#     statuses: [active, pending]
#     given: [facts.register_owner]
#   params: {}
#   evidence: { owner: text, state: text }
#   message: "the register names {owner} as its owner, who is {state}"
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(b): supporting, IA-4(b): supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.9: direct, A.5.16: supporting }
#   remediation:
#     any: >-
#       Find who uses the token now, and write them into its entry. If nobody claims it, disable it, wait a week, then
#       revoke it and remove the entry. Hand over entries as part of how people leave.
#   examples:
#     fail: { facts: { register_owner: { name: mona, state: deleted, by: "people.csv:12" } } }
#     pass: { facts: { register_owner: { name: mona, state: active, by: "people.csv:12" } } }
package tokenward.register.register_owner_gone

import rego.v1

fail contains {"owner": input.facts.register_owner.name, "state": state} if {
	state := input.facts.register_owner.state
	state in {"suspended", "deleted"}
}
