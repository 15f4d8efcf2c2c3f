"""What a chart draws, as rows of text: for those who cannot see it, and for those who want to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from nangkis.content.catalogue import Language, template
from nangkis.content.charts import Chart, Map, Quadrant, Series, SmallMultiples, SortedBars, Tiles
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Value, spoken
from nangkis.outputs.reasons import DASH
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.units import Unit


@dataclass(frozen=True)
class ChartData:
    """A table of texts; ``numeric`` says which columns hold numbers."""

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def chart_data(chart: Chart, language: Language) -> ChartData:
    """Return every drawn value with what it belongs to, in the order in which it is drawn."""
    match chart:
        case SortedBars():
            return _of_bars(chart, language)
        case Series():
            return _of_series(chart, language)
        case Tiles():
            rows = [(spoken(tile.label, language), spoken(tile.words, language)) for tile in chart.tiles]
            return _data((_word("region", language), _word("class", language)), (), rows)
        case SmallMultiples():
            return _of_panels(chart, language)
        case Quadrant():
            return _of_quadrant(chart, language)
        case Map():
            return _of_map(chart, language)
        case _:
            assert_never(chart)


def _of_bars(chart: SortedBars, language: Language) -> ChartData:
    columns = (_word("region", language), _head(chart.unit, language), _word("margin", language))
    bars = [(bar.label.text, _number(bar.figure, language), _number(bar.error, language)) for bar in chart.bars]
    lines = [(spoken(line.label, language), _number(line.figure, language), DASH) for line in chart.lines]
    return _data(columns, (1, 2), [*bars, *lines])


def _of_series(chart: Series, language: Language) -> ChartData:
    targets = list(dict.fromkeys(target.label for target in chart.targets))
    columns = (
        _word("year", language),
        *(f"{spoken(line.label, language)} ({_head(chart.unit, language)})" for line in chart.lines),
        *(spoken(label, language) for label in targets),
    )
    values = [{point.year: point.figure for point in line.points} for line in chart.lines]
    values += [{each.year: each.figure for each in chart.targets if each.label == label} for label in targets]
    years = sorted({year for column in values for year in column})
    rows = [(str(year), *(_number(column.get(year), language) for column in values)) for year in years]
    return _data(columns, range(1, len(columns)), rows)


def _of_panels(chart: SmallMultiples, language: Language) -> ChartData:
    columns = tuple(_word(name, language) for name in ("chart", "line", "year", "value", "unit"))
    rows = []
    for panel in chart.panels:
        title, unit = spoken(panel.title, language), _head(panel.series.unit, language)
        lines: list[tuple[Value, int, Figure | None]] = [
            (line.label, point.year, point.figure) for line in panel.series.lines for point in line.points
        ]
        lines += [(target.label, target.year, target.figure) for target in panel.series.targets]
        rows += [
            (title, spoken(label, language), str(year), _number(one, language), unit) for label, year, one in lines
        ]
    return _data(columns, (3,), rows)


def _of_quadrant(chart: Quadrant, language: Language) -> ChartData:
    titles = (spoken(chart.x_title, language), spoken(chart.y_title, language))
    meanings = {corner: spoken(words, language) for corner, words in chart.corners}
    rows = [
        (
            point.label.text,
            _number(point.x, language),
            _number(point.y, language),
            meanings.get(point.corner, DASH),
        )
        for point in chart.points
    ]
    x, y = chart.x_cut, chart.y_cut
    rows.append((spoken(x.label, language), _number(x.figure, language), DASH, DASH))
    rows.append((spoken(y.label, language), DASH, _number(y.figure, language), DASH))
    return _data((_word("region", language), *titles, _word("class", language)), (1, 2), rows)


def _of_map(chart: Map, language: Language) -> ChartData:
    meanings = {shade: spoken(words, language) for shade, words in chart.classes}
    rows = [
        (spoken(area.label, language), _number(area.figure, language), meanings.get(area.shade, DASH))
        for area in chart.areas
    ]
    return _data((_word("region", language), _head(chart.unit, language), _word("class", language)), (1,), rows)


def _data(columns: tuple[str, ...], numeric: range | tuple[int, ...], rows: Sequence[tuple[str, ...]]) -> ChartData:
    return ChartData(columns, tuple(place in numeric for place in range(len(columns))), tuple(rows))


def _word(name: str, language: Language) -> str:
    return template(f"outputs.data.{name}", language)


def _head(unit: Unit, language: Language) -> str:
    return template(f"unit.{unit}.head", language)


def _number(figure: Figure | None, language: Language) -> str:
    return DASH if figure is None else print_figure(figure, language)
