"""Whatever is decided, listed or tagged: a decision wins, no sen is lost, and the lines keep their order."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings, strategies as st

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.schema import WHOLE
from nangkis.budget.tagging.shares import split_sen
from tests.properties.test_budget_sums import KINDS, LARGEST_RUPIAH, LINES
from tests.rooms.budget.budgets import EDUCATION, HEALTH, Line
from tests.rooms.budget.tagged import analysed, decision, entry, official


LISTS_OF_LINES = st.lists(LINES, min_size=1, max_size=30)
CHOICES = st.lists(st.integers(1, WHOLE), min_size=1, max_size=4).filter(lambda shares: sum(shares) <= WHOLE)


@st.composite
def decisions(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for kind in draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=5)):
        office = draw(st.sampled_from((None, EDUCATION[0], HEALTH[0])))
        tag = draw(st.sampled_from(("ditandai", "tidak-relevan", "ditangguhkan")))
        for part, share in enumerate(draw(CHOICES), start=1):
            found.append(decision(kind, tag, part=part, share=share, office_code=office))
    return found


SAID = st.builds(
    lambda kinds, codes: {
        "entries": [entry(kind, strategy) for kind, strategy in kinds],
        "codes": [official(kind) for kind in codes],
    },
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(("1", "2", "3", None))), max_size=4),
    st.lists(st.sampled_from(KINDS), max_size=4, unique=True),
)


def tagged(lines: list[Line], decided: list[dict[str, Any]], said: dict[str, Any]) -> BudgetAnalysis:
    with tempfile.TemporaryDirectory() as folder:
        return analysed(Path(folder), lines, *decided, **said)


@given(LISTS_OF_LINES, decisions(), SAID)
@settings(max_examples=25)
def test_no_sen_is_lost_and_lines_keep_their_order(
    lines: list[Line], decided: list[dict[str, Any]], said: dict[str, Any]
) -> None:
    analysis = tagged(lines, decided, said)

    rows = analysis.frame.group_by("_row", maintain_order=True).agg(
        pl.col("amount_sen").sum(), pl.col("amount_sen").null_count().alias("blank")
    )
    assert rows["_row"].to_list() == sorted(rows["_row"].to_list())
    assert rows["amount_sen"].to_list() == [(amount or 0) * 100 for *_, amount in lines]
    figures = BudgetFigures(analysis)
    whole = figures.whole
    assert figures.lines(whole).value + figures.empty_lines(whole).value == len(lines)  # type: ignore[operator]
    base = figures.of_class(whole, LineClass.PROGRAM)
    assert sum(figures.of_tag(whole, tag=tag).sen or 0 for tag in Tag) == (base.sen or 0)
    sources = [
        figures.of_tag(whole, tag=Tag.TAGGED, origin=origin).sen or 0
        for origin in ("keputusan", "daftar", "resmi", "aturan")
    ]
    assert sum(sources) == (figures.of_tag(whole, tag=Tag.TAGGED).sen or 0)


@given(LISTS_OF_LINES, decisions(), SAID)
@settings(max_examples=25)
def test_a_decision_always_wins_and_no_tag_is_without_origin_and_reason(
    lines: list[Line], decided: list[dict[str, Any]], said: dict[str, Any]
) -> None:
    base = tagged(lines, decided, said).frame.filter(pl.col("class") == LineClass.PROGRAM)

    for row in base.iter_rows(named=True):
        ours = [
            one
            for one in decided
            if one["sub_kegiatan_code"] == row["sub_kegiatan_code"] and one["office_code"] in (None, row["office_code"])
        ]
        assert (row["origin"] == "keputusan") == bool(ours)
        assert not ours or row["tag"] in {ours[0]["tag"], "tidak-relevan"}  # the rest of a divided line is not relevant
        assert row["tag"] == "ditangguhkan" or (row["origin"] and row["reason"])
        assert (row["strategy"] is not None) == (row["tag"] == "ditandai")
    shares = base.group_by("_row", maintain_order=True).agg(pl.col("share").sum())
    assert set(shares["share"]) <= {WHOLE}


@given(LISTS_OF_LINES, decisions(), st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_the_order_of_lines_and_decisions_changes_no_tag(
    lines: list[Line], decided: list[dict[str, Any]], chance: random.Random
) -> None:
    def told(analysis: BudgetAnalysis) -> list[tuple[Any, ...]]:
        columns = ("office_code", "sub_kegiatan_code", "tag", "strategy", "origin", "part", "share", "amount_sen")
        return sorted(analysis.frame.select(columns).iter_rows(), key=repr)

    there = tagged(lines, decided, {})
    back = tagged(chance.sample(lines, k=len(lines)), chance.sample(decided, k=len(decided)), {})

    assert told(there) == told(back)


@given(CHOICES, st.integers(-LARGEST_RUPIAH * 100, LARGEST_RUPIAH * 100))
def test_parts_are_within_a_sen_of_their_share_and_add_up(shares: list[int], sen: int) -> None:
    if rest := WHOLE - sum(shares):
        shares = [*shares, rest]
    frame = pl.DataFrame(
        {
            "_line": [0] * len(shares),
            "part": range(1, len(shares) + 1),
            "share": shares,
            "amount_sen": [sen] * len(shares),
        },
        schema={"_line": pl.UInt32(), "part": pl.Int32(), "share": pl.Int32(), "amount_sen": pl.Int64()},
    )

    parts = split_sen(frame)["amount_sen"].to_list()

    assert sum(parts) == sen
    assert all(abs(part * WHOLE - sen * share) < WHOLE for part, share in zip(parts, shares, strict=True))
