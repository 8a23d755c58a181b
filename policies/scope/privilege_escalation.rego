# METADATA
# title: Token can raise its own rights or make more tokens
# description: >-
#   What such a token may do today is not its limit: its holder adds rights or members, acts as somebody else, changes
#   what a pipeline runs with the pipeline's secrets, or makes a token that outlives this one. Scopes that do so only
#   together, such as `iam:PassRole` beside starting something that runs, count where both are held.
#   Each scope is reported once: a wildcard belongs to wildcard-scope, and one that administers and makes tokens, but
#   raises no rights, to admin-scope.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
#   - ref: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
#     description: Rhino Security Labs, ways to raise privileges in AWS
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#     description: Kubernetes, RBAC good practices
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: scope
#   needs: [grants]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   yields_to: [collector-overprivileged, root-key]
#   params: {}
#   evidence: { scopes: list }
#   message: "can raise its own rights or make more tokens: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct }
#     cis-gcp-5.0: { "1.7": direct }
#     cis-kubernetes-2.0.1: { "5.1.13": direct }
#   remediation:
#     any: >-
#       Take these scopes away, and let an identity that is watched and lives only as long as the task do what they were
#       for. Where that is the token's purpose, waive the finding with that reason and an owner.
#     aws: >-
#       Remove these actions from the user's policies, or cap them with a permissions boundary. Narrow `iam:PassRole` by
#       its `Resource` to the roles that the task hands on.
#     entra: >-
#       Remove these app role assignments. Where an app manages its own registration only,
#       `Application.ReadWrite.OwnedBy` does instead of `Application.ReadWrite.All`.
#     gcp: >-
#       Replace the role in the resource's IAM policy. Where the account has to impersonate another or make its keys,
#       grant that on that one account, not on the project.
#     github: >-
#       Replace it by a fine-grained token or an app without these permissions; an installation token can be cut to the
#       `permissions` of the task.
#     gitlab: >-
#       Issue one with `read_api` or a repository scope instead of `api`, and a role below Maintainer; leave `sudo` and
#       `admin_mode` to people.
#     kubernetes: >-
#       Take `bind`, `escalate` and `impersonate` and the right to create pods, Secrets and `serviceaccounts/token` out
#       of the role, or bind it in the namespaces in question alone.
#     okta: >-
#       Revoke these `.manage` grants and the client's admin role, or give the role a narrower target. An SSWS token has
#       the roles of its owner: replace it by a service app.
#     vault: >-
#       Take `sudo` and the paths under `sys/policies`, `sys/auth`, `identity` and `auth/token/create` out of the
#       policy, which concerns all its holders, or issue another token and revoke this one.
#   examples:
#     fail: { grants: [{ family: app, scope: members:write, access: write, resource: acme }] }
#     pass: { grants: [{ family: app, scope: members:read, access: read, resource: acme }] }
package tokenward.scope.privilege_escalation

import rego.v1

import data.tokenward.lib.scope

fail contains {"scopes": sort(_leading)} if count(_leading) > 0

_leading contains name if {
	some name in input.facts.escalating
	scope.raises(name)
}

_leading contains name if {
	some name in input.facts.minting
	scope.mints(name)
}
