# METADATA
# title: Token may do more than its entry says
# description: >-
#   The entry is what the owner has asked for and others have agreed to; whatever the token may do beyond it was
#   never agreed to. Held against the entry are scopes, resources, networks and the environment, as far as the entry
#   names them. An access whose extent nobody knows is within an entry only if the entry names its scope or allows
#   admin.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: register
#   needs: [facts.register]
#   applies_to:
#     statuses: [active, pending]
#     given: [facts.register.by]
#   params: {}
#   evidence: { entry: text, beyond: list }
#   message: "beyond {entry}: {beyond}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct }
#   remediation:
#     any: >-
#       Take away what the entry does not name; or, where it is needed, have the entry changed and reviewed like
#       code.
#   examples:
#     fail:
#       facts:
#         register: { registered: true, by: "tokens.yaml:3", beyond: [contents:write on acme/reports] }
#     pass: { facts: { register: { registered: true, by: "tokens.yaml:3", owner: a } } }
package tokenward.register.exceeds_register

import rego.v1

fail contains {"entry": input.facts.register.by, "beyond": input.facts.register.beyond} if {
	count(input.facts.register.beyond) > 0
}
