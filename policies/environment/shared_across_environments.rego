# METADATA
# title: One secret stands in several environments
# description: >-
#   Whoever reads the secret in a test system has it for production too. Two records are the same secret where their
#   fingerprints are.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI8 Environment Isolation
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: environment
#   needs: []
#   applies_to:
#     statuses: [active, pending]
#     given: [facts.shared_with]
#   params: {}
#   evidence: { environments: list }
#   message: "stands in {environments}"
#   controls:
#     owasp-nhi-2025: { NHI8: direct }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.8.31: direct }
#   remediation:
#     any: >-
#       Issue one token for each environment, each with the rights it needs there, and then replace the shared one: it
#       has been seen where production's secrets should not be.
#     aws: >-
#       Store one secret in each environment's account, each with a credential of its own, and then replace the shared
#       one: it has been seen where production's secrets should not be.
#     github: >-
#       Store it as a secret of each environment instead of the repository or the organisation, each with a value of its
#       own, and then replace the shared one.
#   examples:
#     fail: { facts: { shared_with: { environments: [production, staging], tokens: 1 } } }
#     pass: { facts: { shared_with: { environments: [production], tokens: 1 } } }
package tokenward.environment.shared_across_environments

import rego.v1

fail contains {"environments": environments} if {
	environments := input.facts.shared_with.environments
	count(environments) > 1
}
