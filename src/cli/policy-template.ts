/** What `policy new` writes: a policy that passes every check, and tests that cover it, both to be changed. */
export interface PolicyFiles {
  rule: string;
  test: string;
}

export function policyTemplate(category: string, slug: string): PolicyFiles {
  const name = slug.replaceAll("-", "_");
  return { rule: rule({ category, slug, name }), test: test({ category, slug, name }) };
}

interface Names {
  category: string;
  slug: string;
  name: string;
}

function rule({ category, slug, name }: Names): string {
  return `# METADATA
# title: Token is older than it may get
# description: Say in a sentence or two what is wrong with such a token, and why it matters.
# schemas:
#   - input: schema.token
# custom:
#   severity: medium
#   category: ${category}
#   needs: [created]
#   applies_to:
#     statuses: [active]
#   params:
#     max_age:
#       type: duration
#       default: 90d
#       stricter: lower
#       doc: longest time since a token was issued
#   message: issued {age} ago; the limit is {max_age}
#   remediation:
#     any: Issue a replacement, move its callers over, then revoke this token.
#   examples:
#     fail: { created: 2029-10-02T23:59:59Z }
#     pass: { created: 2029-10-03T00:00:00Z }
package tokenward.${category}.${name}

import rego.v1

import data.tokenward.lib.params

fail contains {"age": input.facts.age, "max_age": limit} if {
	limit := params.of("${slug}").max_age
	input.facts.age > limit
}
`;
}

function test({ category, slug, name }: Names): string {
  const imports = [`data.tokenward.${category}.${name}`, "data.tokenward.lib.given"].sort();
  return `package tokenward.${category}.${name}_test

import rego.v1

${imports.map((path) => `import ${path}`).join("\n")}

test_fail_one_second_past_the_limit if {
	late := given.days(90) + 1
	${name}.fail == {{"age": late, "max_age": given.days(90)}} with input as _aged(late)
		with data.params as _limit(90)
}

test_pass_exactly_at_the_limit if {
	${name}.fail == set() with input as _aged(given.days(90))
		with data.params as _limit(90)
}

test_fail_under_a_tighter_limit if {
	late := given.days(90)
	${name}.fail == {{"age": late, "max_age": given.days(89)}} with input as _aged(late)
		with data.params as _limit(89)
}

test_nothing_said_where_the_issue_is_unknown if {
	${name}.fail == set() with input as given.without(["created", "facts/age"], given.token({}))
		with data.params as _limit(90)
}

_aged(seconds) := given.token({"facts": {"age": seconds}})

_limit(n) := given.params("${slug}", {"max_age": given.days(n)})
`;
}
