"""What holds of every crosswalk, whatever the lists; and that a decision that is kept is the one that was taken."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings, strategies as st

from nangkis.budget.nomenclature.compare import Change, compare, out_of_scope
from nangkis.budget.nomenclature.crosswalk import PROPOSALS, SIDE, Standing, crosswalk_rules_on, propose
from nangkis.budget.nomenclature.decisions import PAIR, in_force
from nangkis.budget.nomenclature.schema import DECISION_SCHEMA, SCHEMA, Verdict
from nangkis.budget.nomenclature.similarity import dice, may_reach, with_runs
from nangkis.parameters.loader import packaged


RULES = crosswalk_rules_on(packaged(), date(2026, 11, 24))
NAMES = st.sampled_from(
    ["Pembangunan Rumah Sakit", "Pembangunan Rumah Sakit Daerah", "pembangunan rumah-sakit", "Gaji", "", "–"]
)
GOVERNMENTS = st.sampled_from(["PROV", "KABKOT", None])


@st.composite
def codes(draw: st.DrawFn) -> str:
    bidang = draw(st.sampled_from(["1.01", "2.22", "X.XX"]))
    program = draw(st.sampled_from(["01", "02"]))
    digit = draw(st.sampled_from("12345678"))
    last = draw(st.sampled_from(["01", "02", "0001", "0002"]))
    return f"{bidang}.{program}.{digit}.01.{last}"


@st.composite
def sides(draw: st.DrawFn) -> pl.DataFrame:
    keys = draw(st.lists(st.tuples(codes(), GOVERNMENTS), unique=True, max_size=12))
    rows = [
        {
            "code": code,
            "government": government,
            "name": draw(NAMES),
            "kegiatan": code.rpartition(".")[0],
            "kegiatan_name": draw(st.sampled_from(["Layanan", None])),
            "previous_code": draw(st.one_of(st.none(), codes())),
        }
        for code, government in keys
    ]
    return pl.DataFrame(rows, schema=SIDE)


@given(sides(), sides())
@settings(max_examples=150)
def test_a_proposal_never_crosses_governments_or_special_regions(before: pl.DataFrame, after: pl.DataFrame) -> None:
    found = propose(before, after, RULES)

    assert found.schema == PROPOSALS
    for row in found.iter_rows(named=True):
        assert row["from_code"].split(".")[3] == row["to_code"].split(".")[3]
        assert None in (row["from_government"], row["to_government"]) or row["from_government"] == row["to_government"]
        assert 0 < row["score"] <= 1


@given(sides(), sides())
@settings(max_examples=100)
def test_every_code_proposed_is_in_its_list_and_no_pair_is_told_twice(
    before: pl.DataFrame, after: pl.DataFrame
) -> None:
    found = propose(before, after, RULES)
    held, reached = set(before.select("code", "government").rows()), set(after.select("code", "government").rows())

    assert set(found.select("from_code", "from_government").rows()) <= held
    assert set(found.select("to_code", "to_government").rows()) <= reached
    assert found.select(PAIR).is_unique().all()
    several = found.filter(pl.len().over("from_code", "from_government") > 1)
    assert set(several["standing"].unique()) <= {Standing.AMBIGUOUS}


@given(sides())
def test_a_list_is_matched_with_itself_whole_where_it_has_names(side: pl.DataFrame) -> None:
    named = side.filter(pl.col("name").str.contains("[A-Za-z]"))
    found = propose(named, named, RULES)
    own = found.filter(
        (pl.col("from_code") == pl.col("to_code")) & pl.col("from_government").eq_missing(pl.col("to_government"))
    )

    assert own.height == named.height
    assert own["score"].to_list() == [RULES.scores[next(iter(RULES.scores))]] * named.height


@given(sides(), sides())
@settings(max_examples=100)
def test_no_code_is_lost_between_two_versions(before: pl.DataFrame, after: pl.DataFrame) -> None:
    one, other = (_listed(side) for side in (before, after))
    changes, apart = compare(one, other, support="01"), out_of_scope(one, other, support="01")

    for side, name, left in ((one, "before", apart[0]), (other, "after", apart[1])):
        told = changes.drop_nulls(f"{name}_code").select(f"{name}_code", f"{name}_government").unique()
        assert told.height + left == side.height
    assert set(changes["change"].unique()) <= set(Change)


def _listed(side: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in side.columns]
    return side.with_columns(absent).with_columns(pl.lit("sub-kegiatan").alias("level")).select(list(SCHEMA))


DECIDED = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["a", "b", None]), st.sampled_from(list(Verdict))), max_size=12
)


@given(DECIDED)
def test_the_latest_decision_holds_and_a_code_has_one_match(taken: list[tuple[str, str | None, Verdict]]) -> None:
    rows = [
        {
            "from_code": code,
            "to_code": None if verdict is Verdict.WITHOUT else (to or "a"),
            "verdict": verdict.value,
            "at": f"2026-01-01T00:00:{second:02d}+00:00",
        }
        for second, (code, to, verdict) in enumerate(taken)
    ]
    held = in_force(pl.DataFrame(rows, schema=DECISION_SCHEMA))

    settled = held.filter(pl.col("verdict") != Verdict.REJECTED)
    assert settled["from_code"].is_unique().all()
    assert held.select(PAIR).is_unique().all()
    if rows:  # what was decided last holds
        last = rows[-1]
        assert held.filter(from_code=last["from_code"], at=last["at"])["verdict"].to_list() == [last["verdict"]]


@given(st.lists(st.text("abcdef", max_size=12), min_size=1, max_size=8), st.floats(0.1, 1))
def test_no_pair_that_is_alike_enough_is_passed_over_for_its_length(names: list[str], similarity: float) -> None:
    runs = with_runs(pl.DataFrame({"name": names}), "name").select("runs")
    pairs = runs.join(runs.rename({"runs": "other"}), how="cross")
    alike = pairs.filter(dice("runs", "other") >= similarity)

    assert alike.height == alike.filter(may_reach("runs", "other", similarity)).height
