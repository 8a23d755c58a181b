# METADATA
# title: Token is of a kind that its provider has replaced
# description: >-
#   Kinds of token that came first have no scopes, no expiry or no owner, and their successors do. Which kinds these
#   are, and what takes their place, stands in the numbers by kind, each with its source.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI4 Insecure Authentication
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: kind
#   needs: []
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   params:
#     instead:
#       type: list
#       default: []
#       doc: what has replaced the kind; empty if nothing has
#   evidence: { kind: text }
#   message: "is of kind {kind}; use instead: {instead}"
#   controls:
#     owasp-nhi-2025: { NHI4: direct }
#     nist-800-53-r5: { IA-5: supporting }
#     pci-dss-4.0.1: { "8.6.3": supporting }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.8.5: direct }
#     cis-kubernetes-2.0.1: { "5.1.6": direct, "1.2.30": supporting }
#   remediation:
#     any: >-
#       Issue one of the named kinds with only the permissions that the callers need, move them over, then revoke this
#       token. Where the account can forbid the old kind, forbid it.
#     cloudflare: >-
#       Create an API token with the permission groups that the callers need, move them over, then change the user's
#       global key in the dashboard, which ends the old one.
#     github: >-
#       Issue a fine-grained token or install an app, move the callers over, then delete this token; and forbid classic
#       tokens in the organisation's policies.
#     gitlab: >-
#       Create each runner with an authentication token of its own, register it again, then switch registration tokens
#       off.
#     grafana: >-
#       Create a service account with the lowest role that will do and a token of it with `secondsToLive`, move the
#       callers over, then delete the API key.
#     kubernetes: >-
#       Mount a projected token, or ask `TokenRequest` for one, and delete the Secret. Set
#       `automountServiceAccountToken: false` where no token is needed.
#     openai: >-
#       Create a service account in the project and a key of it, move the callers over, then delete the user's key.
#     twilio: >-
#       Create a restricted API key, move the callers over, then create a secondary auth token and promote it, which
#       ends the old one.
#   examples:
#     fail: { kind: github/classic-pat }
#     pass: { kind: github/fine-grained-pat }
package tokenward.kind.legacy_kind

import rego.v1

import data.tokenward.lib.params

fail contains {"kind": input.kind, "instead": instead} if {
	instead := params.of("legacy-kind").instead
	count(instead) > 0
}
