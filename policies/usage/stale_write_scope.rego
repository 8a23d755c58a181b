# METADATA
# title: Token may write but only reads
# description: >-
#   What a token may do and never does helps nobody but a thief. Judged are tokens whose use is watched, once it has
#   been watched for long enough to include rare jobs.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: usage
#   needs: [grants, usage]
#   applies_to:
#     given: [usage]
#     statuses: [active]
#   params:
#     min_watched:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: how long use must have been watched
#   evidence: { scopes: list }
#   message: "only read in {watched}, but may write: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": supporting, "7.2.5.1": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.5.18: supporting }
#   remediation:
#     any: Issue a replacement that only reads, move the callers over, then revoke this token.
#     aws: >-
#       Replace the policies by ones that only read, and let the last-accessed data tell which services; a permissions
#       boundary caps the rest at once. Its lag is hours, and it counts refused attempts too.
#     cloudflare: >-
#       Replace the permission groups by their `Read` ones (`PUT …/tokens/{id}`): the token's value stays the same.
#     datadog: >-
#       Cut the application key's `scopes` to those that read (`PATCH …/application_keys/{id}`): its value stays the
#       same.
#     entra: >-
#       Grant the `.Read` permission, then remove the app role assignment that writes; a delegated grant is cut by its
#       `scope`.
#     gcp: >-
#       Replace the account's role by a viewer's in the resource's IAM policy; the recommender lists which permissions
#       went unused.
#     github: >-
#       Issue a token with the same permissions at `read`, move the callers over, then revoke this one. A deploy key
#       cannot be edited: add another with `read_only`, then delete this one.
#     gitlab: >-
#       Issue one with `read_api`, `read_repository` or `read_registry` and the Reporter role, move the callers over,
#       then revoke this one.
#     grafana: >-
#       Set the service account's role to `Viewer`, or narrow the access policy's scopes: the tokens' values stay the
#       same.
#     kubernetes: >-
#       Cut the role to `get`, `list` and `watch`; the token stays the same. Leave Secrets out: to read them is to have
#       what is in them.
#     okta: Grant the `.read` scope to the app, then revoke the `.manage` one.
#     sendgrid: >-
#       Cut the key's `scopes` to those that read (`PUT /v3/api_keys/{id}`): its value stays the same.
#     vault: >-
#       Narrow the policy to `read` and `list`, which concerns all its holders, or issue another token and revoke this
#       one.
#   examples:
#     fail:
#       created: 2029-06-01T00:00:00Z
#       usage: { access: read, since: 2029-10-03T00:00:00Z }
#       grants: [{ family: app, scope: issues:write, access: write, resource: acme/reports }]
#     pass:
#       created: 2029-06-01T00:00:00Z
#       usage: { access: read, since: 2029-10-03T00:00:01Z }
#       grants: [{ family: app, scope: issues:write, access: write, resource: acme/reports }]
package tokenward.usage.stale_write_scope

import rego.v1

import data.tokenward.lib.params

fail contains {"scopes": sort(_writing), "watched": input.facts.watched, "min_watched": least} if {
	input.usage.access == "read"
	least := params.of("stale-write-scope").min_watched
	input.facts.watched >= least
	count(_writing) > 0
}

_writing contains grant.scope if {
	some grant in input.grants
	grant.access in {"write", "admin"}
}
