"""Rows of a table whose rows carry region and year (and perhaps indicator): what each one is, and why not accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import Period
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.layouts import words
from nangkis.intake.layouts.indicator_roles import CodeColumn, Roles
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.settled import contradiction
from nangkis.intake.repairs import units
from nangkis.intake.repairs.places import (
    CodesContradictNames,
    PlaceRead,
    PlacesRead,
    codes_unsaid,
    read_places,
)
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.vocabulary.codes import CodeSystem
from nangkis.vocabulary.findings import Finding, Severity


ISO_DATE = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})-[0-9]{2}")
# A part of the year that is all of it: the survey's own month then tells the period.
ANNUAL = re.compile(r"|.*\b(?:tahun|tahunan|annual|year|yearly)\b.*")
MONTHS = {"03": Period.MARCH, "09": Period.SEPTEMBER}
# Everybody, as long tables write it; other groups are another measure of the same name.
EVERYBODY = re.compile(r"(?:|jumlah|total|tidak ada|perkotaan ?\+ ?perdesaan|perdesaan ?\+ ?perkotaan)")
# BPS' web service writes a province as 1100, its list of variables as idn.13.1308.
SERVICE_CODE = re.compile(r"(?:idn\.(?:[0-9]{2}\.)?)?([0-9]{2}(?:[0-9]{2})?)")
FINE = re.compile(r"(?:|true|ok.*|ya|yes)")
YES = re.compile(r"(?:true|ya|yes|1)")


@dataclass(frozen=True)
class KeyedRows:
    """Of each row below the header: its key, and ``trouble``, the code of why it is not accepted, null when it is.

    ``frame`` has _row, name_read, region, year, period, indicator, factor, unit_words, kind, trouble, seen (what the
    trouble is about). Year, period and indicator are null where no column of their own says them.
    """

    frame: pl.DataFrame
    read: PlacesRead
    findings: tuple[Finding, ...]


def keyed_rows(sheet: Sheet, roles: Roles, request: Request, rules: Rules) -> KeyedRows:
    """Say what each row below the header is. Raises SheetRefused or what read_places raises."""
    cells = {role: _cells(sheet, letter, roles) for role, letter in roles.letters.items()}
    count = sheet.height - roles.header_rows
    names = cells.get("name", [""] * count)
    read, findings = _places(sheet, roles, names, request, rules)
    rows = [
        _row(cells, index, here, rules) | {"kind": _kind(cells, roles, index, names[index])}
        for index, here in enumerate(read.rows)
    ]
    schema = {"year": pl.Int32, "period": pl.String, "indicator": pl.String, "factor": pl.Float64} | dict.fromkeys(
        ("name_read", "region", "unit_words", "kind", "trouble", "seen", "told"), pl.String
    )
    frame = pl.DataFrame(rows, schema=schema).with_columns(_row=sheet.rows.slice(roles.header_rows))
    return KeyedRows(frame, read, (*findings, *_noted(sheet, roles, cells, rules)))


def _cells(sheet: Sheet, letter: str, roles: Roles) -> list[str]:
    return tidy(sheet.column(letter).label.slice(roles.header_rows)).text.fill_null("").to_list()


def _places(
    sheet: Sheet, roles: Roles, names: list[str], request: Request, rules: Rules
) -> tuple[PlacesRead, list[Finding]]:
    column = roles.codes[0] if roles.codes else None
    letter = "" if column is None else column.letter
    codes = None if column is None else [_plain_code(code) for code in _cells(sheet, column.letter, roles)]

    def read(said: CodeSystem | None) -> PlacesRead:
        return read_places(
            [name or None for name in names],
            codes,
            said=said,
            within=request.region,
            file=sheet.file,
            thresholds=rules.thresholds,
            cell=lambda index: f"{letter}{sheet.rows[roles.header_rows + index]}",
        )

    if column is None:
        return read(request.codes), []
    found = read(_said(column, request, sheet)) if not column.systems else _first_fitting(column, request, sheet, read)
    return found, list(_other_codes(sheet, roles, found, rules))


def _first_fitting(
    column: CodeColumn, request: Request, sheet: Sheet, read: Callable[[CodeSystem | None], PlacesRead]
) -> PlacesRead:
    """Read by the newest edition of the named register that fits the names; the user's own word comes first."""
    said = _said(column, request, sheet)
    editions = (said,) if said is not None else column.systems
    for position, system in enumerate(editions, start=1):
        try:
            return read(system)
        except CodesContradictNames:
            if position == len(editions):
                raise
    raise codes_unsaid(sheet.file, editions, ())


def _said(column: CodeColumn, request: Request, sheet: Sheet) -> CodeSystem | None:
    if column.systems and request.codes is not None and request.codes not in column.systems:
        found = ", ".join(map(str, column.systems))
        raise contradiction(sheet, "codes", said=request.codes, found=found)
    return request.codes


def _plain_code(code: str) -> str | None:
    match = SERVICE_CODE.fullmatch(code)
    return (match[1] if match else code) or None


def _other_codes(sheet: Sheet, roles: Roles, read: PlacesRead, rules: Rules) -> Iterator[Finding]:
    """Compare further columns of codes with the one that was read."""
    for column in roles.codes[1:]:
        systems = column.systems or (read.system,)
        codes = [_plain_code(code) for code in _cells(sheet, column.letter, roles)]
        other = read_places([None] * len(codes), codes, said=systems[0], within=None, file=sheet.file,
                            thresholds=rules.thresholds, cell=str)  # fmt: skip
        apart = [
            row
            for row, mine, theirs in zip(
                sheet.rows.slice(roles.header_rows).to_list(), read.rows, other.rows, strict=True
            )
            if theirs.code and mine.place is not None and mine.place != theirs.place
        ]
        told = {"column": roles.codes[0].letter, "system": str(systems[0])}
        yield from one_finding(
            "codes-of-column-differ", Severity.WARNING, sheet, column.letter,
            rows=pl.Series(apart, dtype=pl.Int32), limits=rules.limits, **told,
        )  # fmt: skip


def _kind(cells: dict[str, list[str]], roles: Roles, index: int, name: str) -> str | None:
    own = words.plain(name)
    filled = any(column[index] for role, column in cells.items() if role != "name")
    if words.TOTALS.match(own):
        return RowKind.TOTAL.value
    if "name" in roles.letters and words.NOTES.match(own) and not filled:
        return RowKind.NOTE.value
    return None


def _row(cells: dict[str, list[str]], index: int, here: PlaceRead, rules: Rules) -> dict[str, object]:
    at = {role: column[index] for role, column in cells.items()}
    row = _key(at, rules) | {"name_read": here.name, "region": here.place and str(here.place.region)}
    row |= {"told": here.trouble}
    trouble, seen = _trouble(at, row, rules)
    if here.refused:
        trouble, seen = here.trouble, f"{here.code or ''}|{here.candidates}"
    return row | {"trouble": trouble, "seen": seen}


def _key(at: dict[str, str], rules: Rules) -> dict[str, object]:
    bounds = rules.thresholds.years
    years = words.years_in(at.get("year", ""), **bounds)
    indicator = words.indicator_in(at["indicator"]) if "indicator" in at else None
    said = units.UnitSaid(1.0, "")
    if indicator is not None:
        said = units.unit_said(words.plain(at.get("unit", "")), "", indicator)
    return {
        "year": years[0] if len(years) == 1 else None,
        "period": _period(at, indicator),
        "indicator": indicator,
        "factor": said.factor,
        "unit_words": said.words,
    }


def _period(at: dict[str, str], indicator: str | None) -> str | None:
    date = ISO_DATE.match(at.get("year", ""))
    end = ISO_DATE.match(at.get("end", ""))
    if date and end:
        same = date[2] == end[2]
        found = MONTHS.get(date[2]) if same else None
    else:
        found = words.period_in(at.get("period", ""))
    if found is None and indicator is not None:
        return indicators()[indicator].periods[0]
    return None if found is None else found.value


def _trouble(at: dict[str, str], row: dict[str, object], rules: Rules) -> tuple[str | None, str]:  # noqa: ARG001
    """Return why a row is not accepted, and what is seen; the first reason that fits."""
    unit = words.plain(at.get("unit", ""))
    indicator = row["indicator"]
    reasons = (
        ("row-year-unknown", "year" in at and row["year"] is None, at.get("year", "")),
        ("row-indicator-unknown", "indicator" in at and indicator is None, at.get("indicator", "")),
        ("row-period-unknown", _period_unknown(at), at.get("period", "")),
        ("row-unit-other", indicator is not None and _unit_other(unit, str(indicator), row), at.get("unit", "")),
        ("row-group-other", EVERYBODY.fullmatch(words.plain(at.get("group", ""))) is None, at.get("group", "")),
        ("row-suppressed", YES.fullmatch(words.plain(at.get("suppressed", ""))) is not None, at.get("suppressed", "")),
    )
    return next(((code, seen) for code, holds, seen in reasons if holds), (None, ""))


def _period_unknown(at: dict[str, str]) -> bool:
    said = at.get("period", "")
    return ANNUAL.fullmatch(words.plain(said)) is None and words.period_in(said) is None and "end" not in at


def _unit_other(unit: str, indicator: str, row: dict[str, object]) -> bool:
    return row["factor"] is None or units.contradicts(unit, indicator)


def _noted(sheet: Sheet, roles: Roles, cells: dict[str, list[str]], rules: Rules) -> Iterator[Finding]:
    numbers = sheet.rows.slice(roles.header_rows)
    for role, code, severity in (("note", "rows-noted", Severity.NOTE), ("flag", "rows-flagged", Severity.WARNING)):
        if role not in cells:
            continue
        texts = pl.Series(cells[role], dtype=pl.String)
        told = texts != "" if role == "note" else ~pl.Series([bool(FINE.fullmatch(words.plain(t))) for t in texts])
        first = next(iter(texts.filter(told).to_list()), "")
        short = first if len(first) <= rules.limits.addresses * 20 else first[: rules.limits.addresses * 20] + "…"
        yield from one_finding(
            code, severity, sheet, roles.letters[role], rows=numbers.filter(told), limits=rules.limits, first=short
        )
