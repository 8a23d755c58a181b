# METADATA
# title: Entries of the register contradict each other on a token
# description: >-
#   Two entries name the token equally exactly and say different things. The first counts, but whoever wrote the
#   other believes that theirs does.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: register
#   needs: []
#   applies_to:
#     statuses: [active, pending]
#     given: [facts.register.by]
#   params: {}
#   evidence: { entry: text, rivals: list }
#   message: "{entry} counts, but as exact and different: {rivals}"
#   controls:
#     nist-800-53-r5: { "AC-2(a)": supporting }
#     iso-27001-2022: { A.5.9: supporting }
#   remediation:
#     any: >-
#       Agree on one entry and remove the others, or write one with the token's id, which comes before every pattern.
#   examples:
#     fail:
#       facts: { register: { registered: true, by: "tokens.yaml:3", rivals: ["tokens.yaml:9"] } }
#     pass: { facts: { register: { registered: true, by: "tokens.yaml:3", owner: a } } }
package tokenward.register.register_conflict

import rego.v1

fail contains {"entry": input.facts.register.by, "rivals": input.facts.register.rivals} if {
	count(input.facts.register.rivals) > 0
}
