# METADATA
# title: What a scope's own words say
# description: Shared by the scope policies, so that each grant is reported by exactly one of them.
package tokenward.lib.scope

import rego.v1

is_wildcard(scope) if contains(scope, "*")

is_wildcard(scope) if scope in _everything

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
