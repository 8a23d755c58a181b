# METADATA
# title: Token is older than its kind may get
# description: >-
#   A token nobody renews keeps working long after its reason is forgotten.
#   Judged here is a token whose secret is still the one it was issued with; one whose secret was replaced since is
#   judged by rotation-overdue instead. Where nobody can say whether it was replaced, age alone earns no verdict.
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
#     except_kinds: [github/workflow-token]
#     statuses: [active]
#   params:
#     max_age:
#       type: duration
#       default: 90d
#       stricter: lower
#       register: [rotate_every, max_lifetime]
#       doc: longest time since a token was issued
#   message: issued {age} ago; the limit is {max_age}
#   controls:
#     owasp-nhi-2025: { NHI7: direct }
#     nist-800-53-r5: { IA-5(f): direct }
#     pci-dss-4.0.1: { "8.6.3": direct }
#     soc2: { CC6.1: direct }
#     iso-27001-2022: { A.5.17: direct }
#     cis-aws-7.0: { "2.12": direct }
#     cis-azure-6.0: { "9.3.1.2": direct }
#     cis-gcp-5.0: { "1.8": direct, "1.16": direct }
#     cis-oci-3.1: { "1.8": direct, "1.9": direct }
#   remediation:
#     any: >-
#       Issue a replacement, move its callers over, then revoke this token. Disabling it for a few days first shows who
#       still calls it.
#     anthropic: Create another key in the console, deploy it, then set this one to `inactive` and later to `archived`.
#     aws: >-
#       Create the user's second key, deploy it, wait until `GetAccessKeyLastUsed` shows that this one rests, set it
#       `Inactive`, and delete it after a quiet week. A user may have two keys only: a forgotten one blocks the
#       rotation.
#     cloudflare: >-
#       Rolling the token ends its old value at once; where callers cannot switch in the same moment, create a second
#       token, move them over, then delete this one.
#     entra: >-
#       Add another secret or certificate to the application, deploy it, wait until this one is no longer used, then
#       remove it; removal is final.
#     gcp: >-
#       Create another key or, better, let the workload federate; disable this key first, which can be taken back, and
#       delete it later.
#     github: >-
#       No API rotates a personal access token: its owner makes another, swaps it in and deletes this one; an app's
#       installation token or OIDC needs no rotation. A deploy key cannot be edited: add another key, then delete this
#       one.
#     gitlab: >-
#       Rotate it (`POST …/rotate` with `expires_at`), once and without blind retries: rotating a token that was rotated
#       already revokes the whole family. A deploy token cannot be rotated: create another, then delete this one.
#     kubernetes: Delete the Secret that holds the token, and mount a projected token or ask `TokenRequest` instead.
#     npm: Delete it and publish by trusted publishing from CI, or replace it by a granular token of 90 days at most.
#     okta: >-
#       No API makes API tokens: create another in the console, or move the caller to a service app with two keys, which
#       can overlap.
#     openai: >-
#       Create another key in the same project, deploy it, then delete this one; a service account's key goes only
#       together with the account.
#     vault: Create another token from its role, then revoke this one by its accessor; its children end with it.
#   examples:
#     fail: { created: 2028-12-30T23:59:59Z, rotated: null }
#     pass: { created: 2028-12-31T00:00:00Z, rotated: null }
package tokenward.lifetime.too_old

import rego.v1

import data.tokenward.lib.params

fail contains {"age": input.facts.age, "max_age": limit} if {
	is_null(input.rotated)
	limit := params.within(params.of("too-old").max_age, ["rotate_every", "max_lifetime"])
	input.facts.age > limit
}
