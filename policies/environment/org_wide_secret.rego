# METADATA
# title: Stored secret is open to every repository
# description: >-
#   A secret of the organisation that all repositories may read is read by the workflow of whichever is the weakest.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
#   - ref: https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
#     description: GitHub, Using secrets in GitHub Actions
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: environment
#   needs: [reach]
#   applies_to:
#     kinds: [github/actions-secret, github/agents-secret, github/codespaces-secret, github/dependabot-secret]
#     statuses: [active]
#   params: {}
#   evidence: { selection: text }
#   message: "{selection} repositories of the organisation may read it"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.3: direct }
#   remediation: Select the repositories that use the secret, or store it in their environments.
#   examples:
#     fail: { kind: github/actions-secret, reach: { selection: all, count: 40 } }
#     pass: { kind: github/actions-secret, reach: { selection: selected, count: 3 } }
package tokenward.environment.org_wide_secret

import rego.v1

fail contains {"selection": input.reach.selection} if input.reach.selection == "all"
