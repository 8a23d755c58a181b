package tokenward.kind.root_key_test

import rego.v1

import data.tokenward.kind.root_key
import data.tokenward.lib.given

test_fail_because_it_exists_however_young_narrow_and_owned if {
	every kind in ["aws/root-access-key", "vault/token-root"] {
		root_key.fail == {{"kind": kind}} with input as given.token({"kind": kind, "facts": {"age": 0}})
			with data.params as _kinds
	}
}

test_pass_for_any_other_kind if {
	every kind in ["aws/access-key", "aws/root-access-key-2", "root-access-key", "vault/token-service"] {
		root_key.fail == set() with input as given.token({"kind": kind}) with data.params as _kinds
	}
}

test_fail_for_a_kind_added_to_the_list if {
	kinds := given.params("root-key", {"kinds": ["acme/root"]})
	root_key.fail == {{"kind": "acme/root"}} with input as given.token({"kind": "acme/root"}) with data.params as kinds
	root_key.fail == set() with input as given.token({"kind": "vault/token-root"}) with data.params as kinds
}

test_fail_whatever_else_is_not_known if {
	record := given.without(["created", "grants", "owner", "status"], given.token({"kind": "aws/root-access-key"}))
	count(root_key.fail) == 1 with input as record with data.params as _kinds
}

_kinds := given.params("root-key", {"kinds": ["aws/root-access-key", "vault/token-root"]})
