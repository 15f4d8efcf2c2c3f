"""Every sentence and every row of a dimension is held to the rows by a reader of its own, on many worlds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from nangkis.content.catalogue import sentences
from nangkis.content.tree import Block, Bullets, Paragraph, Table
from nangkis.diagnosis.dimension_exhibits import dimension_blocks
from nangkis.indicators.dimensions import Dimension
from tests.rooms.diagnosis.claims_dimensions import MEMBERS, DimensionClaims
from tests.rooms.diagnosis.dimension_truth import KINDS, DimensionTruth
from tests.rooms.diagnosis.truth import Row
from tests.rooms.diagnosis.worlds import diagnosed_everything


# code -> a middle value, and the steps by which it may differ: many within the error, many beyond it
SPREADS = {
    "EMP.TPT": (6.0, 0.5),
    "EMP.TPAK": (66.0, 1.5),
    "EMP.WAGE": (2_500_000.0, 20_000.0),
    "EMP.WORK": (90_000.0, 500.0),
    "ECO.LPE": (5.0, 0.05),
    "ECO.PDRBPC": (40_000.0, 300.0),
}


@st.composite
def worlds(draw: st.DrawFn) -> list[Row]:
    """Rows of three regions above each other: some indicators, some years, some cells missing, some values equal."""
    last = draw(st.integers(2020, 2025))
    years = range(last - draw(st.integers(0, 4)), last + 1)
    rows: list[Row] = []
    for code in draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, unique=True)):
        middle, step = SPREADS[code]
        for region in ("90.01", "90", "00"):
            for year in years:
                by = draw(st.integers(-8, 8))
                gone = draw(st.sampled_from([None, None, None, None, None, "dash", "absent"]))
                if gone != "absent":
                    rows.append((code, f"contoh-2026:{region}", year, gone or round(middle + by * step, 2)))
    return rows


def hold(blocks: Sequence[Block], claims: DimensionClaims) -> None:
    """Check the result, the table, and all sentences after it."""
    first = blocks[0]
    assert isinstance(first, Paragraph)
    claims.hold_result(first.sentences)
    (place,) = [place for place, block in enumerate(blocks) if isinstance(block, Table)]
    table = blocks[place]
    assert isinstance(table, Table)
    claims.hold_table(table)
    rest = [block for block in blocks[place + 1 :] if isinstance(block, Paragraph | Bullets)]
    said = [one for block in rest for one in (block.sentences if isinstance(block, Paragraph) else block.items)]
    claims.hold_rest(said)
    assert any(one.code == "drivers.found" for one in said) is claims.has_driver


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(worlds(), st.sampled_from(["90.01", "90", "00"]))
def test_every_claim_of_a_dimension_is_true_of_the_rows(rows: list[Row], region: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = diagnosed_everything(Path(folder), rows, region)

    for dimension in MEMBERS:
        claims = DimensionClaims(DimensionTruth(rows), region, dimension)
        if claims.told:
            hold(dimension_blocks(found, Dimension(dimension)), claims)


def test_the_reader_finds_a_false_claim(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("EMP.TPT", f"contoh-2026:{region}", year, value)
        for region, value in (("90.01", 9.0), ("90", 5.0), ("00", 5.0))
        for year in (2023, 2024, 2025)
    ]
    blocks = dimension_blocks(diagnosed_everything(tmp_path, rows, "90.01"), Dimension.WORK)
    hold(blocks, DimensionClaims(DimensionTruth(rows), "90.01", "ketenagakerjaan"))
    falsified = [(*row[:3], 4.0) if row[1].endswith("90.01") else row for row in rows]

    with pytest.raises(AssertionError):
        hold(blocks, DimensionClaims(DimensionTruth(falsified), "90.01", "ketenagakerjaan"))


def test_every_sentence_of_a_result_has_its_reader() -> None:
    known = {
        "behind", "behind-unfollowed", "catching-up", "behind-nation", "slipping", "worsening", "no-problem", "better",
        "equal", "improving", "untold", "none-told", "context",
    }  # fmt: skip

    assert {
        code.removeprefix("dimension.result.") for code in sentences() if code.startswith("dimension.result.")
    } == known
