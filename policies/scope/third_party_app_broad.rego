# METADATA
# title: App may write to every resource of the account
# description: >-
#   An app acts with what it was given whenever its maker, or whoever breaks in there, wants it to: its code and its
#   keys are out of sight. A record does not tell whose app it is: waive the company's own, with that reason. Reported
#   are plain write permissions, by the record or by the provider's scope catalogue: a wildcard belongs to
#   wildcard-scope, administrative access to admin-scope, and what leads to more rights or tokens to
#   privilege-escalation. Tokens of other kinds with the same reach belong to all-resources.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI3 Vulnerable Third-Party NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: scope
#   needs: [grants, reach]
#   applies_to:
#     kinds: [github/app-installation, github/app-user-token, github/oauth-token]
#     statuses: [active, pending]
#   params: {}
#   evidence: { scopes: list }
#   message: "may write to every resource of its account: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI3: direct, NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": supporting }
#     soc2: { CC6.3: supporting }
#     iso-27001-2022: { A.8.2: supporting }
#     cis-github-1.2.0: { "1.4.1": supporting, "1.4.3": direct }
#   remediation: >-
#     Select the resources that the app works on. If it asks for more than its task needs, ask its maker for less, or
#     replace it. Uninstall what nobody uses.
#   examples:
#     fail:
#       kind: github/app-installation
#       reach: { selection: all, count: 40 }
#       grants: [{ family: app, scope: issues:write, access: write, resource: acme }]
#     pass:
#       kind: github/app-installation
#       reach: { selection: selected, count: 3 }
#       grants: [{ family: app, scope: issues:write, access: write, resource: acme }]
package tokenward.scope.third_party_app_broad

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
