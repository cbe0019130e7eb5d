"""`make mutations` is of the program as it is: what it changes by name, and what it explains, is there."""

from __future__ import annotations

from tests import mutations


def test_each_change_of_tuning_has_its_one_place() -> None:
    assert [each.name for each in mutations.named()] == [name for name, *_ in mutations.NAMED]


def test_each_explanation_is_of_a_line_that_is_there() -> None:
    assert sorted(mutations.explained_in_vain()) == []
