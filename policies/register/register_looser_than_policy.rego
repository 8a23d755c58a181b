# METADATA
# title: Entry allows more time than the policies do
# description: >-
#   An entry may tighten the numbers of the policies for its tokens; one that allows more has no effect on them, and
#   somebody may believe that it has. Loosening takes a waiver, with a reason, an approver and an end.
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
#     statuses: [active]
#     given: [facts.register.by]
#   params: {}
#   evidence: { entry: text, looser: list }
#   message: "{entry} allows {looser}"
#   controls:
#     nist-800-53-r5: { IA-5(f): supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.17: supporting }
#   remediation:
#     any: >-
#       Lower the number of the entry to that of the policy; where the token needs more, have a waiver of that policy
#       approved.
#   examples:
#     fail:
#       facts:
#         register:
#           { registered: true, by: "tokens.yaml:3", looser: ["rotate_every 400d (too-old: 90d)"] }
#     pass: { facts: { register: { registered: true, by: "tokens.yaml:3", rotate_every: 86400 } } }
package tokenward.register.register_looser_than_policy

import rego.v1

fail contains {"entry": input.facts.register.by, "looser": input.facts.register.looser} if {
	count(input.facts.register.looser) > 0
}
