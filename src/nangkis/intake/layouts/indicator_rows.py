"""Which rows of an indicator table are data, and which region each one is of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import Shape
from nangkis.intake.limits import Thresholds
from nangkis.intake.repairs.places import PlaceRead, PlacesRead, read_places
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.request import Request
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.sources import cell_at


UPPER_LEVELS = (Level.NATION, Level.PROVINCE)
# Troubles of a row that is accepted all the same, and how much each weighs.
TOLD = {
    "region-code-by-name": Severity.WARNING,
    "region-code-blank": Severity.WARNING,
    "region-name-by-code": Severity.NOTE,
}


@dataclass(frozen=True)
class RegionRows:
    """What each row is; the place of each accepted row; ``read`` says how places were told."""

    kinds: tuple[RowKind, ...]
    places: tuple[Place | None, ...]
    names: pl.Series
    untidy: pl.Series
    read: PlacesRead
    findings: tuple[Finding, ...]


def region_rows(
    sheet: Sheet, shape: Shape, values: tuple[str, ...], request: Request, thresholds: Thresholds
) -> RegionRows:
    """Say what each row is. ``values`` are the letters of the value columns."""
    tidied = tidy(sheet.column(shape.name).label)
    names = tidied.text.fill_null("").to_list()
    filled = _filled(sheet, values)
    kinds = _kinds_by_words(sheet, shape, names, filled)
    codes = None if shape.code is None else tidy(sheet.column(shape.code).label).text.to_list()
    asked = [name if kind is None and name else None for name, kind in zip(names, kinds, strict=True)]
    read = read_places(
        asked,
        None if codes is None else [code if kind is None else None for code, kind in zip(codes, kinds, strict=True)],
        said=request.codes,
        within=request.region,
        file=sheet.file,
        thresholds=thresholds,
        cell=lambda index: f"{shape.code}{sheet.rows[index]}",
    )
    settled = _kinds_by_places(kinds, filled, read)
    cells = list(zip(*(sheet.column(letter).label.to_list() for letter in values), strict=True))
    kinds_final, findings = _told(sheet, shape, settled, read, cells)
    places = tuple(
        row.place if kind is RowKind.ACCEPTED else None for row, kind in zip(read.rows, kinds_final, strict=True)
    )
    return RegionRows(kinds_final, places, tidied.text, tidied.changed, read, findings)


def _filled(sheet: Sheet, letters: tuple[str, ...]) -> list[int]:
    """Return how many value cells of each row are not blank."""
    columns = [sheet.column(letter) for letter in letters]
    counts = [(column.text.is_not_null() | column.number.is_not_null()).cast(pl.Int32) for column in columns]
    return pl.select(pl.sum_horizontal(counts)).to_series().to_list()


def _kinds_by_words(sheet: Sheet, shape: Shape, names: list[str], filled: list[int]) -> list[RowKind | None]:
    """Return what words alone tell: header, repeated header, numbering, total, notes and what follows them."""
    header = {tuple(row) for row in sheet.head(shape.header_rows)}
    cells = sheet.head(sheet.height)
    kinds: list[RowKind | None] = []
    in_notes = False
    for index, name in enumerate(names):
        own = words.plain(name)
        if index < shape.header_rows:
            alone = sum(bool(cell) for cell in cells[index]) == 1 and bool(name)
            kinds.append(RowKind.TITLE if alone else RowKind.HEADING)
            continue
        in_notes = in_notes or (not _has_number(cells[index], shape, sheet) and words.NOTES.match(own) is not None)
        if tuple(cells[index]) in header or _is_numbering(cells[index]):
            kinds.append(RowKind.HEADING)
        elif words.TOTALS.match(own):
            kinds.append(RowKind.TOTAL)
        elif in_notes or (not own and not filled[index]):
            kinds.append(RowKind.NOTE)
        else:
            kinds.append(None)
    return kinds


def _has_number(cells: list[str], shape: Shape, sheet: Sheet) -> bool:
    letters = {column.letter for column in shape.values}
    return any(
        cell and words.SIMPLE_NUMBER.match(cell) is not None
        for cell, column in zip(cells, sheet.columns, strict=True)
        if column.letter in letters
    )


def _is_numbering(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    ordinals = [cell.strip("()") for cell in filled]
    return (
        len(filled) > 1
        and all(map(words.BRACKETED_ORDINAL.match, filled))
        and ordinals == [str(number) for number in range(int(ordinals[0]), int(ordinals[0]) + len(ordinals))]
    )


def _kinds_by_places(kinds: list[RowKind | None], filled: list[int], read: PlacesRead) -> list[RowKind | None]:
    """Tell rows without any value: a province above its regencies is a heading, what is no region is a note."""
    has_regencies = any(row.place is not None and row.place.level not in UPPER_LEVELS for row in read.rows)
    settled = []
    for kind, count, row in zip(kinds, filled, read.rows, strict=True):
        if kind is not None or count:
            settled.append(kind)
        elif row.place is None:
            settled.append(RowKind.NOTE)
        else:
            settled.append(RowKind.HEADING if has_regencies and row.place.level in UPPER_LEVELS else None)
    return settled


def _told(
    sheet: Sheet, shape: Shape, kinds: list[RowKind | None], read: PlacesRead, cells: list[tuple[str | None, ...]]
) -> tuple[tuple[RowKind, ...], tuple[Finding, ...]]:
    """Accept or refuse each data row by its region: unknown, ambiguous, contradicting and second ones are refused.

    Where the values of two rows differ, which one is right only a person knows: all rows of that region are refused.
    A row of marks alone contradicts nothing: a region that changed its province stands under both, once with dashes.
    """
    alike = _rows_by_place(kinds, read)
    differing = _differing(alike, cells)
    first_rows = {here: sheet.rows[_first(rows, cells)] for here, rows in alike.items()}
    settled: list[RowKind] = []
    findings: list[Finding] = []
    for index, (kind, row, number) in enumerate(zip(kinds, read.rows, sheet.rows.to_list(), strict=True)):
        if kind is not None:
            settled.append(kind)
            continue
        if row.trouble is not None:
            findings.append(_trouble(sheet, shape, row, number))
        if index in differing:
            findings.append(_twice_differs(sheet, shape, row, number, differing[index]))
            settled.append(RowKind.REFUSED)
            continue
        first = number if row.place is None else first_rows.get(row.place, number)
        if first != number:
            at = cell_at(sheet.name, shape.name, number)
            values: dict[str, object] = {"name": row.name, "first": f"{shape.name}{first}"}
            findings.append(Finding("region-twice", Severity.ERROR, at, values))
        settled.append(RowKind.REFUSED if row.refused or first != number else RowKind.ACCEPTED)
    return tuple(settled), tuple(findings)


def _rows_by_place(kinds: list[RowKind | None], read: PlacesRead) -> dict[Place, list[int]]:
    found: dict[Place, list[int]] = {}
    for index, (kind, row) in enumerate(zip(kinds, read.rows, strict=True)):
        if kind is None and row.place is not None and not row.refused:
            found.setdefault(row.place, []).append(index)
    return found


def _differing(alike: dict[Place, list[int]], cells: list[tuple[str | None, ...]]) -> dict[int, tuple[int, ...]]:
    """Return the rows whose region has other rows with other values, each with all rows of the region."""
    valued = ([index for index in rows if _is_valued(cells[index])] for rows in alike.values())
    apart = (rows for rows in valued if len({cells[index] for index in rows}) > 1)
    return {index: tuple(rows) for rows in apart for index in rows}


def _first(rows: list[int], cells: list[tuple[str | None, ...]]) -> int:
    """Return the row that counts of those of one region: the first with a value, else the first."""
    return next((index for index in rows if _is_valued(cells[index])), rows[0])


def _is_valued(cells: tuple[str | None, ...]) -> bool:
    return any(cell is not None and any(map(str.isdigit, cell)) for cell in cells)


def _twice_differs(sheet: Sheet, shape: Shape, row: PlaceRead, number: int, alike: tuple[int, ...]) -> Finding:
    others = tuple(f"{shape.name}{sheet.rows[index]}" for index in alike if sheet.rows[index] != number)
    values: dict[str, object] = {"name": row.name, "others": ", ".join(others)}
    return Finding("region-twice-differs", Severity.ERROR, cell_at(sheet.name, shape.name, number), values)


def by_position(sheet: Sheet, shape: Shape, rows: RegionRows) -> tuple[Repair, ...]:
    """Return the repairs for names that are written alike and were read as several regions, by where they stand."""
    if shape.code is not None:
        return ()
    alike: dict[str, dict[Place, int]] = {}
    for name, here, number in zip(rows.names, rows.places, sheet.rows, strict=True):
        if here is not None:
            alike.setdefault(name, {}).setdefault(here, number)
    return tuple(
        Repair("names-by-position", sheet.at(shape.name, places.values(), most=len(places)), len(places),
               {"name": name, "readings": "; ".join(f"{shape.name}{row}: {p.name}" for p, row in places.items())})
        for name, places in alike.items() if len(places) > 1
    )  # fmt: skip


def _trouble(sheet: Sheet, shape: Shape, row: PlaceRead, number: int) -> Finding:
    trouble = row.trouble or ""
    letter = shape.code if shape.code is not None and "code" in trouble else shape.name
    severity = Severity.ERROR if row.refused else TOLD[trouble]
    values: dict[str, object] = {"name": row.name, "code": row.code or "", "candidates": row.candidates}
    return Finding(trouble, severity, cell_at(sheet.name, letter, number), values)
