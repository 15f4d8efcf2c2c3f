"""Small charts: each has its title and its own end, one scale for all where that is said, and targets as diamonds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nangkis.content.charts import Line, Panel, Point, Series, SmallMultiples, figures_of
from nangkis.outputs.charts import chart_png, chart_spec
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.units import Unit
from tests.rooms.outputs.chart_samples import layers, multiples, texts, with_targets
from tests.rooms.outputs.sample import figure


def panel(title: str, *values: float, unit: Unit = Unit.PERCENT) -> Panel:
    points = tuple(Point(2020 + place, figure(f"{title}/{place}", value)) for place, value in enumerate(values))
    return Panel(Label(title), Series(unit, (Line("subject", Label("Kota"), points),)))


def written(chart: SmallMultiples) -> list[str]:
    return [row["text"] for row in texts(chart_spec(chart, language="id", width_mm=160))]


def test_every_panel_has_its_title_and_the_number_at_its_end() -> None:
    said = written(SmallMultiples((panel("Satu", 10.0, 9.5), panel("Dua", 70.0, 71.25)), shared=False))

    assert {"Satu", "Dua", "9,50", "71,25"} <= set(said)


def test_panels_on_one_scale_have_the_same_marks_and_say_so() -> None:
    pair = (panel("Satu", 10.0, 12.0), panel("Dua", 30.0, 32.0))

    shared, own = (written(SmallMultiples(pair, shared=one)) for one in (True, False))

    assert "Semua grafik memakai skala yang sama." in shared
    assert shared.count("20") == 2  # a mark of both axes
    assert "Setiap grafik memakai skalanya sendiri; bandingkan arahnya, bukan tingginya." in own
    assert own.count("20") == 0


def test_panels_of_several_units_share_no_scale() -> None:
    with pytest.raises(ValueError, match="share no scale"):
        SmallMultiples((panel("Satu", 10.0), panel("Dua", 70.0, unit=Unit.INDEX)), shared=True)


def test_a_panel_without_a_value_says_so_and_stays() -> None:
    empty = Panel(Label("Kosong"), Series(Unit.PERCENT, (Line("subject", Label("Kota"), (Point(2025, None),)),)))

    said = written(SmallMultiples((panel("Satu", 10.0, 9.0), empty), shared=False))

    assert {"Kosong", "tidak ada angka"} <= set(said)
    with pytest.raises(ValueError, match="need a value"):
        chart_spec(SmallMultiples((empty,), shared=False), language="id", width_mm=160)


def test_titles_and_plots_stay_inside_the_picture_and_apart() -> None:
    spec = chart_spec(multiples(count=7), language="id", width_mm=160)
    rows = [row for layer in layers(spec, "rule") for row in layer["data"]["values"]]

    assert all(0 <= row["x"] <= spec["width"] and 0 <= row["y"] <= spec["height"] for row in rows)
    titles = sorted((row["y"], row["x"]) for row in texts(spec) if row["text"].startswith("Indikator"))
    assert len(titles) == 7
    assert len(set(titles)) == 7


def test_targets_are_hollow_diamonds_and_named_in_the_key() -> None:
    spec = chart_spec(multiples(), language="id", width_mm=160)
    diamonds = [layer for layer in layers(spec, "point") if layer["mark"]["shape"] == "diamond"]

    # Four of each panel, and the one of the key.
    assert sorted(len(layer["data"]["values"]) for layer in diamonds) == [1, *[4] * 5]
    assert "Target" in {row["text"] for row in texts(spec)}


def test_a_series_shows_its_targets_beyond_the_last_value_with_their_year() -> None:
    spec = chart_spec(with_targets(), language="id", width_mm=160)
    said = [" ".join(row["text"]) for row in texts(spec) if isinstance(row["text"], list)]

    assert "8,00 Target (2029)" in said
    assert "12,70 Kota Bandar Rencana (2025)" in said  # the measured line ends earlier, and says when
    (path,) = [layer for layer in layers(spec, "line") if "path" in layer["data"]["values"][0]]
    assert [(row["year"], row["value"]) for row in path["data"]["values"]] == [
        (2026, 11.0),
        (2027, 10.0),
        (2028, 9.0),
        (2029, 8.0),
    ]


def test_targets_of_two_plans_are_two_paths() -> None:
    chart = with_targets()
    other = replace(chart.targets[0], label=Label("Target RPJMN"), figure=figure("other", 5.0))
    spec = chart_spec(replace(chart, targets=(*chart.targets, other)), language="id", width_mm=160)

    (path,) = [layer for layer in layers(spec, "line") if "path" in layer["data"]["values"][0]]
    assert {row["path"] for row in path["data"]["values"]} == {0, 1}


def test_every_drawn_number_is_a_figure_of_the_document() -> None:
    keys = {one.key for one in figures_of(multiples(count=1))}

    assert {f"target/{year}" for year in range(2026, 2030)} <= keys
    assert {"subject/2025", "subject/2025/error", "province/2015"} <= keys


def test_small_charts_become_a_picture() -> None:
    assert chart_png(multiples(shared=True), language="en").startswith(b"\x89PNG")
