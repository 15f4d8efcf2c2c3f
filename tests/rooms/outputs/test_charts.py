from __future__ import annotations

import struct
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.charts import Bar, Line, Point, Series, SortedBars
from nangkis.outputs.charts import MM_PER_INCH, PIXELS_PER_INCH, chart_png, chart_spec
from nangkis.outputs.drawing.scale import kept_apart, round_scale
from nangkis.outputs.letters import text_width
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.units import Unit
from tests.rooms.outputs.sample import bars, figure, series


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def texts(spec: dict[str, Any]) -> list[Any]:
    """Every text that is drawn; one of several lines is a list."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    return [row["text"] for layer in layers for row in layer["data"]["values"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", [bars(), series()], ids=["bars", "series"])
def test_a_picture_is_as_wide_on_paper_as_was_asked(chart: SortedBars | Series, language: Language) -> None:
    width, _ = size(chart_png(chart, language=language, width_mm=160))

    assert width == pytest.approx(160 / MM_PER_INCH * PIXELS_PER_INCH, abs=2)
    assert PIXELS_PER_INCH >= 200


def test_numbers_in_a_picture_are_printed_as_in_the_text() -> None:
    assert "12,58" in texts(chart_spec(bars(), language="id", width_mm=160))
    assert "12.58" in texts(chart_spec(bars(), language="en", width_mm=160))
    assert "Provinsi Contoh 11,04" in texts(chart_spec(bars(), language="id", width_mm=160))


def test_no_line_is_drawn_across_a_missing_year_or_a_break() -> None:
    spec = chart_spec(series(), language="id", width_mm=160)
    rows = [row for layer in spec["layer"] if layer["mark"]["type"] == "line" for row in layer["data"]["values"]]
    stretches = {(row["role"], row["year"]): row["stretch"] for row in rows}

    assert stretches["subject", 2018] != stretches["subject", 2020]  # 2019 is missing
    assert stretches["province", 2018] == stretches["province", 2020]
    assert stretches["province", 2020] != stretches["province", 2021]  # not comparable from 2021


def test_comparison_lines_are_told_apart_without_colour() -> None:
    spec = chart_spec(series(), language="id", width_mm=160)
    looks = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "line"]

    assert len({(str(look.get("strokeDash")), look["strokeWidth"]) for look in looks}) == 3


def test_money_in_trillions_has_a_short_axis_and_exact_numbers() -> None:
    bar = Bar(Label("Kota"), figure("m", 153_575_949_633_600, Unit.RUPIAH, 0), None, is_subject=True)
    spec = chart_spec(SortedBars(Unit.RUPIAH, (bar,), ()), language="id", width_mm=160)

    assert spec["layer"][0]["encoding"]["x"]["axis"]["title"] == "triliun Rp"
    assert "1.535.759.496.336" in texts(spec)


def test_a_number_that_a_line_would_cross_stands_behind_the_line() -> None:
    spec = chart_spec(bars(), language="id", width_mm=160)
    rows = [row for layer in spec["layer"] if layer["mark"]["type"] == "text" for row in layer["data"]["values"]]

    ends = {row["text"]: (row["end"], row["at"]) for row in rows if "at" in row and row["text"][0].isdigit()}

    assert ends["6,66"] == (6.66 + 0.9, 8.47)  # the nation's line
    assert ends["9,02"] == (9.02 + 0.9, 11.04)  # the province's
    assert ends["17,21"] == (17.21 + 0.9, 17.21 + 0.9)


def test_a_share_is_drawn_in_percent() -> None:
    bar = Bar(Label("Kota"), figure("s", Decimal("0.25"), Unit.SHARE), None, is_subject=True)
    spec = chart_spec(SortedBars(Unit.SHARE, (bar,), ()), language="id", width_mm=160)

    assert spec["layer"][1]["data"]["values"][0]["value"] == 25.0


@pytest.mark.parametrize(
    "chart",
    [
        SortedBars(Unit.PERCENT, (), ()),
        Series(Unit.PERCENT, (Line("subject", Label("Kota"), (Point(2025, None),)),)),
        Series(Unit.PERCENT, ()),
    ],
)
def test_a_chart_without_a_value_is_a_bug_of_its_maker(chart: SortedBars | Series) -> None:
    with pytest.raises(ValueError, match="needs a"):
        chart_png(chart, language="id")


def test_one_year_and_equal_values_can_be_drawn() -> None:
    one = Series(Unit.PERCENT, (Line("subject", Label("Kota"), (Point(2025, figure("p", Decimal(5))),)),))

    assert size(chart_png(one, language="id"))[0] > 0


def test_a_long_name_goes_on_below_and_is_never_cut() -> None:
    name = "Kabupaten Administrasi Kepulauan Seribu dan Sekitarnya"
    bar = replace(bars().bars[0], label=Label(name))

    spec = chart_spec(replace(bars(), bars=(bar, *bars().bars)), language="id", width_mm=160)

    lines = next(text for text in texts(spec) if text[0].startswith("Kabupaten Administrasi"))
    assert " ".join(lines) == name
    assert len(lines) == 2
    assert max(text_width(line, 9, font="Source Sans Pro", bold=True) for line in lines) < spec["padding"]["left"]
    assert not any("limit" in layer["mark"] for layer in spec["layer"])


def test_fifty_regions_fit_a_page() -> None:
    many = replace(bars(), bars=tuple(replace(bars().bars[0], label=Label(f"Kabupaten {n}")) for n in range(38)))

    width, height = size(chart_png(many, language="id", width_mm=160))

    assert height / width * 160 < 240  # mm of the page's text


def test_marks_are_round_and_hold_both_ends() -> None:
    scale = round_scale(8.2, 15.4)

    assert scale.ticks == [8, 10, 12, 14, 16]
    assert scale.places == 0


def test_labels_at_line_ends_do_not_overlap_and_stay_inside() -> None:
    centres = kept_apart([0.0, 1.0, 2.0, 100.0], [10.0] * 4, room=100)

    assert centres == [5.0, 15.0, 25.0, 95.0]


def bands(spec: dict[str, Any]) -> list[dict[str, Any]]:
    layers = [layer for layer in spec["layer"] if layer["encoding"].get("y2") == {"field": "high"}]
    return [row for layer in layers for row in layer["data"]["values"]]


def test_the_interval_of_the_region_is_a_band_around_its_line() -> None:
    spec = chart_spec(series(), language="id", width_mm=160)
    rows = {row["year"]: row for row in bands(spec)}

    assert set(rows) == set(range(2015, 2026)) - {2019}  # 2019 is missing
    assert {row["role"] for row in rows.values()} == {"subject"}
    assert (rows[2015]["low"], rows[2015]["high"]) == (15.4 - 0.9, 15.4 + 0.9)
    assert rows[2018]["stretch"] != rows[2020]["stretch"]
    assert rows[2020]["stretch"] != rows[2021]["stretch"]  # not comparable from 2021
    assert "persen (pita terang: selang kepercayaan)" in texts(spec)


def test_the_axis_holds_the_whole_band() -> None:
    wide = [Point(year, figure(f"p/{year}", 12.0), figure(f"e/{year}", 7.5)) for year in (2024, 2025)]
    spec = chart_spec(Series(Unit.PERCENT, (Line("subject", Label("Kota"), tuple(wide)),)), language="id", width_mm=160)

    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]

    assert low <= 12.0 - 7.5
    assert high >= 12.0 + 7.5


def test_an_interval_of_a_single_year_can_be_seen() -> None:
    one = (Point(2024, figure("p", 12.0), figure("e", 0.9)), Point(2025, figure("q", 11.0)))
    spec = chart_spec(Series(Unit.PERCENT, (Line("subject", Label("Kota"), one),)), language="id", width_mm=160)

    assert [layer["mark"]["type"] for layer in spec["layer"] if "y2" in layer["encoding"]] == ["rule"]
    assert [(row["low"], row["high"]) for row in bands(spec)] == [(12.0 - 0.9, 12.0 + 0.9)]


def test_a_series_without_intervals_speaks_of_none() -> None:
    plain = Series(Unit.PERCENT, (Line("subject", Label("Kota"), (Point(2025, figure("p", Decimal(5))),)),))
    spec = chart_spec(plain, language="id", width_mm=160)

    assert bands(spec) == []
    assert "persen" in texts(spec)


def test_a_line_that_ends_before_the_others_says_its_year() -> None:
    lines = (
        Line("subject", Label("Kota"), (Point(2017, figure("a", 9.5)), Point(2018, figure("b", 9.3)))),
        Line("nation", Label("Indonesia"), (Point(2017, figure("c", 10.12)), Point(2018, None))),
    )
    spec = chart_spec(Series(Unit.PERCENT, lines), language="id", width_mm=160)

    labels = [" ".join(text) for text in texts(spec) if isinstance(text, list)]

    assert labels == ["9,30 Kota", "10,12 Indonesia (2017)"]
