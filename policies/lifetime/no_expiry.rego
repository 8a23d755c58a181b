# METADATA
# title: Token never expires
# description: >-
#   A token without an end works until somebody remembers it, and a stolen one works for just as long.
#   Sentinels that mean "never" (-1, the year 2099) count as no expiry.
#   A token that does end is judged by lifetime-too-long instead.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: lifetime
#   needs: [expires]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params: {}
#   evidence: { expires: instant }
#   message: never expires
#   controls:
#     owasp-nhi-2025: { NHI7: direct }
#     nist-800-53-r5: { IA-5(f): direct }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     soc2: { CC6.1: direct }
#     iso-27001-2022: { A.5.17: direct }
#     cis-m365-7.0: { "5.1.5.4": supporting }
#     cis-azure-6.0: { "2.1.6": supporting }
#   remediation: >-
#     Issue a replacement with an expiry date, move its callers over, then revoke this token.
#     Where the provider can force an expiry on new tokens, switch that on.
package tokenward.lifetime.no_expiry

import rego.v1

fail contains {"expires": null} if is_null(input.expires)
