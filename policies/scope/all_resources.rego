# METADATA
# title: Token may write to every resource of the account
# description: >-
#   A token that writes to everything turns one leaked secret into a loss of all of it, also of what is created later.
#   It counts as writing whether the record says so or the provider's scope catalogue. Reported are plain write
#   permissions: a wildcard belongs to wildcard-scope, administrative access to admin-scope, one that leads to more
#   rights or more tokens to privilege-escalation, and those of an app's installation to third-party-app-broad. Their
#   severity rises with the token's reach as well, so that one grant never gives two findings.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: scope
#   needs: [grants, reach]
#   applies_to:
#     except_kinds: [github/workflow-token, github/app-installation, github/app-user-token, github/oauth-token]
#     statuses: [active, pending]
#   yields_to: [collector-overprivileged, root-key]
#   params: {}
#   evidence: { scopes: list }
#   message: "may write to every resource of its account: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.3: direct }
#     cis-github-1.2.0: { "1.4.3": supporting }
#   aliases: [broad-reach-write]
#   remediation:
#     any: Select the resources that the token's callers work on, or issue one token for each group of resources.
#     aws: Name ARNs under `Resource` in the policies of the user, or move the task to a role that has them.
#     cloudflare: Edit the token's policies to name the zones or accounts; its value stays as it is.
#     github: Give the token, or the app's installation, selected repositories instead of all.
#     gitlab: Replace a personal token by one of the project or group that its callers work on.
#     kubernetes: Bind a Role in each namespace instead of a ClusterRole in all of them.
#   examples:
#     fail:
#       grants: [{ family: app, scope: contents:write, access: write, resource: "*" }]
#       reach: { selection: all }
#     pass:
#       grants: [{ family: app, scope: contents:write, access: write, resource: acme/reports }]
#       reach: { selection: single, count: 1 }
package tokenward.scope.all_resources

import rego.v1

import data.tokenward.lib.scope

fail contains {"scopes": sort(_writes)} if {
	input.reach.selection == "all"
	count(_writes) > 0
}

_writes contains grant.scope if {
	some grant in input.grants
	scope.access(grant) == "write"
	not scope.is_wildcard(grant.scope)
	not scope.raises(grant.scope)
	not scope.mints(grant.scope)
}
