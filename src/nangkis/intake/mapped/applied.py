"""Putting a mapping to a sheet: its header is rewritten in words that the layout knows; data stay as read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.columns_said import ColumnSaid, ColumnsSaid
from nangkis.intake.layouts import indicator_panels, sipd_22, sipd_pagu, words
from nangkis.intake.layouts.indicator_panel import read_panel
from nangkis.intake.layouts.indicator_roles import roles_at
from nangkis.intake.layouts.pagu_header import Header, find_header
from nangkis.intake.layouts.protocol import Layout, SheetRefused
from nangkis.intake.layouts.shape import HeadedColumn, SheetSeen
from nangkis.intake.mapped.said import HEADERS, UNITS
from nangkis.intake.repairs.units import zeros_said
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding, Severity


LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (indicator_panels.LONG, indicator_panels.MANY, sipd_pagu.LAYOUT, sipd_22.LAYOUT)
}
# How the layouts of budgets find their header again once it is rewritten.
FIND_HEADER: dict[str, Callable[[Sheet, Rules], Header | None]] = {
    sipd_pagu.NAME: find_header,
    sipd_22.NAME: sipd_22.find_header,
}
LETTER = re.compile(r"[A-Z]{1,3}")
UNMAPPED = "–"
ZEROS = {0: "", 3: " (ribu rupiah)", 6: " (juta rupiah)", 9: " (miliar rupiah)"}

ENGLISH = {
    3: re.compile(r"\bthousands?\b", re.IGNORECASE),
    6: re.compile(r"\bmillions?\b", re.IGNORECASE),
    9: re.compile(r"\bbillions?\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Mapped:
    """A mapping found to fit a sheet: the header's index among its rows, and each mapped column by its letter."""

    said: ColumnsSaid  # as it would be remembered: by letter, with the header, without years
    row: int
    columns: dict[str, ColumnSaid]


def normalised(header: Iterable[str]) -> tuple[str, ...]:
    """Return a header row as it is compared from year to year: plain words, each year blanked.

    >>> normalised(["Poverty Rate 2024", " Area "])
    ('poverty rate ####', 'area')
    """
    return tuple(words.YEAR.sub("####", words.plain(cell)) for cell in header)


def fingerprint(header: Iterable[str]) -> str:
    """Return the name of a normalised header row, without meaning of its own."""
    return sha256("\x1f".join(header).encode()).hexdigest()[:16]


def fitted(seen: SheetSeen, said: ColumnsSaid) -> Mapped:
    """Find the header row and the columns of a mapping. Raises SheetRefused when one of them is not there."""
    sheet = seen.sheet
    heads = sheet.head(seen.rules.thresholds.header_rows)
    row = _header_row(sheet, heads, said)
    letters = [column.letter for column in sheet.columns]
    plain = [words.plain(cell) for cell in heads[row]]
    found: dict[str, ColumnSaid] = {}
    for column, what in said.columns.items():
        if LETTER.fullmatch(column):
            at = [letter for letter in letters if letter == column]
        else:
            at = [letter for letter, cell in zip(letters, plain, strict=True) if cell == words.plain(column)]
        if len(at) != 1 or at[0] in found:
            code = "mapping-column-absent" if not at else "mapping-column-twice"
            raise SheetRefused(code, file=sheet.file, sheet=sheet.name, column=column, row=int(sheet.rows[row]))
        found[at[0]] = what
    header = normalised(heads[row])
    kept = {letter: replace(what, year=None) for letter, what in found.items()}
    return Mapped(ColumnsSaid(said.layout, kept, name=fingerprint(header), header=header), row, found)


def _header_row(sheet: Sheet, heads: list[list[str]], said: ColumnsSaid) -> int:
    if said.header_row is not None:
        at = [index for index, number in enumerate(sheet.rows.head(len(heads)).to_list()) if number == said.header_row]
    elif said.header:
        at = [index for index, row in enumerate(heads) if normalised(row) == said.header]
    else:
        asked = {words.plain(column) for column in said.columns if not LETTER.fullmatch(column)}
        counts = [len(asked & {words.plain(cell) for cell in row}) for row in heads]
        at = [counts.index(max(counts))] if asked and counts and max(counts) else []
    if not at:
        raise SheetRefused("mapping-header-unknown", file=sheet.file, sheet=sheet.name)
    return at[0]


def remembered_for(seen: SheetSeen, remembered: Iterable[ColumnsSaid]) -> ColumnsSaid | None:
    """Return the remembered mapping whose header this sheet has, years aside; None when it has that of none."""
    by_header = {said.header: said for said in remembered}
    if not by_header:
        return None
    heads = seen.sheet.head(seen.rules.thresholds.header_rows)
    return next((by_header[key] for row in heads if (key := normalised(row)) in by_header), None)


def nearly(seen: SheetSeen, remembered: Iterable[ColumnsSaid]) -> tuple[ColumnsSaid, tuple[str, ...]] | None:
    """Return a remembered mapping of which most mapped headers are here but not all, with those that lack."""
    heads = [set(normalised(row)) for row in seen.sheet.head(seen.rules.thresholds.header_rows)]
    for said in remembered:
        for row in heads:
            lacking = tuple(cell for cell in said.header if cell and cell not in row)
            if lacking and len(lacking) * 2 < len(said.header):
                return said, lacking
    return None


def read_mapped(seen: SheetSeen, mapped: Mapped, request: Request) -> Reading:
    """Read a sheet through a mapping. Raises SheetRefused when its headers contradict it, or its layout refuses."""
    sheet = _renamed(seen.sheet, mapped)
    renamed = SheetSeen(sheet, seen.rules)
    layout = LAYOUTS[mapped.said.layout]
    if layout.name in FIND_HEADER:
        _check_header(sheet, renamed, mapped)
        reading = layout.read(renamed, request)
    else:
        roles = roles_at(renamed, mapped.row)
        used = {*roles.letters.values(), *(code.letter for code in roles.codes), *(c.letter for c in roles.values)}
        for letter in mapped.columns.keys() - used:
            raise _contradicts(seen.sheet, mapped, letter)
        _check_alike(sheet, mapped, roles.values)
        reading = read_panel(renamed, roles, request, layout=layout.name, version=layout.version)
    shown = "; ".join(f"{letter}={_shown(what)}" for letter, what in mapped.columns.items())
    told = Finding("mapping-used", Severity.NOTE, sheet.name, {"mapping": mapped.said.name, "columns": shown})
    about = {**reading.about, "mapping": mapped.said.name, "mapping_columns": shown}
    return replace(reading, about=about, findings=(told, *reading.findings))


def _renamed(sheet: Sheet, mapped: Mapped) -> Sheet:
    columns = tuple(_with_header(sheet, column, mapped) for column in sheet.columns)
    return replace(sheet, columns=columns)


def _with_header(sheet: Sheet, column: Column, mapped: Mapped) -> Column:
    own = column.label[mapped.row] or ""
    what = mapped.columns.get(column.letter)
    header = (UNMAPPED if own else None) if what is None else _header(sheet, mapped, column.letter, own)
    here = pl.int_range(len(column.text), eager=True) == mapped.row
    text = pl.select(pl.when(here).then(pl.lit(header, dtype=pl.String)).otherwise(column.text)).to_series()
    number = pl.select(pl.when(here).then(None).otherwise(column.number)).to_series()
    return replace(column, text=text, number=number)


def _header(sheet: Sheet, mapped: Mapped, letter: str, own: str) -> str:
    what = mapped.columns[letter]
    years, period = words.YEAR.findall(own), words.period_in(own)
    other_year = what.year is not None and years and str(what.year) not in years
    if other_year or (what.period is not None and period not in (None, what.period)):
        raise _contradicts(sheet, mapped, letter)
    if what.indicator is None:
        header = HEADERS[mapped.said.layout][str(what.role)]
        return header if what.role != "amount" else _amount(sheet, mapped, letter, own)
    said = [indicators()[what.indicator].aliases[0], what.unit, what.period.value if what.period else ""]
    said += [str(what.year) if what.year is not None and not years else "", own]
    header = " ".join(filter(None, said))
    if words.indicator_in(header) != what.indicator:
        raise _contradicts(sheet, mapped, letter)
    return header


def _amount(sheet: Sheet, mapped: Mapped, letter: str, own: str) -> str:
    """Return the header of money with the year and the unit that its own header says."""
    zeros, said = _zeros(own), mapped.columns[letter].unit
    if zeros not in ZEROS or (said and zeros not in (0, UNITS[said])):
        raise _contradicts(sheet, mapped, letter)
    years = words.YEAR.findall(own)
    return " ".join([HEADERS[mapped.said.layout]["amount"], *years[:1]]) + ZEROS[zeros or UNITS.get(said, 0)]


def _zeros(own: str) -> int:
    english = (zeros for zeros, pattern in ENGLISH.items() if pattern.search(own))
    return zeros_said(own) or next(english, 0)


def _check_header(sheet: Sheet, renamed: SheetSeen, mapped: Mapped) -> None:
    """Refuse a sheet of which another row would be taken for the header: half of a mapping is none."""
    header = FIND_HEADER[mapped.said.layout](renamed.sheet, renamed.rules)
    roles = {str(what.role): letter for letter, what in mapped.columns.items()}
    if header is None or header.row != mapped.row or header.letters != roles:
        raise SheetRefused("mapping-header-unknown", file=sheet.file, sheet=sheet.name)


def _check_alike(sheet: Sheet, mapped: Mapped, columns: Iterable[HeadedColumn]) -> None:
    """Refuse two columns that claim the same values: which one counts, only a person knows."""
    found: dict[object, str] = {}
    for column in columns:
        key = (mapped.columns[column.letter].indicator, *words.YEAR.findall(column.own), words.period_in(column.own))
        if key in found:
            both = f"{found[key]}, {column.letter}"
            raise SheetRefused("mapping-columns-alike", file=sheet.file, sheet=sheet.name, columns=both)
        found[key] = column.letter


def _contradicts(sheet: Sheet, mapped: Mapped, letter: str) -> SheetRefused:
    own = sheet.column(letter).label[mapped.row] or "–"
    said = _shown(mapped.columns[letter])
    return SheetRefused("mapping-contradicts", file=sheet.file, sheet=sheet.name, column=letter, seen=own, said=said)


def _shown(what: ColumnSaid) -> str:
    parts = (what.role, what.indicator, what.year, what.period and what.period.value, what.unit)
    return " ".join(str(part) for part in parts if part)
