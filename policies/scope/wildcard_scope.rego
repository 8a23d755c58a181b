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
#   remediation: >-
#     List what the token's callers really call, issue a replacement with only those permissions, move the callers
#     over, then revoke this token.
package tokenward.scope.wildcard_scope

import rego.v1

import data.tokenward.lib.scope

fail contains {"scopes": sort(_wildcards)} if count(_wildcards) > 0

_wildcards contains grant.scope if {
	some grant in input.grants
	scope.is_wildcard(grant.scope)
}
