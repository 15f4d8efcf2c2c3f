from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.diagnosis import figures, judged
from nangkis.diagnosis.diagnose import diagnose
from nangkis.diagnosis.rules import rules_on
from nangkis.diagnosis.tables import lines
from nangkis.diagnosis.trend import Change, Trend, breaks_of, trend
from nangkis.diagnosis.wording import trend_sentences
from nangkis.indicators.catalogue import MethodBreak, indicators
from nangkis.indicators.facts import facts
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register, splits
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, diagnosed, drawn, said, trend_of
from tests.rooms.indicators.lakes import accept


OTHER_METHOD = MethodBreak(2016, "absent.nothing-better")  # any sentence of the catalogue serves as a reason here
SERIES = "| POV.P0 2014 | POV.P0 2015 | POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 40 | 39 | 20 | 19.5 | 19"


def test_nothing_is_compared_across_a_change_of_method(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn(SERIES))
    known = facts(lake.snapshot(), parameters=packaged(), on=ON)
    indicator = replace(indicators()["POV.P0"], method_breaks=(OTHER_METHOD,))
    monkeypatch.setattr(judged, "indicators", lambda: {**indicators(), "POV.P0": indicator})
    place = register.place(Region.parse("contoh:90.01"))

    course = trend(judged.judge(known, rules_on(packaged(), ON), codes=["POV.P0"]), indicator, place)

    assert isinstance(course, Trend)
    assert course.cut is not None
    assert (course.cut.year, course.cut.methods, course.cut.splits) == (2016, (OTHER_METHOD,), ())
    assert isinstance(course.change, Change)
    assert course.change.change == pytest.approx(19 - 20)
    assert [one.code for one in trend_sentences(course)][-1] == "trend.cut.method"


@pytest.mark.parametrize("split", splits.every_split(), ids=lambda split: str(split.child))
def test_the_last_break_of_borders_is_the_one_that_the_regions_room_knows(split: splits.Split) -> None:
    for region in (split.child, split.parent):
        place = register.place(region)

        assert breaks_of((), place)[-1].year == splits.first_comparable_year(region)


def test_a_year_whose_survey_month_is_not_certain_is_neither_named_march_nor_compared(tmp_path: Path) -> None:
    table = "| POV.P0 2012 | POV.P0 2013 | POV.P0 2015 | POV.P0 2016 | POV.P0 2017\n90.01 | 30 | 29 | 20 | 19 | 18"
    found = diagnosed(tmp_path, table)

    course = trend_of(found)

    assert [fact.year for fact in course.comparable] == [2015, 2016, 2017]
    assert "dari 20,00 persen (Maret 2015) menjadi 18,00 persen (Maret 2017)" in said(trend_sentences(course)[0])
    assert said(trend_sentences(course)[-1]) == (
        "Angka sebelum 2015 tidak dibandingkan: bulan surveinya lain atau tidak pasti."
    )
    assert lines(found, course).breaks == (2015,)
    assert isinstance(course.change, Change)
    assert "bulan_survei_pasti" in {use.name for use in figures.change_size(course, course.change).origin.parameters}


def test_a_second_reason_for_a_break_does_not_repeat_the_first(tmp_path: Path) -> None:
    course = trend_of(diagnosed(tmp_path, SERIES.replace("90.01", "90.09"), "90.09"))

    assert [said(one) for one in trend_sentences(course)][-2:] == [
        (
            "Angka sebelum 2015 tidak dibandingkan: Kabupaten Contoh Rimba dibentuk dari Kabupaten Contoh Bukit dengan "
            "UU Contoh (fiktif), sehingga batas wilayahnya lain."
        ),
        "Selain itu, bulan surveinya lain atau tidak pasti.",
    ]


def test_a_series_that_ends_before_the_month_is_certain_names_years_only(tmp_path: Path) -> None:
    course = trend_of(
        diagnosed(tmp_path, "| POV.GK 2011 | POV.GK 2012 | POV.GK 2013\n90.01 | 250000 | 270110 | 290000"), "POV.GK"
    )

    told = said(trend_sentences(course)[0])

    assert "(tahun 2011)" in told
    assert "(tahun 2013)" in told
    assert "Maret" not in told


def test_a_september_series_has_its_month_in_every_year(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn(SERIES), period="september")
    course = trend_of(diagnose(lake.snapshot(), Region.parse("contoh:90.01"), parameters=packaged(), on=ON))

    assert course.cut is None
    assert "(September 2014)" in said(trend_sentences(course)[0])
