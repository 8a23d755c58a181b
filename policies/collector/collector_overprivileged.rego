# METADATA
# title: tokenward's own credential may do more than read what it judges
# description: >-
#   What collects the metadata of every token is worth stealing, and needs to read and nothing else. Scopes that write
#   are accepted where the provider has none that only reads, and the provider's module says so.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: collector
#   needs: [grants]
#   applies_to:
#     statuses: [active]
#     given: [collector]
#   params: {}
#   evidence: { scopes: list }
#   message: "collects for tokenward and may do more than that takes: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct }
#   remediation:
#     any: >-
#       Issue a credential with only the rights that the provider's page names, put it in place of this one, then revoke
#       this one.
#     aws: >-
#       Collect with a role that the job assumes by OIDC or as its instance, under the managed policy `SecurityAudit` or
#       the list on the provider's page; never with an access key.
#     cloudflare: >-
#       Make an account-owned token with `Account API Tokens Read` alone, and for user tokens another with `API Tokens
#       Read`; then delete this one.
#     datadog: >-
#       Use a service access token with `org_app_keys_read`. Leave `api_keys_read` off unless API keys have to be
#       judged: it reads their values as well.
#     entra: >-
#       Leave the read permissions that the provider's page names on the app, and remove its other app role assignments.
#       Let the app sign in by federation or a certificate, not by a secret.
#     gcp: >-
#       Grant `roles/iam.securityAuditor` and `roles/policyanalyzer.activityAnalysisViewer` to an attached or federated
#       account. Leave `roles/viewer` and `roles/editor` off: they read the values of API keys.
#     github: >-
#       Collect as the organisation's own app with read permissions alone, and uninstall what it replaces. Only
#       uploading SARIF takes `security_events: write`: leave that to another credential.
#     gitlab: >-
#       Use a group access token or a service account with `read_api` alone. The role has to stay as high as it is, so
#       the scope is what limits it; leave the variables' endpoints uncalled.
#     kubernetes: >-
#       Bind a ClusterRole that lists service accounts, pods, namespaces, roles and bindings. Leave `list` on Secrets
#       out unless their dates have to be judged: it reads the values too.
#     okta: >-
#       Collect as a service app with the `.read` scopes that the provider's page names and the lowest admin role
#       that will do; an SSWS token has all the roles of its owner.
#     vault: >-
#       Narrow the collector's policy to `list`, `read` and `update` on the paths that the provider's page names, with
#       `sudo` on `auth/token/accessors` alone and nothing that revokes.
#   examples:
#     fail: { collector: { extra: [members:read], least: [contents:read] } }
#     pass: { collector: { extra: [], least: [contents:read] } }
package tokenward.collector.collector_overprivileged

import rego.v1

fail contains {"scopes": sort(_more)} if {
	input.collector
	count(_more) > 0
}

_more contains scope if some scope in input.collector.extra

_more contains grant.scope if {
	some grant in input.grants
	grant.access in {"write", "admin"}
	not grant.scope in _least
}

_least contains scope if some scope in input.collector.least
