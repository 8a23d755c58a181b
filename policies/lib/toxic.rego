# METADATA
# title: Capabilities that are worse together
# description: >-
#   Each pair is harmless, or at least intended, alone. The words are those of `facts.capabilities`. Passing a role
#   beside starting something that runs is not among them: it raises rights, so privilege-escalation reports it.
package tokenward.lib.toxic

import rego.v1

pairs := [
	{
		"first": "secrets-read",
		"second": "workflow-write",
		"reason": "a changed workflow can carry the secrets out",
	},
	{
		"first": "secrets-read",
		"second": "audit-write",
		"reason": "secrets can be read while nothing is logged",
	},
	{
		"first": "key-create",
		"second": "key-read",
		"reason": "keys of others can be copied, and new ones made for when those are replaced",
	},
	{
		"first": "key-create",
		"second": "audit-write",
		"reason": "a key that stays can be made while nothing is logged",
	},
	{
		"first": "code-write",
		"second": "status-write",
		"reason": "a change can be written and its required checks reported as passed",
	},
	{
		"first": "code-write",
		"second": "guard-write",
		"reason": "a change can be written and the rules that would stop it removed",
	},
	{
		"first": "secrets-read",
		"second": "secret-create",
		"reason": "a Secret for any service account of the namespace can be created, and the token in it read",
	},
	{
		"first": "certificate-request",
		"second": "certificate-approve",
		"reason": "a certificate in any name can be asked for and approved",
	},
]
