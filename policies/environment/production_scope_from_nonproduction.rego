# METADATA
# title: Token of another environment reaches production
# description: >-
#   Test systems are easier to break into than production, and often hold copies of their tokens in the open. A token
#   that belongs to one of them, yet names production's resources in its grants, takes whoever gets in there along. A
#   name counts as production's if one of its parts is one of the words; a part ends at `/ - _ . : @` or a space.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI8 Environment Isolation
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: environment
#   needs: [environment, grants]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   params:
#     production:
#       type: list
#       default: [production, prod, prd, live]
#       doc: words for production, in the names of environments and of resources, in small letters
#   evidence: { environment: text, resources: list }
#   message: "belongs to {environment}, but reaches production: {resources}"
#   controls:
#     owasp-nhi-2025: { NHI8: direct }
#     soc2: { CC6.1: supporting }
#     iso-27001-2022: { A.8.31: direct }
#   remediation:
#     any: >-
#       Issue a token of its own for each environment, and take production's resources away from this one. If the token
#       does belong to production, correct its environment.
#     aws: >-
#       Keep each environment in an account of its own, with a role there that trusts only this environment's callers;
#       take production's resources out of this user's policies.
#     cloudflare: >-
#       Take production's accounts and zones out of the token's `policies[].resources` (`PUT …/tokens/{id}`): its value
#       stays the same. Give production a token of its own.
#     gcp: Remove this account from the IAM policies of production's projects, and make one there for production.
#     github: >-
#       Take production's repositories out of the token's selection, and keep production's credentials as secrets of an
#       environment that asks for reviewers.
#     kubernetes: >-
#       Remove the binding in production's namespaces, and create a service account there for what production needs.
#   examples:
#     fail:
#       environment: staging
#       grants: [{ family: app, scope: contents:read, access: read, resource: acme/prod-billing }]
#     pass:
#       environment: staging
#       grants: [{ family: app, scope: contents:read, access: read, resource: acme/product-catalogue }]
package tokenward.environment.production_scope_from_nonproduction

import rego.v1

import data.tokenward.lib.params

fail contains {"environment": input.environment, "resources": sort(_resources)} if {
	is_string(input.environment)
	not _is_production(input.environment)
	count(_resources) > 0
}

_resources contains grant.resource if {
	some grant in input.grants
	_is_production(grant.resource)
}

_is_production(name) if {
	some part in _parts(name)
	part in params.of("production-scope-from-nonproduction").production
}

_parts(name) := {part |
	some by_slash in split(lower(name), "/")
	some by_dash in split(by_slash, "-")
	some by_underscore in split(by_dash, "_")
	some by_dot in split(by_underscore, ".")
	some by_colon in split(by_dot, ":")
	some by_at in split(by_colon, "@")
	some part in split(by_at, " ")
}
