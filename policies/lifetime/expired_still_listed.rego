# METADATA
# title: Expired token is still listed
# description: >-
#   An expired token opens nothing, but it shows that nobody retires tokens, it hides the live ones, and some
#   providers let it be renewed. It fails from the instant of expiry on.
#   Such a token gets this finding only: lifetime, rotation, usage, scope and ownership judge tokens that still work.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI1 Improper Offboarding
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: lifetime
#   needs: [status]
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, expired, pending]
#   params: {}
#   evidence: { status: text, expires: instant }
#   message: is {status} but still listed
#   controls:
#     owasp-nhi-2025: { NHI1: direct }
#     pci-dss-4.0.1: { "8.2.6": supporting }
#     soc2: { CC6.2: supporting }
#     iso-27001-2022: { A.5.18: supporting }
#     cis-aws-7.0: { "2.17": supporting }
#   remediation:
#     any: Remove the token at its provider; if something still needs it, issue a replacement first.
#     aws: >-
#       Delete the service-specific credential (`DeleteServiceSpecificCredential`); access keys have no expiry of their
#       own.
#     entra: >-
#       Remove the secret (`removePassword`) or the certificate (`removeKey`) from the application; removal is final.
#     gitlab: >-
#       Revoke it under the access tokens of its user, project or group, or with `DELETE` on the same path of the API.
#   examples:
#     fail: { expires: 2030-01-01T00:00:00Z }
#     pass: { expires: 2030-01-01T00:00:01Z }
package tokenward.lifetime.expired_still_listed

import rego.v1

fail contains {"status": input.facts.status, "expires": input.expires} if _expired

# A provider may say "expired" without saying since when.
fail contains {"status": input.facts.status} if {
	_expired
	not input.expires
}

_expired if input.facts.status == "expired"
