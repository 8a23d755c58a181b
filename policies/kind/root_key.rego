# METADATA
# title: Root key exists
# description: >-
#   The key of an account's root can do everything, no policy limits it, and what it does is traced to nobody.
# related_resources:
#   - ref: https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025
#     description: OWASP Non-Human Identities Top 10, NHI5 Overprivileged NHI
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
#     description: AWS, Root user best practices
#   - ref: https://developer.hashicorp.com/vault/docs/concepts/tokens
#     description: HashiCorp, Vault tokens (Root tokens)
# schemas:
#   - input: schema.token
# custom:
#   severity: critical
#   category: kind
#   needs: []
#   applies_to:
#     except_kinds: [github/workflow-token]
#     statuses: [active, disabled]
#   params:
#     kinds:
#       type: list
#       default: [aws/root-access-key, vault/token-root]
#       doc: which kinds are an account's root
#   evidence: { kind: text }
#   message: is a root key ({kind}), which nothing limits
#   controls:
#     owasp-nhi-2025: { NHI5: direct }
#     nist-800-53-r5: { AC-6: direct }
#     pci-dss-4.0.1: { "7.2.5": direct }
#     soc2: { CC6.3: direct }
#     iso-27001-2022: { A.8.2: direct }
#     cis-aws-7.0: { "2.4": direct }
#   remediation:
#     any: >-
#       Move its callers to identities with only the rights they need, then delete the key. Create one again only for
#       the task that takes it, and delete it in the same hour.
#     aws: >-
#       Move its callers to roles with only the rights they need, then delete the key as the root user or, where it is
#       switched on, by central root management.
#     vault: >-
#       Move its callers to tokens of their own first: to revoke it by its accessor revokes all that were made from it.
#       Generate another with a quorum of key holders for the task that takes it, and revoke it in the same hour.
#   examples:
#     fail: { provider: aws, kind: aws/root-access-key }
#     pass: { provider: aws, kind: aws/access-key }
package tokenward.kind.root_key

import rego.v1

import data.tokenward.lib.params

fail contains {"kind": input.kind} if input.kind in params.of("root-key").kinds
