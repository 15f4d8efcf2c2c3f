"""What a divided region reads of its old whole, and of itself within the borders of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.sentences import Sentence, sentence, spoken
from nangkis.content.tree import Block, Document, Marked, Missing, Paragraph, Table, figures_of_document
from nangkis.diagnosis.border_words import border_blocks
from nangkis.diagnosis.borders import OverBorders, over_borders
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks
from nangkis.diagnosis.judging import Absent, Movement
from nangkis.diagnosis.trend import Change
from nangkis.indicators.catalogue import indicators
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.worlds import ON, diagnosed, drawn, said, trend_of
from tests.rooms.indicators.lakes import accept


WORLD = """
      | POV.P0 2014 | POV.N 2014 | POV.P0 2015 | POV.N 2015 | POV.P0 2016 | POV.N 2016 | POV.P0 2017 | POV.N 2017
90.09 | 30.00       | 39.00      | 28.00       | 24.00      | 24.00       | 21.00      | 18.00       | 16.00
90.10 |             |            | 24.00       | 12.00      | 22.00       | 11.00      | 17.00       | 9.00
"""  # 90.10 left 90.09 in 2014 and has figures of its own from 2015 on


def over(found: Diagnosis, code: str) -> OverBorders | Absent | None:
    return over_borders(found.judged, indicators()[code], found.region)


def blocks_of(found: Diagnosis, code: str) -> tuple[Block, ...]:
    return border_blocks(found, trend_of(found, code))


def table_of(found: Diagnosis, code: str) -> Table:
    return next(block for block in blocks_of(found, code) if isinstance(block, Table))


def spoken_cells(table: Table, column: int) -> dict[str, str]:
    """Return a column by year as paper shows it."""
    told = {}
    for row in table.rows:
        year, cell = row.cells[0], row.cells[column]
        assert isinstance(year, Label)
        assert not isinstance(cell, Marked)
        told[year.text] = "—" if isinstance(cell, Missing) else spoken(cell, "id", bare=True)
    return told


def test_the_course_of_the_old_whole_is_a_sentence_of_its_own(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, WORLD, "90.10")

    lead, cut = (block for block in blocks_of(found, "POV.P0")[0].sentences)  # type: ignore[union-attr]
    before, after = 100 * 36 / (24 / 0.28 + 12 / 0.24), 100 * 25 / (16 / 0.18 + 9 / 0.17)
    assert f"{before:.2f} {after:.2f}" == "26.53 17.63"
    assert said(lead) == (
        "Persentase penduduk miskin wilayah lama Kabupaten Contoh Bukit (kini Kabupaten Contoh Bukit dan Kabupaten "
        "Contoh Rimba) turun 8,90 persen poin, dari 26,53 persen (Maret 2015) menjadi 17,63 persen (Maret 2017): "
        "membaik."
    )
    assert said(cut) == "Angka wilayah lama sebelum 2015 tidak dibandingkan: bulan surveinya lain atau tidak pasti."
    assert said(lead, "en").startswith("The percentage of poor people in the old area of Kabupaten Contoh Bukit (today")


def test_its_error_is_that_of_both_samples_together(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, WORLD, "90.09")

    told = over(found, "POV.P0")
    assert isinstance(told, OverBorders)
    assert told.course is not None
    change = told.course.change
    assert isinstance(change, Change)

    def error(year: tuple[tuple[float, float], tuple[float, float]]) -> float:
        people = [poor / share for poor, share in year]
        squares = [(n * 100) ** 2 * 2 * p * (1 - p) / 671 for n, (_, p) in zip(people, year, strict=True)]
        return float(sum(squares) ** 0.5 / sum(people))

    ends = error(((24, 0.28), (12, 0.24))), error(((16, 0.18), (9, 0.17)))
    assert change.error == pytest.approx((ends[0] ** 2 + ends[1] ** 2) ** 0.5)
    assert change.verdict is Movement.IMPROVING
    assert [fact.year for fact in told.course.comparable] == [2015, 2016, 2017]


def test_the_table_shows_what_was_published_beside_the_old_whole(tmp_path: Path) -> None:
    table = table_of(diagnosed(tmp_path, WORLD, "90.10"), "POV.P0")

    assert said(table.title) == "Persentase penduduk miskin dengan batas wilayah yang tetap, 2014–2017 (persen)"
    assert [said(column.title) for column in table.columns] == [
        "Tahun", "Kabupaten Contoh Rimba sebagaimana terbit", "Wilayah lama Kabupaten Contoh Bukit",
    ]  # fmt: skip
    assert spoken_cells(table, 1) == {"2014": "—", "2015": "24,00", "2016": "22,00", "2017": "17,00"}
    assert spoken_cells(table, 2) == {"2014": "30,00", "2015": "26,53", "2016": "23,27", "2017": "17,63"}
    notes = [said(note) for note in table.notes]
    assert notes[1].endswith("pembulatan dapat menggesernya paling jauh 0,006 persen poin.")
    assert notes[2].startswith(
        "Kabupaten Contoh Rimba dalam batas sekarang tidak ditunjukkan untuk tahun-tahun sebelum"
    )


def test_an_estimate_looks_like_one_and_is_called_one(tmp_path: Path) -> None:
    table = table_of(diagnosed(tmp_path, WORLD, "90.10"), "POV.N")

    #  the part of 90.10: 12 of 36, 11 of 32, 9 of 25; of 39 that is 13 (13 to 14)
    assert [spoken_cells(table, column)["2014"] for column in (3, 4, 5)] == ["13,0", "13,0", "14,0"]
    assert [spoken_cells(table, column)["2015"] for column in (3, 4, 5)] == ["12,00", "—", "—"]
    assert any("adalah estimasi, bukan angka terbit" in said(note) for note in table.notes)


def test_every_addend_is_among_the_cells_of_a_sum(tmp_path: Path) -> None:
    told = over(diagnosed(tmp_path, WORLD, "90.09"), "POV.P0")

    assert isinstance(told, OverBorders)
    (cells,) = next(one.fact for one in told.old if one.fact.year == 2015).figure.origin.inputs
    assert dict(cells.where) == {
        "indicator": ("POV.N", "POV.P0"),
        "region": ("contoh-2026:90.09", "contoh-2026:90.10"),
        "year": (2015,),
        "period": ("maret",),
    }


def test_an_estimate_names_the_cells_of_its_part_and_of_the_whole(tmp_path: Path) -> None:
    told = over(diagnosed(tmp_path, WORLD, "90.10"), "POV.N")

    assert isinstance(told, OverBorders)
    assert not isinstance(told.today, Absent)
    first = told.today[0]
    years = {
        year for cell in first.fact.selections for column, found in cell.where if column == "year" for year in found
    }
    assert years == {2014, 2015}
    assert first.high is not None
    spread = first.high.origin.inputs
    every = {year for cell in spread for column, found in cell.where if column == "year" for year in found}
    assert every == {2014, 2015, 2016, 2017}


def test_a_figure_within_old_borders_is_never_that_of_a_published_value(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, WORLD, "90.09")
    title = sentence("diagnosis.empty.do", place=Label("x"))

    figures = figures_of_document(Document(title, title, diagnosis_blocks(found)))

    keys = {figure.key for figure in figures.values()}
    assert {"POV.P0/2014/contoh-2026:90.09", "POV.P0/2015/contoh-2026:90.09/old-borders"} <= keys
    assert "POV.P0/2014/contoh-2026:90.09/old-borders" not in keys  # it was published


def test_positions_problems_and_paces_do_not_know_of_the_old_whole(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, WORLD, "90.09")

    told = [fact for course in found.trends for fact in course.facts]
    assert {fact.borders for fact in told} == {None}


def test_what_cannot_be_combined_is_refused_with_the_reason_and_what_to_do(tmp_path: Path) -> None:
    table = "| POV.GINI 2014 | POV.GINI 2015 | POV.GINI 2016\n90.09 | 0.30 | 0.31 | 0.32\n90.10 | | 0.29 | 0.30"
    lake = Lake(tmp_path)
    accept(lake, drawn(table))
    found = diagnose(lake.snapshot(), Region.parse("contoh:90.09"), parameters=packaged(), on=ON, codes=["POV.GINI"])

    (paragraph,) = blocks_of(found, "POV.GINI")
    assert isinstance(paragraph, Paragraph)
    assert [one.code for one in paragraph.sentences] == ["borders.refused", "borders.do.ask"]
    why = paragraph.sentences[0].values["why"]
    assert isinstance(why, Sentence)
    assert why.code == "absent.no-whole"


def test_a_region_that_was_never_split_or_has_no_older_value_shows_nothing_more(tmp_path: Path) -> None:
    never = diagnosed(tmp_path / "a", "| POV.P0 2013 | POV.P0 2016\n90.01 | 20.00 | 18.00", "90.01")
    since = diagnosed(
        tmp_path / "b", "| POV.P0 2015 | POV.P0 2016\n90.09 | 20.00 | 18.00\n90.10 | 16.00 | 15.00", "90.09"
    )

    assert blocks_of(never, "POV.P0") == ()
    assert blocks_of(since, "POV.P0") == ()


def test_a_source_that_computed_its_older_sums_again_is_not_continued(tmp_path: Path) -> None:
    table = "| POV.N 2014 | POV.N 2015\n90.09 | 24.50 | 24.00\n90.10 | 12.50 | 12.00"

    (paragraph,) = blocks_of(diagnosed(tmp_path, table, "90.09"), "POV.N")

    assert isinstance(paragraph, Paragraph)
    assert [one.code for one in paragraph.sentences] == ["borders.refused", "borders.do.read"]


def test_a_whole_that_nothing_continues_says_what_is_missing(tmp_path: Path) -> None:
    table = "| POV.P0 2013 | POV.P0 2014 | POV.P0 2015\n90.09 | 31.00 | 30.00 | 28.00\n90.10 | | | 24.00"

    (paragraph,) = blocks_of(diagnosed(tmp_path, table, "90.09"), "POV.P0")

    assert isinstance(paragraph, Paragraph)
    assert [one.code for one in paragraph.sentences] == ["borders.refused", "borders.do.weigh"]


SHARES = """
      | POV.P0 2014 | POV.P0 2015 | POV.P0 2016 | POV.P0 2017
90.09 | 30.00       | 28.00       | 24.00       | 18.00
90.10 |             | 24.00       | 22.00       | 17.00
"""
PEOPLE = """
      | DEM.POP 2015 | DEM.POP 2016 | DEM.POP 2017
90.09 | 60000        | 60000        | 60000
90.10 | 40000        | 40000        | 40000
"""


def test_estimates_at_the_ends_of_a_course_say_so(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn(SHARES))
    accept(lake, drawn(PEOPLE), title="Jumlah penduduk", period="tahun", places=0)
    found = diagnose(lake.snapshot(), Region.parse("contoh:90.09"), parameters=packaged(), on=ON)

    told = said(blocks_of(found, "POV.P0")[0].sentences[0])  # type: ignore[union-attr]
    #  (28 × 60 + 24 × 40) / 100 is 26.4, give or take 0.1; (18 × 60 + 17 × 40) / 100 is 17.60, give or take 0.03
    assert "dari 26,4 persen (estimasi) (Maret 2015) menjadi 17,60 persen (estimasi) (Maret 2017)" in told
