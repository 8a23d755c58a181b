# METADATA
# title: Machine's token belongs to no team
# description: >-
#   A person who is named for a machine's token moves on, and the machine stays. Which names are teams is for each
#   company to say, by how they begin or by what it says under owners; until it does, only a machine that is named as
#   its own owner fails, and one whose owner the directory names as a person. A token that nobody is named for is judged
#   by no-owner instead.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: ownership
#   needs: [owner, principal]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, pending]
#     principals: [service, app, workload]
#   params:
#     teams:
#       type: list
#       default: []
#       doc: how the names of teams begin, such as team-; empty if nothing tells them from people
#   evidence: { owner: text }
#   message: acts as a machine, and its owner {owner} is no team
#   controls:
#     owasp-nhi-2025: { NHI1: supporting }
#     nist-800-53-r5: { IA-4(b): supporting }
#     pci-dss-4.0.1: { "7.2.5.1": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.9: supporting, A.5.16: supporting }
#   remediation:
#     any: Name the team that runs the machine as owner, and let the team name who answers this week.
#     aws: Tag the user with the team that runs the machine, and let the team name who answers this week.
#     gcp: Name the team in the service account's description, and let the team name who answers this week.
#     kubernetes: Label the service account with the team that runs it, and let the team name who answers this week.
#   examples:
#     fail: { owner: report-bot, principal: { type: service, id: report-bot } }
#     pass: { owner: team-reporting, principal: { type: service, id: report-bot } }
package tokenward.ownership.service_token_without_team

import rego.v1

import data.tokenward.lib.params

fail contains {"owner": input.owner} if {
	_is_machine
	is_string(input.owner)
	not _is_team
}

_is_machine if input.principal.type in {"service", "app", "workload"}

_is_team if {
	some prefix in params.of("service-token-without-team").teams
	startswith(input.owner, prefix)
}

_is_team if {
	input.facts.owner.type == "team"
	input.facts.owner.team == input.owner
}

# Without a word on teams anybody will do, but for the machine itself and for a person.
_is_team if {
	count(params.of("service-token-without-team").teams) == 0
	not _is_itself
	not _is_person
}

_is_person if input.facts.owner.type == "person"

_is_itself if input.owner == input.principal.id

_is_itself if input.owner == input.principal.name
