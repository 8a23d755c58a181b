package tokenward.environment.production_scope_from_nonproduction_test

import rego.v1

import data.tokenward.environment.production_scope_from_nonproduction as policy
import data.tokenward.lib.given

test_fail_with_the_resources_once_each_and_in_order if {
	record := _token("staging", ["acme/shop-prod", "acme/shop-staging", "acme/billing.production", "acme/shop-prod"])
	expected := {"environment": "staging", "resources": ["acme/billing.production", "acme/shop-prod"]}
	policy.fail == {expected} with input as record
		with data.params as _words
}

test_fail_wherever_the_word_stands_and_however_it_is_written if {
	written := ["prod", "PROD/shop", "eu_prod", "arn:aws:s3:::prod", "shop.prod.acme", "db@prod", "the prod db", "live"]
	every resource in written {
		expected := {"environment": "development", "resources": [resource]}
		policy.fail == {expected} with input as _token("development", [resource])
			with data.params as _words
	}
}

test_pass_where_a_word_only_begins_or_ends_so if {
	every resource in ["acme/products", "reproduction", "delivery", "alive", "*", "acme/prod1"] {
		policy.fail == set() with input as _token("staging", [resource])
			with data.params as _words
	}
}

test_pass_in_production if {
	every environment in ["production", "Prod", "prod-eu", "live"] {
		policy.fail == set() with input as _token(environment, ["acme/shop-prod"])
			with data.params as _words
	}
}

test_pass_for_a_token_of_no_environment if {
	policy.fail == set() with input as _token(null, ["acme/shop-prod"])
		with data.params as _words
}

test_other_words if {
	words := given.params("production-scope-from-nonproduction", {"production": ["p1"]})
	policy.fail == set() with input as _token("staging", ["acme/shop-prod"])
		with data.params as words
	expected := {"environment": "production", "resources": ["acme/p1"]}
	policy.fail == {expected} with input as _token("production", ["acme/p1"])
		with data.params as words
}

test_nothing_said_where_the_environment_or_the_grants_are_unknown if {
	every field in ["environment", "grants"] {
		record := given.without([field], _token("staging", ["acme/shop-prod"]))
		policy.fail == set() with input as record
			with data.params as _words
	}
}

_words := given.params("production-scope-from-nonproduction", {"production": ["production", "prod", "prd", "live"]})

_token(environment, resources) := given.token({
	"environment": environment,
	"grants": [grant |
		some resource in resources
		grant := {"family": "app", "scope": "contents:read", "access": "read", "resource": resource}
	],
})
