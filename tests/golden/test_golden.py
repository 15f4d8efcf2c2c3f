"""A changed number without a new version of its method fails, and so does a golden file that is not current."""

from __future__ import annotations

from tools.golden import changed_alone, computed, kept


def test_no_figure_of_the_example_changed_without_a_new_method_version() -> None:
    before, after = kept(), computed()

    assert changed_alone(before, after) == []
    assert before.keys() == after.keys(), "figures came or went: python -m tools.golden"
    assert {key: method for key, (_, method) in before.items()} == {key: method for key, (_, method) in after.items()}


def test_the_comparison_sees_a_change_of_value_alone() -> None:
    before = {"P0": (10.0, "share@1"), "rank": (3, "rank@1")}

    assert changed_alone(before, {"P0": (10.1, "share@1"), "rank": (3, "rank@1")}) == ["P0"]
    assert changed_alone(before, {"P0": (10.1, "share@2"), "rank": (3, "rank@1")}) == []
