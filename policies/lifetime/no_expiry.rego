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
#   remediation:
#     any: >-
#       Issue a replacement with an expiry date, move its callers over, then revoke this token. Where the provider can
#       force an expiry on new tokens, switch that on.
#     aws: >-
#       An access key cannot expire: let the workload assume a role, whose sessions end within 12 hours, then delete the
#       key. A long-term Bedrock or CloudWatch Logs key ends when it is made with `CredentialAgeDays`.
#     datadog: >-
#       API and application keys cannot expire: use an access token of a service account with an expiry instead.
#     gcp: >-
#       Let the workload federate and delete the key; where a key has to be, make it under the organisation policy
#       `constraints/iam.serviceAccountKeyExpiryHours`.
#     github: >-
#       Issue a fine-grained token with an expiry, and forbid tokens without one in the organisation's policies. A
#       deploy key cannot expire: use an app's installation token, which ends after one hour.
#     gitlab: >-
#       Rotate it with an `expires_at`. For service accounts, switch on that their tokens must expire; for a deploy
#       token, create another with an end and delete this one.
#     kubernetes: >-
#       Delete the Secret that holds the token, and mount a projected token or ask `TokenRequest`: both end after an
#       hour unless told otherwise.
#     npm: Delete it and publish by trusted publishing from CI; only read-only tokens can be without an end.
#     vault: Create it anew with a TTL; for an AppRole set `secret_id_ttl`, where 0 means never.
#   examples:
#     fail: { expires: null }
#     pass: { expires: 2030-03-02T00:00:00Z }
package tokenward.lifetime.no_expiry

import rego.v1

fail contains {"expires": null} if is_null(input.expires)
