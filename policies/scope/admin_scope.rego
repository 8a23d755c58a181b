# METADATA
# title: Token may administer
# description: >-
#   Administrative access changes, hands out and deletes what others depend on. It counts whether the record says so
#   or the provider's scope catalogue. Each grant is reported once: a wildcard belongs to wildcard-scope, a scope that
#   raises its holder's own rights to privilege-escalation, and one that only writes to all-resources. A token with a
#   wildcard and, beside it, an admin grant has two causes and two findings.
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
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   yields_to: [collector-overprivileged, root-key]
#   params: {}
#   evidence: { scopes: list }
#   message: "may administer: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct, A.5.15: supporting }
#     cis-aws-7.0: { "2.14": direct }
#     cis-github-1.2.0: { "1.4.3": supporting }
#     cis-oci-3.1: { "1.12": direct }
#   remediation:
#     any: >-
#       Take the administrative permissions away, or move the task to an identity that gets them only while it runs.
#       Where administration is the token's purpose, waive the finding with that reason and an owner.
#     aws: >-
#       Detach the administrator policies from the user; a permissions boundary caps what is left, whatever other
#       policies allow. Administer through a role that people assume.
#     entra: >-
#       Remove the app role assignment from the service principal and grant a narrower permission; delegated grants are
#       cut at `oauth2PermissionGrants`.
#     gcp: >-
#       Replace the role by a narrower one in the IAM policy of the resource, and let people who administer impersonate
#       the account for a while.
#     github: >-
#       Replace a classic token by a fine-grained one or an app: its installation token can be cut further with
#       `repositories` and `permissions`.
#     gitlab: >-
#       Replace it by a token with fewer scopes and a lower role: it may do what both allow, and without an
#       `access_level` a project's or group's token is Maintainer.
#     kubernetes: >-
#       Bind a Role in the namespaces in question instead of a ClusterRole, without `bind`, `escalate` and
#       `impersonate`.
#     vault: >-
#       A token's policies cannot be changed: narrow the policy itself, which concerns all its holders, or issue another
#       token and revoke this one.
#   examples:
#     fail: { grants: [{ family: app, scope: organization_projects:admin, access: admin, resource: acme }] }
#     pass: { grants: [{ family: app, scope: organization_projects:write, access: write, resource: acme }] }
package tokenward.scope.admin_scope

import rego.v1

import data.tokenward.lib.scope

fail contains {"scopes": sort(_admin)} if count(_admin) > 0

_admin contains grant.scope if {
	some grant in input.grants
	scope.access(grant) == "admin"
	not scope.is_wildcard(grant.scope)
	not scope.raises(grant.scope)
}
