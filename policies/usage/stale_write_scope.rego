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
#   remediation: Issue a replacement that only reads, move the callers over, then revoke this token.
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
