# METADATA
# title: Token holds a wildcard permission
# description: >-
#   A wildcard (`*`, `s3:*`, `write-all`, no scope set at all) allows what nobody has thought of, including what the
#   provider adds next year, whether it writes or only reads. Each grant is reported once: by wildcard-scope if its
#   scope is a wildcard, else by privilege-escalation if it raises its holder's rights, else by admin-scope if it
#   administers, else by privilege-escalation if it makes more tokens, else by all-resources or third-party-app-broad
#   if it writes to every resource.
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
#   message: "holds wildcard permissions: {scopes}"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct, A.5.15: supporting }
#     cis-aws-7.0: { "2.14": direct }
#     cis-oci-3.1: { "1.12": direct }
#   remediation:
#     any: >-
#       List what the token's callers really call, issue a replacement with only those permissions, move the callers
#       over, then revoke this token.
#     aws: >-
#       Replace `*` in the policies by the actions that CloudTrail shows in use; a permissions boundary caps what is
#       left until then.
#     cloudflare: >-
#       The global API key cannot be narrowed: issue an API token with the permissions in use, then change the key in
#       the dashboard.
#     datadog: >-
#       Give the application key scopes (`PATCH /application_keys/{id}`): its value stays as it is.
#     gcp: >-
#       Restrict an API key to the APIs in use (`restrictions.apiTargets`); replace a service account's basic roles by
#       the ones it needs.
#     kubernetes: Replace `*` under `verbs` and `resources` of its roles by what its workload uses.
#     vault: >-
#       A token's policies cannot be changed: narrow the paths of the policy itself, which concerns all its holders, or
#       issue another token and revoke this one.
#   examples:
#     fail:
#       provider: aws
#       kind: aws/access-key
#       grants: [{ family: action, scope: "s3:*", access: write, resource: "*" }]
#     pass:
#       provider: aws
#       kind: aws/access-key
#       grants: [{ family: action, scope: "s3:GetObject", access: read, resource: "arn:aws:s3:::reports/*" }]
package tokenward.scope.wildcard_scope

import rego.v1

import data.tokenward.lib.scope

fail contains {"scopes": sort(_wildcards)} if count(_wildcards) > 0

_wildcards contains grant.scope if {
	some grant in input.grants
	scope.is_wildcard(grant.scope)
}
