from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings, strategies as st

from nangkis.budget.lines import LineClass, with_class
from nangkis.budget.rules import Tag, tag_rules
from nangkis.budget.structure import exact_sen, sums
from nangkis.budget.tags import with_tags
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.money import LARGEST_AMOUNT_RUPIAH
from tests.rooms.budget.budgets import EDUCATION, FINANCE, SOCIAL, TODAY, Line, budget_frame


KINDS = (
    ("1.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN"),
    ("1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa"),
    ("1.01.02.2.01.26", "Penyediaan Pendidik"),
    ("1.02.04.2.01.01", "Pengawasan Apotek"),
    ("1.03.10.2.01.08", "Rekonstruksi Jalan"),
    ("1.05.03.2.03.04", "Penyediaan Logistik dan Evakuasi Korban Bencana"),
    ("5.02.02.2.04.08", "Analisis Perencanaan dan Penyaluran Bantuan Keuangan"),
    ("9.99.99.2.01.01", "Sub kegiatan yang tidak ada di nomenklatur"),
)
# Fractions of a rupiah are out of reach of the helper; the largest amount is not.
AMOUNTS = st.one_of(st.none(), st.integers(0, LARGEST_AMOUNT_RUPIAH), st.just(LARGEST_AMOUNT_RUPIAH))
LINES = st.builds(
    lambda office, kind, amount: (office, *kind, amount),
    st.sampled_from((EDUCATION, FINANCE, SOCIAL)),
    st.sampled_from(KINDS),
    AMOUNTS,
)
BUDGETS = st.lists(LINES, min_size=1, max_size=60)


def tagged(lines: list[Line]) -> pl.DataFrame:
    return with_tags(with_class(budget_frame(lines), packaged(), TODAY), tag_rules(packaged(), TODAY))


@given(BUDGETS)
@settings(max_examples=40, deadline=None)
def test_sums_by_bidang_and_by_office_are_the_total_to_the_sen(lines: list[Line]) -> None:
    frame = tagged(lines)
    total = sum(amount * 100 for *_, amount in lines if amount is not None)

    assert sums(frame)["sen"].to_list() == [total]
    for by in (["bidang_code"], ["office_code", "office_name"], ["tag", "strategy"], ["class"]):
        assert sum(sums(frame, by)["sen"].to_list()) == total
        assert sum(sums(frame, by)["lines"].to_list()) + sum(sums(frame, by)["empty"].to_list()) == len(lines)


@given(BUDGETS)
@settings(max_examples=40, deadline=None)
def test_every_line_is_in_one_class_and_every_line_of_the_base_has_one_tag(lines: list[Line]) -> None:
    frame = tagged(lines)

    assert frame.height == len(lines)
    assert set(frame["class"]) <= set(LineClass)
    assert set(frame.filter(pl.col("class") == LineClass.PROGRAM)["tag"]) <= set(Tag)
    assert frame.filter(pl.col("class") != LineClass.PROGRAM)["tag"].null_count() == (
        frame.height - (frame["class"] == LineClass.PROGRAM).sum()
    )
    for row in sums(frame, ["bidang_code"]).iter_rows(named=True):
        assert row["sen"] == row["penunjang_sen"] + row["transfer_desa_sen"] + row["base_sen"]
        assert row["base_sen"] == row["tagged_sen"] + row["not_relevant_sen"] + row["held_sen"]


@given(BUDGETS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_lines_changes_no_sum_and_no_tag(lines: list[Line], chance: random.Random) -> None:
    shuffled = chance.sample(lines, k=len(lines))
    by = ["tag", "dimension", "strategy", "directness", "rule", "held_because"]

    assert sums(tagged(lines), by).equals(sums(tagged(shuffled), by))


def test_a_thousand_lines_at_the_largest_amount_do_not_wrap_around() -> None:
    rows = 1000
    lines: list[Line] = [(EDUCATION, *KINDS[0], LARGEST_AMOUNT_RUPIAH)] * rows
    exact = rows * LARGEST_AMOUNT_RUPIAH * 100

    assert exact > 2**63
    assert exact_sen(tagged(lines)) == exact
    assert sums(tagged(lines), ["bidang_code"])["sen"].to_list() == [exact]
