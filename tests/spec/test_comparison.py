"""Two budgets side by side: drawn tables, worked sums."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from nangkis.budget.comparison import ExecutionStageRefused, by_change, check_execution, compared, losers
from nangkis.budget.schema import Stage
from tests.rooms.budget.budgets import EDUCATION, FINANCE, HEALTH, SOCIAL, Line, budget_frame


BOOKS = "1.01.02.2.01.28"
CULTURE = ("2.22.0.00.0.00.01.0000", "Dinas Kebudayaan")


def told(before: list[Line], after: list[Line], crosswalk: pl.DataFrame | None = None) -> list[tuple[object, ...]]:
    found = compared(budget_frame(before), budget_frame(after), crosswalk=crosswalk)
    return list(found.select("change", "code_before", "code_after", pl.col("difference") // 100).iter_rows())


def line(code: str, rupiah: int | None, office: tuple[str, str] = EDUCATION) -> Line:
    return office, code, f"Sub kegiatan {code}", rupiah


def test_the_same_sub_kegiatan_of_an_office_is_cut_raised_or_the_same() -> None:
    before = [line(BOOKS, 40), line("1.01.02.2.01.29", 60), line("1.01.02.2.01.30", 5)]
    after = [line(BOOKS, 30), line("1.01.02.2.01.29", 90), line("1.01.02.2.01.30", 5)]

    assert told(before, after) == [
        ("cut", BOOKS, BOOKS, -10),
        ("raised", "1.01.02.2.01.29", "1.01.02.2.01.29", 30),
        ("same", "1.01.02.2.01.30", "1.01.02.2.01.30", 0),
    ]


def test_repeated_lines_are_one_sub_kegiatan() -> None:
    assert told([line(BOOKS, 40), line(BOOKS, 2)], [line(BOOKS, 42)]) == [("same", BOOKS, BOOKS, 0)]


def test_what_stands_in_one_of_the_two_is_new_or_dropped() -> None:
    before = [line(BOOKS, 40), line("1.01.02.2.01.29", 1)]
    after = [line(BOOKS, 40), line("1.01.02.2.01.31", 2)]

    assert told(before, after)[:2] == [
        ("dropped", "1.01.02.2.01.29", None, None),
        ("new", None, "1.01.02.2.01.31", None),
    ]


def test_a_support_programme_that_takes_another_bidang_is_moved_and_not_cut() -> None:
    """1.01.01 -> 2.22.01, under the same office."""
    found = told([line("1.01.01.2.02.01", 500), line(BOOKS, 1)], [line("2.22.01.2.02.01", 500), line(BOOKS, 1)])

    assert found[0] == ("moved-support", "1.01.01.2.02.01", "2.22.01.2.02.01", 0)


def test_a_code_under_another_office_is_moved() -> None:
    before, after = (
        [line(BOOKS, 40), line("1.01.02.2.01.29", 1)],
        [line(BOOKS, 39, CULTURE), line("1.01.02.2.01.29", 1)],
    )

    assert told(before, after)[0] == ("moved-office", BOOKS, BOOKS, -1)


def test_an_office_that_one_of_the_two_does_not_tell_of_is_not_called_cut() -> None:
    found = told([line(BOOKS, 40), line("1.02.02.2.02.01", 9, HEALTH)], [line(BOOKS, 40)])

    assert found[0] == ("office-only-before", "1.02.02.2.02.01", None, None)


def test_without_an_amount_on_one_side_the_change_is_unknown() -> None:
    assert told([line(BOOKS, None)], [line(BOOKS, 40)]) == [("unknown", BOOKS, BOOKS, None)]


def test_an_accepted_crosswalk_joins_codes_and_an_ambiguous_one_does_not() -> None:
    before, after = [line(BOOKS, 40)], [line("1.01.02.2.01.0028", 40)]
    sure = pl.DataFrame({"from_code": [BOOKS], "to_code": ["1.01.02.2.01.0028"]})
    unsure = pl.DataFrame({"from_code": [BOOKS] * 2, "to_code": ["1.01.02.2.01.0028", "1.01.02.2.01.0029"]})

    assert told(before, after, sure) == [("same", BOOKS, "1.01.02.2.01.0028", 0)]
    assert [row[0] for row in told(before, after, unsure)] == ["dropped", "new"]
    assert [row[0] for row in told(before, after)] == ["dropped", "new"]


def test_an_office_is_the_same_by_name_where_a_file_numbers_its_offices_itself() -> None:
    own_number = ("1", "DINAS  PENDIDIKAN")

    assert told([line(BOOKS, 40)], [line(BOOKS, 30, own_number)]) == [("cut", BOOKS, BOOKS, -10)]


def test_who_loses_is_told_by_office_and_moves_count_at_both() -> None:
    before = [line(BOOKS, 40), line("1.01.02.2.01.29", 60), line("1.06.04.2.01.01", 5, SOCIAL)]
    after = [line(BOOKS, 40, SOCIAL), line("1.01.02.2.01.29", 60), line("1.06.04.2.01.01", 5, SOCIAL)]

    found = losers(compared(budget_frame(before), budget_frame(after)))

    assert found.select("office", pl.col("difference") // 100).rows() == [("Dinas Pendidikan", -40)]


def test_only_realisation_over_the_changed_budget_is_execution() -> None:
    check_execution(Stage.P_APBD, Stage.LRA_AUDITED)

    for before, after in ((Stage.APBD, Stage.LRA_AUDITED), (Stage.RKPD, Stage.P_APBD)):
        with pytest.raises(ExecutionStageRefused):
            check_execution(before, after)


LINES = st.lists(
    st.builds(
        lambda office, bidang, programme, last, rupiah: line(f"{bidang}.{programme}.2.01.{last}", rupiah, office),
        st.sampled_from((EDUCATION, FINANCE, HEALTH, CULTURE)),
        st.sampled_from(("1.01", "2.22")),
        st.sampled_from(("01", "02")),
        st.sampled_from(("01", "02", "03")),
        st.one_of(st.none(), st.integers(0, 10**15), st.just(10**15)),
    ),
    min_size=1,
    max_size=30,
)


@given(LINES, LINES, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_no_comparison_loses_a_sen_or_depends_on_the_order_of_lines(
    before: list[Line], after: list[Line], chance: random.Random
) -> None:
    found = compared(budget_frame(before), budget_frame(after))
    mixed = compared(*(budget_frame(chance.sample(lines, k=len(lines))) for lines in (before, after)))

    for side, lines in (("before", before), ("after", after)):
        assert sum(found[side].drop_nulls().to_list()) == sum(rupiah or 0 for *_, rupiah in lines) * 100
    assert by_change(found).equals(by_change(mixed))
    assert found.height == sum(by_change(found)["count"])
