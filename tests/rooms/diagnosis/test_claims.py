"""Every sentence of a diagnosis is held to the rows by a reader of its own, on many worlds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from nangkis.content.catalogue import sentences
from nangkis.content.tree import Bullets, Paragraph
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary, problem_sentence, unjudged_sentences
from nangkis.diagnosis.place_exhibits import place_blocks
from nangkis.regions.boundaries import Borders
from tests.rooms.diagnosis.claims import CHECKS, Claims, expected_reasons, expected_unjudged
from tests.rooms.diagnosis.reading import Context
from tests.rooms.diagnosis.truth import CHILD, PARENT, REGENCIES, Row, Truth
from tests.rooms.diagnosis.worlds import diagnosed_rows


SHOWN = ("90.01", PARENT, CHILD)


@st.composite
def worlds(draw: st.DrawFn) -> list[Row]:
    """Rows of the fictional province: some years, some regions, some cells missing, some values equal."""
    years = draw(st.lists(st.integers(2012, 2019), min_size=1, max_size=6, unique=True).map(sorted))
    regions = draw(st.lists(st.sampled_from(REGENCIES), max_size=12, unique=True))
    everywhere = draw(st.booleans())
    shown = REGENCIES if everywhere else sorted({*regions, "90.01"})
    spread = draw(st.sampled_from([1, 300, 3000]))
    rows: list[Row] = []
    for region in [*shown, *draw(st.sampled_from([[], ["90"], ["90", "00"]]))]:
        for year in years:
            step = draw(st.integers(-spread, spread))
            gone = (
                draw(st.sampled_from([None, None, None, None, None, "dash", "implausible"])) if not everywhere else None
            )
            scale = 1 if region in REGENCIES else 100
            values = {
                "POV.P0": (4000 + step) / 100,
                "POV.N": scale * (2000 + step // 2) / 100,
                "POV.GK": float(400000 + 20 * step),
            }
            rows += [(name, f"contoh-2026:{region}", year, gone or value) for name, value in values.items()]
    kept = draw(st.sampled_from([{"POV.P0"}, {"POV.P0", "POV.N"}, {"POV.N", "POV.GK"}, {"POV.P0", "POV.N", "POV.GK"}]))
    return [row for row in rows if row[0] in kept]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(worlds(), st.sampled_from(SHOWN))
def test_every_claim_is_true_of_the_rows(rows: list[Row], digits: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = diagnosed_rows(Path(folder), rows, f"contoh:{digits}")

    claims = Claims(Truth(rows))
    claims.hold(diagnosis_blocks(found))
    claims.hold(diagnosis_summary(found))
    claims.hold(place_blocks(found, Borders({})))
    claims.hold([Bullets(tuple(problem_sentence(problem) for problem in found.problems))])
    claims.hold([Bullets(unjudged_sentences(found))])

    told = {problem.indicator for problem in found.problems}
    for stand in found.positions:
        context = Context(claims.truth, stand.indicator.code, digits, stand.fact.year)
        assert bool(expected_reasons(context)) == (stand.indicator.code in told)
    held_back = {
        (one.aspect.value, one.indicator, one.reference and one.reference.region.digits) for one in found.unjudged
    }
    assert held_back == expected_unjudged(claims.truth, digits)


def test_every_sentence_that_a_paragraph_may_hold_has_a_check() -> None:
    heads: tuple[str, ...] = (
        "position.lead.",
        "position.gap.",
        "position.side.",
        "position.not-",
        "position.share",
        "position.ranked",
        "position.context",
    )
    heads += ("trend.lead.", "trend.pace", "trend.cut.", "trend.not-", "diagnosis.silent", "problem.", "unjudged.")
    heads += ("position.no-share", "position.newer", "diagnosis.old", "diagnosis.without")
    heads += ("relevance.none", "relevance.same", "relevance.opposite", "relevance.apart", "relevance.steady")
    heads += ("relevance.unsure", "effectiveness.", "pace.", "peers.none", "drivers.unknown")
    heads += ("borders.lead.", "borders.not-", "borders.cut", "borders.refused", "borders.do.", "gap.none", "gap.do")
    heads += ("quadrant.own", "quadrant.counted", "quadrant.there", "quadrant.without", "map.counted", "map.worse")
    claiming = [code for code in sentences() if code.startswith(heads)]

    assert [code for code in claiming if not code.startswith(tuple(CHECKS))] == []


def test_the_reader_finds_a_false_claim(tmp_path: Path) -> None:
    rows: list[Row] = [("POV.P0", "contoh-2026:90.01", year, 20.0 - year % 10) for year in (2016, 2017, 2018)]
    blocks = diagnosis_blocks(diagnosed_rows(tmp_path, rows, "contoh:90.01"))
    falsified = [(*row[:3], 50.0) if row[2] == 2018 else row for row in rows]

    try:
        Claims(Truth(falsified)).hold([block for block in blocks if isinstance(block, Paragraph)])
    except AssertionError:
        return
    raise AssertionError("a falsified row was not noticed")
