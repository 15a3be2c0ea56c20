"""What facts.json says of what a scene was given."""

from __future__ import annotations

import json

import lamath as la
from scenes.studio.report.exact import exact_facts


def test_a_matrix_is_told_exactly_and_as_it_is_written() -> None:
    facts = json.loads(exact_facts({"matrix": la.matrix("3 0; 4 5"), "vector": None}))["matrix"]
    assert facts["svd"]["S"]["exact"] == ["3*sqrt(5)", "sqrt(5)"]
    assert facts["det"] == {"exact": "15", "value": 15.0, "text": "15"}
    assert facts["written"]["det"] == {"text": "15", "latex": "15", "typst": "15"}
    assert "\\begin{bmatrix}3 & 0" in facts["written"]["A"]["latex"]
    assert "solution" not in facts["written"]


def test_what_a_matrix_has_not_is_null_and_not_written() -> None:
    facts = json.loads(exact_facts({"matrix": la.matrix("1 2; 2 4")}))["matrix"]
    assert facts["inverse"] is None
    assert "inverse" not in facts["written"]


def test_a_vector_is_the_right_side_if_it_fits() -> None:
    given = {"matrix": la.matrix("2 1; 1 3"), "vector": la.vector("3 4")}
    facts = json.loads(exact_facts(given))
    assert facts["matrix"]["solution"]["particular"]["exact"] == ["1", "1"]
    assert facts["vector"]["exact"] == ["3", "4"]
    longer = json.loads(exact_facts(given | {"vector": la.vector("1 2 3")}))
    assert longer["matrix"]["solution"] is None


def test_several_matrices_are_a_list_and_other_things_are_left_out() -> None:
    facts = json.loads(
        exact_facts({"matrices": (la.matrix("1 2; 2 4"), la.matrix("1 0; 0 1")), "tensor": "w"})
    )
    assert [each["rank"] for each in facts["matrices"]] == [1, 2]
    assert set(facts) == {"matrices"}


def test_of_a_large_matrix_only_the_shape_is_told() -> None:
    facts = json.loads(exact_facts({"matrix": la.identity(30)}))
    assert facts["matrix"] == {"shape": [30, 30]}
