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
