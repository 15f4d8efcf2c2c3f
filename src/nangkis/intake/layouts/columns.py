"""What each column of an indicator table holds: which indicator, of which year and period, and what told it.

In this order: the column's own header, the titles and the sheet's name, what the user said, the file's name (told).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import Period
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.layouts.settled import contradiction, indicator_said
from nangkis.intake.layouts.shape import HeadedColumn, Shape
from nangkis.intake.repairs import units
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import column_at


NEAREST = 5  # of the indicators a refusal names
Told = TypeVar("Told", str, int)


@dataclass(frozen=True)
class ValueColumn:
    """A column whose values are one indicator of one period and year, in ``factor`` times the indicator's unit.

    ``unit_words`` are what said so.
    """

    letter: str
    indicator: str
    period: Period
    year: int
    factor: float = 1.0
    unit_words: str = ""


@dataclass(frozen=True)
class ColumnsRead:
    """The columns that were understood, and what was found on the way."""

    columns: tuple[ValueColumn, ...]
    findings: tuple[Finding, ...]


def read_columns(sheet: Sheet, shape: Shape, request: Request, rules: Rules) -> ColumnsRead:
    """Return what each column holds. Raises SheetRefused for an indicator or year that is unsaid or contradicts."""
    around = Around(sheet, shape, request, rules)
    understood = [column for column in shape.values if around.understands(column)]
    if not understood:
        raise SheetRefused("columns-unknown", file=sheet.file, sheet=sheet.name, seen=_seen(shape))
    found = [around.read(column) for column in understood]
    around.check_said_years(found)
    unread = [
        Finding("column-not-read", Severity.NOTE, column_at(sheet.name, column.letter), {"header": column.own})
        for column in shape.values
        if column not in understood
    ]
    _check_each_once(sheet, found)
    return ColumnsRead(tuple(found), (*around.findings.values(), *unread))


def _nearest(text: str) -> tuple[str, ...]:
    """Return the codes of the indicators whose names are most like a text, then usual ones."""
    by_name = {words.plain(name): code for code, one in indicators().items() for name in one.name.values()}
    near = difflib.get_close_matches(words.plain(text), list(by_name), n=2 * NEAREST)
    usual = (code for code, one in indicators().items() if one.diagnosed)
    return tuple(dict.fromkeys((*(by_name[name] for name in near), *usual)))[:NEAREST]


def _seen(shape: Shape) -> str:
    return " | ".join(column.own or column.letter for column in shape.values)


def _check_each_once(sheet: Sheet, found: Sequence[ValueColumn]) -> None:
    """Refuse the sheet when two columns claim the same values: which of them is right, only a person can say."""
    alike: dict[tuple[str, int, str], list[str]] = {}
    for column in found:
        alike.setdefault((column.indicator, column.year, column.period), []).append(column.letter)
    for (indicator, year, _), letters in alike.items():
        if len(letters) > 1:
            raise SheetRefused(
                "columns-alike",
                file=sheet.file,
                sheet=sheet.name,
                columns=", ".join(letters),
                indicator=indicator,
                year=str(year),
            )


class Around:
    """What surrounds the columns, and the findings about what had to be taken from there (each told once)."""

    def __init__(self, sheet: Sheet, shape: Shape, request: Request, rules: Rules) -> None:
        self._sheet = sheet
        self._request = request
        self._bounds = rules.thresholds.years
        self._titles = " ".join((*shape.titles, sheet.name))
        self._file = Path(sheet.file).stem
        self._own_years = {year for column in shape.values for year in self._years(column.own)}
        self._other_columns = any(words.other_measure(column.own) for column in shape.values)
        self.findings: dict[str, Finding] = {}
        self._assumed: dict[Period, list[str]] = {}

    def understands(self, column: HeadedColumn) -> bool:
        """Say whether a column's header names an indicator, or no more than a year, a period or a unit of one."""
        own = words.plain(column.own)
        if words.other_group(own):
            return False
        found = words.indicator_in(own)
        if found is None and (words.other_measure(own) or not words.is_bare(own)):
            return False
        titled = words.indicator_in(self._titles)
        around = titled or self._request.indicator or words.indicator_in(self._file)
        if titled not in (None, found) and words.only_named(own):
            return False  # below a title of the poor, 'Jumlah Penduduk' may be their number
        if found is None and words.COUNT_HEADERS.search(own) and words.BOTH_MEASURES.search(words.plain(self._titles)):
            return False
        return not units.contradicts(words.beside_name(own, found or ""), found or around)

    def read(self, column: HeadedColumn) -> ValueColumn:
        """Return what a column holds. Raises SheetRefused where its indicator, year or unit is not known."""
        indicator = self.indicator(column)
        period, year = self.period(column), self.year(column)
        said = units.unit_said(
            words.beside_name(words.plain(column.own), indicator), words.plain(self._titles), indicator
        )
        if said.factor is None:
            raise SheetRefused(
                "unit-other",
                file=self._sheet.file,
                sheet=self._sheet.name,
                at=column_at(self._sheet.name, column.letter),
                indicator=indicator,
                words=said.words,
            )
        return ValueColumn(column.letter, indicator, period, year, said.factor, said.words)

    def indicator(self, column: HeadedColumn) -> str:
        """Return the code of a column's indicator."""
        said = indicator_said(self._sheet, self._request)
        found = words.indicator_in(column.own) or words.indicator_in(self._titles)
        self._check_measure(column)
        if found and said and found != said:
            raise contradiction(self._sheet, "indicator", said=said, found=found)
        by_file = self._by_file("indicator", words.indicator_in)
        found = found or said or by_file()
        if found is None:
            known = _nearest(f"{column.own} {self._titles}")
            raise SheetRefused("indicator-unsaid", file=self._sheet.file, sheet=self._sheet.name, indicators=known)
        return found

    def _check_measure(self, column: HeadedColumn) -> None:
        """Refuse what the title calls another measure, unless the headers themselves tell the two apart."""
        told_apart = words.indicator_in(column.own) and self._other_columns
        if words.other_measure(self._titles) and not told_apart:
            raise SheetRefused(
                "indicator-other", file=self._sheet.file, sheet=self._sheet.name, seen=self._titles.strip()
            )

    def own_year(self, column: HeadedColumn) -> int | None:
        """Return the one year that a column's header names."""
        return self._only(column.own)

    def year(self, column: HeadedColumn) -> int:
        """Return the year of a column's values."""
        own = self._only(column.own)
        if own is not None:
            return own
        title, said = self._only(self._titles), self._request.year
        if title is not None and said is not None and title != said:
            raise contradiction(self._sheet, "year", said=said, found=title)
        by_file = self._by_file("year", self._only)
        found = title or said or by_file()
        if found is None:
            raise SheetRefused("unsaid", file=self._sheet.file, sheet=self._sheet.name, what="year", option="--year")
        return found

    def period(self, column: HeadedColumn) -> Period:
        """Return the period of a column's values; surveys of kabupaten and kota are those of March, which is told.

        A month in the titles is that of a survey: an index of the whole year is not of it.
        """
        periods = indicators()[self.indicator(column)].periods
        titled = words.period_in(self._titles)
        found = words.period_in(column.own) or (titled if titled in periods else None) or self._request.period
        if found is not None:
            return found
        usual = Period(periods[0])
        self._tell_period(self.indicator(column), usual)
        return usual

    def check_said_years(self, columns: Sequence[ValueColumn]) -> None:
        """Refuse when the user said a year and the columns name only others."""
        said = self._request.year
        if said is not None and said not in {column.year for column in columns}:
            found = ", ".join(map(str, sorted({column.year for column in columns})))
            raise contradiction(self._sheet, "year", said=said, found=found)

    def _years(self, text: str) -> tuple[int, ...]:
        return words.years_in(text, **self._bounds)

    def _only(self, text: str) -> int | None:
        years = self._years(text)
        return years[0] if len(years) == 1 else None

    def _by_file(self, what: str, find: Callable[[str], Told | None]) -> Callable[[], Told | None]:
        def look() -> Told | None:
            found = find(self._file)
            if found is not None:
                self._tell("taken-from-file-name", what=what, found=str(found))
            return found

        return look

    def _tell(self, code: str, **values: object) -> None:
        finding = Finding(code, Severity.NOTE, self._sheet.name, {"file": self._sheet.file, **values})
        self.findings.setdefault(f"{code}/{values.get('what', '')}", finding)

    def _tell_period(self, indicator: str, period: Period) -> None:
        """Tell a period that was taken, once for all indicators of which it is the usual one."""
        assumed = self._assumed.setdefault(period, [])
        if indicator not in assumed:
            assumed.append(indicator)
        values: dict[str, object] = {"file": self._sheet.file, "indicators": list(assumed), "period": period.value}
        self.findings[f"period-assumed/{period}"] = Finding("period-assumed", Severity.NOTE, self._sheet.name, values)
