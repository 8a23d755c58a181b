# METADATA
# title: Token may be used from any address
# description: >-
#   Tokens of this kind can be bound to the addresses that their callers have. Without that, one that leaks works for
#   whoever finds it, wherever he is. A block that holds every address binds nothing.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI4 Insecure Authentication
#   - ref: https://developers.cloudflare.com/fundamentals/api/how-to/restrict-tokens/
#     description: Cloudflare, restricting tokens to addresses
#   - ref: https://docs.npmjs.com/about-access-tokens
#     description: npm, allowed IP ranges of granular access tokens
#   - ref: https://docs.stripe.com/keys
#     description: Stripe, IP restrictions of secret and restricted keys
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: scope
#   needs: [network]
#   applies_to:
#     kinds:
#       - buildkite/agent-token
#       - cloudflare/account-token
#       - cloudflare/user-token
#       - gcp/api-key
#       - npm/granular
#       - okta/ssws
#       - stripe/restricted-key
#       - stripe/secret-key
#       - vault/approle-secret-id
#       - vault/token-orphan
#       - vault/token-periodic
#       - vault/token-service
#     statuses: [active, pending]
#   params: {}
#   evidence: { open: list }
#   message: "may be used from any address: {open}"
#   controls:
#     owasp-nhi-2025: { NHI4: supporting, NHI5: supporting }
#     nist-800-53-r5: { AC-3: supporting }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.6: supporting }
#     iso-27001-2022: { A.8.3: direct }
#     cis-gcp-5.0: { "1.14": supporting, "1.15": supporting }
#   remediation:
#     any: >-
#       Bind the token to the addresses of its callers. Where these have none of their own, let them go out through a
#       fixed address, or use a token that lives only as long as its task.
#     buildkite: Set the allowed addresses of the agent token to those that the agents leave by.
#     cloudflare: >-
#       Set `condition.request_ip.in` on the token (`PUT …/tokens/{id}`): its value stays the same.
#     gcp: >-
#       Set `restrictions.serverKeyRestrictions.allowedIps` on the key, and `apiTargets` while you are there; its value
#       stays the same.
#     npm: >-
#       Create another token with its CIDR ranges and delete this one; in CI, publish by trusted publishing, which needs
#       no token.
#     okta: >-
#       Set the token's `network` to the zones of its callers (`PUT /api/v1/api-tokens/{id}`): its value stays the same.
#     vault: >-
#       Issue another token with `bound_cidrs` and revoke this one. For an AppRole set `secret_id_bound_cidrs` and
#       `token_bound_cidrs` on the role, so that no secret id is made without.
#   examples:
#     fail: { provider: npm, kind: npm/granular, network: null }
#     pass: { provider: npm, kind: npm/granular, network: [198.51.100.7/32] }
package tokenward.scope.no_network_restriction

import rego.v1

fail contains {"open": sort(_open)} if count(_open) > 0

_open contains "no restriction" if is_null(input.network)

_open contains block if {
	some block in input.network
	endswith(block, "/0")
}
