"""What is printed of any budget adds up, to the sen, and does not depend on the order of its lines."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings, strategies as st

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.rooms.budget.budgets import (
    CENDANA,
    EDUCATION,
    FINANCE,
    HEALTH,
    SOCIAL,
    TODAY,
    Line,
    budget_frame,
    snapshot_of,
)


LARGEST_RUPIAH = limits_on(packaged(), TODAY).amount_rupiah
KINDS = (
    ("1.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN"),
    ("1.02.01.2.10.01", "Pelayanan dan Penunjang Pelayanan BLUD"),
    ("1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa"),
    ("1.01.02.2.01.26", "Penyediaan Pendidik"),
    ("1.02.04.2.01.01", "Pengawasan Apotek"),
    ("1.03.10.2.01.08", "Rekonstruksi Jalan"),
    ("1.05.03.2.03.04", "Penyediaan Logistik dan Evakuasi Korban Bencana"),
    ("5.02.02.2.04.08", "Analisis Perencanaan dan Penyaluran Bantuan Keuangan"),
    ("9.99.99.2.01.01", "Sub kegiatan yang tidak ada di nomenklatur"),
)
# Fractions of a rupiah are out of reach of the helper; the largest amount is not.
AMOUNTS = st.one_of(st.none(), st.integers(0, LARGEST_RUPIAH), st.just(LARGEST_RUPIAH))
LINES = st.builds(
    lambda office, kind, amount: (office, *kind, amount),
    st.sampled_from((EDUCATION, FINANCE, HEALTH, SOCIAL)),
    st.sampled_from(KINDS),
    AMOUNTS,
)
BUDGETS = st.lists(LINES, min_size=1, max_size=60)


def analysed(lines: list[Line]) -> BudgetAnalysis:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), budget_frame(lines))
        return analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=TODAY)


def sen(*parts: Part) -> int:
    return sum(part.sen or 0 for part in parts)


@given(BUDGETS)
@settings(max_examples=25)
def test_bidang_offices_and_classes_are_the_total_to_the_sen(lines: list[Line]) -> None:
    figures = BudgetFigures(analysed(lines))
    whole = figures.whole
    total = sum(amount * 100 for *_, amount in lines if amount is not None)

    assert sen(whole) == total
    assert figures.lines(whole).value + figures.empty_lines(whole).value == len(lines)  # type: ignore[operator]
    for columns in (("bidang_code",), ("office_code", "office_name"), ("program_code", "office_code")):
        parts = figures.split(whole, *columns).values()
        assert sen(*parts) == total
        assert sum(part.rows.height for part in parts) == len(lines)
    assert sen(*(figures.of_class(whole, which) for which in LineClass)) == total


@given(BUDGETS)
@settings(max_examples=25)
def test_the_base_of_every_bidang_is_tagged_not_relevant_or_held(lines: list[Line]) -> None:
    figures = BudgetFigures(analysed(lines))

    for part in (figures.whole, *figures.split(figures.whole, "bidang_code").values()):
        base = figures.of_class(part, LineClass.PROGRAM)
        tags = [figures.of_tag(part, tag=tag) for tag in Tag]
        assert sen(*tags) == sen(base)
        assert sum(tag.rows.height for tag in tags) == base.rows.height
        assert sen(figures.of_blud(part)) <= sen(figures.of_class(part, LineClass.PENUNJANG))


@given(BUDGETS)
@settings(max_examples=25)
def test_every_part_is_found_again_by_what_it_says_of_itself(lines: list[Line]) -> None:
    figures = BudgetFigures(analysed(lines))
    rows = figures.whole.rows
    offices = figures.split(figures.whole, "office_code", "office_name").values()
    parts = [narrowed for part in (figures.whole, *offices) for narrowed in narrowings(figures, part)]

    for part in parts:
        found = [
            rows.filter(*(pl.col(column).is_in(list(values)) for column, values in where))["_row"]
            for where in part.wheres
        ]
        assert sorted(row for some in found for row in some) == sorted(part.rows["_row"]), part.name


def narrowings(figures: BudgetFigures, part: Part) -> list[Part]:
    strategies = [figures.of_tag(part, tag=Tag.TAGGED, strategy=strategy) for strategy in ("1", "2", "3")]
    classes = [figures.of_class(part, which) for which in LineClass]
    return [figures.of_blud(part), *classes, *(figures.of_tag(part, tag=tag) for tag in Tag), *strategies]


@given(BUDGETS, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_lines_changes_no_sum(lines: list[Line], chance: random.Random) -> None:
    there = BudgetFigures(analysed(lines))
    back = BudgetFigures(analysed(chance.sample(lines, k=len(lines))))

    def told(figures: BudgetFigures) -> list[tuple[str, int | None, object]]:
        return [(part.name, part.sen, part.wheres) for part in narrowings(figures, figures.whole)]

    assert told(there) == told(back)


def test_a_thousand_lines_at_the_largest_amount_do_not_wrap_around() -> None:
    rows = 1000
    lines: list[Line] = [(EDUCATION, *KINDS[0], LARGEST_RUPIAH)] * rows
    exact = rows * LARGEST_RUPIAH * 100
    figures = BudgetFigures(analysed(lines))

    assert exact > 2**63
    assert figures.whole.sen == exact
    assert figures.where(figures.whole, bidang_code="1.01").sen == exact
