# METADATA
# title: Token acts as a person who is gone
# description: >-
#   The account of this person is suspended or deleted, and the token still works: with it, whoever has it is that
#   person. Told whether or not somebody else is named as owner; no-owner judges tokens of people only by whether
#   there is a person.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: high
#   category: ownership
#   needs: [principal.state]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#     principals: [human]
#   params: {}
#   evidence: { state: text }
#   message: acts as a person whose account is {state}
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     nist-800-53-r5: { AC-2(3)(b): direct, IA-4(b): supporting }
#     pci-dss-4.0.1: { "7.2.5.1": supporting }
#     soc2: { CC6.2: direct }
#     iso-27001-2022: { A.5.16: direct, A.5.18: supporting }
#     cis-github-1.2.0: { "1.3.1": supporting }
#   remediation:
#     any: >-
#       Revoke the token. If something still calls it, give that an identity of its own first: not another person's
#       token. Make revoking tokens part of how people leave.
#     atlassian: >-
#       Revoke this token at the user's own list (`DELETE …/users/{account_id}/manage/api-tokens/{tokenId}`): `DELETE`
#       on the organisation's list revokes those of every managed user.
#     datadog: >-
#       Delete the key. Disabling a user ends the application keys that are theirs, but not the API keys that they
#       created: look for these too.
#     github: >-
#       Revoke the fine-grained token's access to the organisation, or de-authorise the credential for single sign-on;
#       the token itself survives elsewhere. Move what still calls it to an app first.
#     gitlab: >-
#       Revoke the token. If a job still calls it, give the project or group an access token of its own first, which
#       stays when people leave.
#     openai: >-
#       Delete the key: it outlives its owner's place in the project. Give what still calls it a service account first.
#   examples:
#     fail: { owner: team-reporting, principal: { type: human, id: mona, state: suspended } }
#     pass: { owner: team-reporting, principal: { type: human, id: mona, state: active } }
package tokenward.ownership.owner_suspended_or_deleted

import rego.v1

fail contains {"state": input.principal.state} if {
	input.principal.type == "human"
	input.principal.state in {"suspended", "deleted"}
}
