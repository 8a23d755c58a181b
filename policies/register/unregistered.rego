# METADATA
# title: Token is not in the register
# description: >-
#   What nobody has written down, nobody expects: it may be left over, forgotten or somebody's that should not be
#   there. An entry that still says TODO where a person has to decide counts as no entry yet. The tokens of workflow
#   jobs are written down in their workflow files already.
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
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#     given: [facts.register]
#   params: {}
#   evidence: { lacking: list }
#   message: "the register lacks: {lacking}"
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     nist-800-53-r5: { "AC-2(a)": supporting }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.5.9: direct }
#   remediation:
#     any: >-
#       Find out who needs it and what for, and write an entry with owner and purpose; or revoke the token.
#   examples:
#     fail: { facts: { register: { registered: false } } }
#     pass: { facts: { register: { registered: true, by: "tokens.yaml:3", owner: team-reporting, purpose: reports } } }
package tokenward.register.unregistered

import rego.v1

fail contains {"lacking": ["an entry"]} if input.facts.register.registered == false

fail contains {"lacking": input.facts.register.undecided} if count(input.facts.register.undecided) > 0
