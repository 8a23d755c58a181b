# METADATA
# title: Token holds a scope that nobody knows
# description: >-
#   Nobody can say what such a scope allows: the provider's scope catalogue does not list it or, where there is none,
#   the record does not tell its access. It may be new, misspelt, or a role of the company's own. Until it is known it
#   counts as risky, never as harmless. A wildcard is reported by wildcard-scope instead.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: scope
#   needs: [grants]
#   applies_to:
#     statuses: [active, pending]
#   params:
#     known:
#       type: list
#       default: []
#       doc: scopes that the company knows and accepts, in the provider's words
#   evidence: { scopes: list }
#   message: "nobody knows what these scopes allow: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: supporting }
#     nist-800-53-r5: { AC-6: supporting }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.8.2: supporting }
#   remediation:
#     any: >-
#       Read in the provider's documentation what the scope allows, and state its access in the record. For a role or
#       policy of the company's own list the permissions in it instead of its name. Once it is understood, add it to
#       `known`.
#     aws: >-
#       For a policy of the company's own list the actions in it instead of its name. Look an action up in AWS's service
#       authorization reference, and add it to `known` once it is understood.
#     cloudflare: >-
#       Look the permission group up by its id (`GET …/tokens/permission_groups`): names differ from those in the
#       documentation. State its access in the record, or add it to `known`.
#     datadog: >-
#       Look the permission up in the live list (`GET /api/v2/permissions`), state its access in the record, or add it
#       to `known`.
#     entra: >-
#       Look the permission up by its id among the `appRoles` of the service principal that offers it, state its access
#       in the record, or add it to `known`.
#     gcp: >-
#       For a custom role list the permissions in it (`gcloud iam roles describe`) instead of its name; add a permission
#       to `known` once it is understood.
#     vault: >-
#       Read the policy (`GET sys/policies/acl/{name}`), and state in the record the paths and capabilities in it
#       instead of its name.
#   examples:
#     fail: { grants: [{ family: app, scope: telepathy:read, access: read, resource: acme/reports }] }
#     pass: { grants: [{ family: app, scope: issues:read, access: read, resource: acme/reports }] }
package tokenward.scope.unknown_scope

import rego.v1

import data.tokenward.lib.params
import data.tokenward.lib.scope

fail contains {"scopes": sort(_unknown)} if count(_unknown) > 0

_unknown contains name if {
	some name in input.facts.unknown_scopes
	not scope.is_wildcard(name)
	not name in params.of("unknown-scope").known
}
