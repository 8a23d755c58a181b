# METADATA
# title: The numbers in force
# description: The host lays defaults, profile and configuration over each other and gives every policy whole.
# schemas:
#   - input: schema.token
package tokenward.lib.params

import rego.v1

# Two look-ups by key and no merging: this runs for every policy on every token.
of(policy) := whole if whole := data.params.kinds[input.kind][policy]

else := data.params.any[policy]

# A number, or what the token's entry in the register says instead where that is less.
within(number, fields) := number if not input.facts.register.by

else := min({number} | {stated | some field in fields; stated := input.facts.register[field]})
