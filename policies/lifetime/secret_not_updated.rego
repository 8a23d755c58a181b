# METADATA
# title: Stored secret was not updated for too long
# description: >-
#   A secret store keeps whatever was put into it once; a value that nobody replaces outlives the people who copied
#   it. Counted is the time since the value was last replaced, or since it was stored if it never was. The kinds
#   judged here are left out by too-old and rotation-overdue.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI7 Long-Lived Secrets
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: lifetime
#   needs: [created, rotated]
#   applies_to:
#     kinds:
#       - aws/secrets-manager-secret
#       - github/actions-secret
#       - github/agents-secret
#       - github/codespaces-secret
#       - github/dependabot-secret
#       - github/environment-secret
#     statuses: [active]
#   params:
#     max_unchanged:
#       type: duration
#       default: 180d
#       stricter: lower
#       register: [rotate_every, max_lifetime]
#       doc: longest time since a stored value was replaced
#   evidence: { unchanged: duration }
#   message: not updated for {unchanged}; the limit is {max_unchanged}
#   controls:
#     owasp-nhi-2025: { NHI7: direct }
#     nist-800-53-r5: { IA-5(f): direct }
#     pci-dss-4.0.1: { "8.6.3": direct }
#     soc2: { CC6.1: direct }
#     iso-27001-2022: { A.5.17: direct }
#   remediation:
#     any: >-
#       Replace the credential at the system that issued it, then store the new value. Where that system trusts the
#       platform's own identity tokens, delete the secret and use them instead.
#     aws: >-
#       Create a new credential where it was issued, store it, deploy it, see it used, disable the old one, wait, then
#       delete that. Where the consumer runs on AWS, let it assume a role and delete the secret.
#     github: >-
#       Replace the credential where it was issued, then store the new value (`PUT …/secrets/{name}`). Where that system
#       trusts OIDC, give the job `id-token: write` and delete the secret.
#   examples:
#     fail: { kind: github/actions-secret, created: 2029-01-01T00:00:00Z, rotated: 2029-07-04T23:59:59Z }
#     pass: { kind: github/actions-secret, created: 2029-01-01T00:00:00Z, rotated: 2029-07-05T00:00:00Z }
package tokenward.lifetime.secret_not_updated

import rego.v1

import data.tokenward.lib.params

fail contains {"unchanged": unchanged, "max_unchanged": limit} if {
	some unchanged in _unchanged
	limit := params.within(params.of("secret-not-updated").max_unchanged, ["rotate_every", "max_lifetime"])
	unchanged > limit
}

_unchanged contains input.facts.since_rotation

_unchanged contains input.facts.age if is_null(input.rotated)
