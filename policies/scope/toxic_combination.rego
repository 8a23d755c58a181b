# METADATA
# title: Token holds scopes that are dangerous together
# description: >-
#   Each scope may be right for its task, but one token that holds both can do what neither was meant for: read
#   secrets and change a workflow that carries them out, write code and report its checks as passed. A pair counts
#   where two different scopes make it up; one that is a wildcard or administers has been reported for that already.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: scope
#   needs: [grants]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   params: {}
#   evidence: { reasons: list, scopes: list }
#   message: "holds scopes that are dangerous together: {scopes} ({reasons})"
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct }
#   remediation:
#     any: >-
#       Issue one token for each task, so that no single leak gives both, and take the scopes of the other task away
#       here.
#     aws: >-
#       Make one role for each task, take the actions of the other task out of this user's policies, and let a
#       permissions boundary keep them out.
#     gcp: Make one service account for each task, and remove the other task's role from this one.
#     github: >-
#       Issue one fine-grained token for each task, or let an app ask for an installation token with only the
#       `permissions` of the task at hand.
#     kubernetes: >-
#       Make one service account and Role for each task, and let workloads that do not talk to the cluster mount no
#       token.
#     vault: >-
#       Write one policy for each task and issue a token for each: what a token holds cannot be changed, so revoke this
#       one.
#   examples:
#     fail:
#       grants:
#         - { family: app, scope: contents:write, access: write, resource: acme/reports }
#         - { family: app, scope: statuses:write, access: write, resource: acme/reports }
#     pass:
#       grants:
#         - { family: app, scope: contents:write, access: write, resource: acme/reports }
#         - { family: app, scope: statuses:read, access: read, resource: acme/reports }
package tokenward.scope.toxic_combination

import rego.v1

import data.tokenward.lib.scope
import data.tokenward.lib.toxic

fail contains {"reasons": sort({pair.reason | some pair in _held}), "scopes": sort(_scopes)} if count(_held) > 0

_scopes contains name if {
	some pair in _held
	some name in pair.scopes
}

# One finding, whatever the number of pairs: taking one scope away may break several.
_held contains {"reason": pair.reason, "scopes": {first, second}} if {
	some pair in toxic.pairs
	some first in input.facts.capabilities[pair.first]
	some second in input.facts.capabilities[pair.second]
	first != second
	not _is_told(first)
	not _is_told(second)
}

_is_told(name) if scope.is_wildcard(name)

_is_told(name) if name in scope.administering
