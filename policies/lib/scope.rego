# METADATA
# title: What scopes allow, and which policy tells it
# description: Shared by the scope policies, so that each grant is reported by exactly one of them.
# schemas:
#   - input: schema.token
package tokenward.lib.scope

import rego.v1

# What a grant really allows: the record's word, unless the scope catalogue says more.
access(grant) := wide if wide := input.facts.widened[grant.scope]

else := grant.access

is_wildcard(scope) if contains(scope, "*")

is_wildcard(scope) if scope in _everything

# One that raises its holder's rights belongs to privilege-escalation, one that only administers to admin-scope.
raises(scope) if {
	scope in input.facts.escalating
	not is_wildcard(scope)
}

# One that makes more tokens belongs to admin-scope as well if it administers.
mints(scope) if {
	scope in input.facts.minting
	not is_wildcard(scope)
	not scope in administering
}

administering contains grant.scope if {
	some grant in input.grants
	access(grant) == "admin"
}

# Providers' words for "all there is" that hold no asterisk.
_everything := {
	"(full)",
	"(omitted at creation)",
	"(unlimited)",
	"(unscoped)",
	"All",
	"full-access",
	"fullaccess",
	"global",
	"write-all",
}
