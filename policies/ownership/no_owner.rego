# METADATA
# title: Nobody answers for the token
# description: >-
#   A token without an owner has nobody to ask before it is revoked and nobody to call when it leaks.
#   A person that the token acts as answers for it; whether that person is still there, or nobody knows, is the business
#   of owner-suspended-or-deleted.
#   Services, apps and workloads answer for nothing: somebody has to be named as owner.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: ownership
#   needs: [owner, principal]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#   params: {}
#   evidence: { acts_as: text }
#   message: has no owner and acts as {acts_as}
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(b): direct, IA-4(b): supporting }
#     pci-dss-4.0.1: { "7.2.5.1": supporting }
#     soc2: { CC6.2: direct }
#     iso-27001-2022: { A.5.16: direct, A.5.9: supporting }
#     cis-github-1.2.0: { "1.3.1": supporting }
#   remediation:
#     any: >-
#       Find who uses the token (its name, its last use, the provider's audit log) and name a person or a team as its
#       owner. If nobody claims it, disable it, wait a week, then revoke it.
#     aws: Tag the user with its owner. If nobody claims it, set the key `Inactive`, wait a week, then delete it.
#     entra: >-
#       Add an owner to the application registration. If nobody claims it, disable the service principal
#       (`accountEnabled: false`), wait a week, then remove the credential.
#     gcp: >-
#       Name the owner in the service account's description. If nobody claims it, disable the key or the account, wait a
#       week, then delete it.
#     kubernetes: >-
#       Label the service account with its team. If nobody claims it, remove its role bindings, wait a week, then delete
#       its Secret.
#   examples:
#     fail: { owner: null, principal: { type: service, id: ci-bot } }
#     pass: { owner: null, principal: { type: human, id: mona, state: active } }
package tokenward.ownership.no_owner

import rego.v1

fail contains {"acts_as": _acts_as} if is_null(input.owner)

# Undefined for a person, who can be asked.
_acts_as := "nobody" if is_null(input.principal)

_acts_as := _machines[input.principal.type]

_machines := {"service": "a service", "app": "an app", "workload": "a workload"}
