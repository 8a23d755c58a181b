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
#   remediation: >-
#     Issue a credential with only the rights that the provider's page names, put it in place of this one, then revoke
#     this one.
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
