# METADATA
# title: Entry of the register matches no token
# description: >-
#   The token is gone, renamed or read from elsewhere. An entry that is left behind would make a token of that name
#   look agreed to, whoever makes it. While something could not be read, nobody can say.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: register
#   needs: [facts.register]
#   applies_to:
#     kinds: [register/entry]
#     given: [facts.register.by]
#   params: {}
#   evidence: { entry: text, owner: text }
#   message: "no token matches it; {owner} answers for it"
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     nist-800-53-r5: { AC-2(f): supporting }
#     iso-27001-2022: { A.5.9: supporting, A.5.18: supporting }
#   remediation:
#     any: >-
#       Remove the entry, or correct the id or the pattern in it.
#   examples:
#     fail:
#       kind: register/entry
#       facts: { register: { registered: true, by: "tokens.yaml:3", owner: a, tokens: 0 } }
#     pass:
#       kind: register/entry
#       facts: { register: { registered: true, by: "tokens.yaml:3", owner: a, tokens: 1 } }
package tokenward.register.register_stale

import rego.v1

fail contains {"entry": input.facts.register.by, "owner": input.facts.register.owner} if {
	input.facts.register.tokens == 0
}
