package tokenward.kind.legacy_kind_test

import rego.v1

import data.tokenward.kind.legacy_kind
import data.tokenward.lib.given

test_fail_for_a_kind_of_the_table if {
	expected := {{"kind": "github/classic-pat", "instead": ["fine-grained token", "GitHub App"]}}
	legacy_kind.fail == expected with input as given.token({"kind": "github/classic-pat"}) with data.params as _table
}

test_pass_for_any_other_kind if {
	legacy_kind.fail == set() with input as given.token({}) with data.params as _table
}

test_fail_for_a_kind_added_to_the_table if {
	table := object.union(_table, {"kinds": {"acme/basic": {"legacy-kind": {"instead": ["OAuth client"]}}}})
	expected := {{"kind": "acme/basic", "instead": ["OAuth client"]}}
	legacy_kind.fail == expected with input as given.token({"kind": "acme/basic"}) with data.params as table
}

test_pass_for_a_kind_taken_out_of_the_table if {
	table := object.union(_table, {"kinds": {"github/classic-pat": {"legacy-kind": {"instead": []}}}})
	legacy_kind.fail == set() with input as given.token({"kind": "github/classic-pat"}) with data.params as table
}

test_fail_whatever_else_is_not_known if {
	record := given.without(["created", "expires", "grants", "owner"], given.token({"kind": "github/classic-pat"}))
	count(legacy_kind.fail) == 1 with input as record with data.params as _table
}

_table := {
	"any": {"legacy-kind": {"instead": []}},
	"kinds": {"github/classic-pat": {"legacy-kind": {"instead": ["fine-grained token", "GitHub App"]}}},
}
