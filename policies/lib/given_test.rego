package tokenward.lib.given_test

import rego.v1

import data.tokenward.lib.given

test_overrides_replace_single_fields if {
	token := given.token({"rotated": "2029-12-20T00:00:00Z", "facts": {"age": 7}})
	token.rotated == "2029-12-20T00:00:00Z"
	token.facts.age == 7
	token.facts.idle == 86400
}

test_overrides_reach_into_jobs if {
	given.job({"workflow": {"shorthand": "read-all"}}).workflow == {
		"permissions_from": "job",
		"shorthand": "read-all",
		"triggers": ["push"],
	}
}

test_fields_can_be_taken_away if {
	record := given.without(["created", "facts/age"], given.token({}))
	not "created" in object.keys(record)
	not "age" in object.keys(record.facts)
	record.facts.idle == 86400
}
