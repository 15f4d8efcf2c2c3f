"""Borders of regions: each feature is a region by its code and its name, with the polygons that it lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected, one_repair
from nangkis.intake.layouts.accepted import as_stored, reading_of
from nangkis.intake.layouts.indicator_reading import inferred, whole_of
from nangkis.intake.layouts.named_columns import slug
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, nothing_accepted, recognition
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.places import PlacesRead, read_places
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.regions.boundaries import KIND, SCHEMA
from nangkis.regions.register import Place, children, place
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.sources import cell_at


NAME = "boundary"
VERSION = 1
# Properties by what offices call them: those of the finer level first, and BPS's own code before one with a prefix.
NAMES = (
    *("wadmkk", "nama_kabkota", "kabkot", "kab_kota", "kabupaten_kota", "nmkab", "kabupaten", "regency", "adm2_en"),
    *("name_2", "namobj", "wadmpr", "nama_prov", "nmprov", "provinsi", "province", "propinsi", "adm1_en", "name_1"),
    *("shapename", "nama", "name"),
)
CODES = (
    *("kdpkab", "kdppum", "kode_kabkota", "kode_kab", "kode_kk", "idkab", "bps4", "regency_code", "adm2_pcode"),
    *("kode_prov", "kode_provinsi", "kdprov", "idprov", "adm1_pcode", "province_code"),
    *("kode_wilayah", "kode", "code"),
)
PCODE = r"^(?i:id)([0-9]{2,4})$"
TROUBLES = {
    "absent": "border-absent",
    "no-area": "border-no-area",
    "not-degrees": "border-not-degrees",
    "broken": "border-broken",
}
MISSING_SHOWN = 10


@dataclass(frozen=True)
class _Keyed:
    """The place of each feature, the column that tells it, and the rows whose codes had letters before them."""

    read: PlacesRead
    letter: str
    stripped: pl.Series
    told: tuple[Finding, ...]


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for borders: only a boundary file has them."""
    return recognition({"borders": seen.sheet.borders is not None})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one collection. Raises SheetRefused without borders or names, or when codes and names do not agree."""
    sheet = seen.sheet
    if sheet.borders is None:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    keyed, borders = _keyed(seen, request), sheet.borders.slice(1)
    told = [*keyed.told, *_row_findings(sheet, borders, keyed.read, keyed.letter), *_changed(seen, borders, keyed.read)]
    frame = _frame(sheet, borders, keyed.read)
    known = [
        row.place
        for row, kind in zip(keyed.read.rows, frame["kind"], strict=True)
        if row.place is not None and kind == RowKind.ACCEPTED
    ]
    if not known:
        raise nothing_accepted(sheet, told)
    owner = whole_of(known)
    told += _missing(sheet, known)
    return reading_of(
        sheet,
        pl.concat([pl.Series([RowKind.HEADING.value]), frame["kind"]]),
        as_stored(frame, SCHEMA),
        kind=KIND,
        about={"codes": str(keyed.read.system), "place": owner.name},
        owner=str(owner.region),
        layout=NAME,
        version=VERSION,
        repairs=(*sheet.repairs, *_repairs(seen, sheet.borders, keyed), *inferred(sheet, keyed.read)),
        findings=collected((*sheet.findings, *told), sheet=sheet.name, limits=seen.rules.limits),
    )


def _keyed(seen: SheetSeen, request: Request) -> _Keyed:
    """Say which region each feature is of. Raises SheetRefused, CodesUnsaid, CodesContradictNames."""
    sheet, told = seen.sheet, []
    name, code = _letter(sheet, NAMES), _letter(sheet, CODES)
    if name is None:
        raise SheetRefused("boundary-columns-unknown", file=sheet.file, sheet=sheet.name, seen=_seen(sheet))
    names, codes, stripped = _names_and_codes(sheet, name, code)
    shared = None if codes is None or request.codes is not None else _shared_code(names, codes)
    if shared is not None:
        told.append(Finding("border-codes-repeated", Severity.WARNING, f"{sheet.name}!{code}", {"code": shared}))
        code, codes = None, None
    read = read_places(
        names,
        codes,
        said=request.codes,
        within=request.region,
        file=sheet.file,
        thresholds=seen.rules.thresholds,
        cell=lambda index: f"{code}{sheet.rows[1 + index]}",
    )
    return _Keyed(read, code or name, stripped, tuple(told))


def _letter(sheet: Sheet, known: Sequence[str]) -> str | None:
    """Return the column whose header comes first in a list of known ones."""
    headers = {slug(header): column.letter for header, column in zip(sheet.head(1)[0], sheet.columns, strict=True)}
    return next((headers[header] for header in known if header in headers), None)


def _seen(sheet: Sheet) -> str:
    return ", ".join(sheet.head(1)[0][:-1]) or "–"


def _names_and_codes(
    sheet: Sheet, name: str, code: str | None
) -> tuple[list[str | None], list[str | None] | None, pl.Series]:
    """Return names and codes below the header, and which rows had the country's letters before their code."""
    names = sheet.column(name).label.slice(1).to_list()
    none = pl.Series([False] * sheet.height)
    if code is None:
        return names, None, none
    written = sheet.column(code).label
    plain = written.str.replace(PCODE, "${1}")
    return names, plain.slice(1).to_list(), (plain != written).fill_null(value=False)


def _shared_code(names: Sequence[str | None], codes: Sequence[str | None]) -> str | None:
    """Return a code that stands beside several names: then codes tell no region from another."""
    beside: dict[str, set[str]] = defaultdict(set)
    for name, code in zip(names, codes, strict=True):
        if name and code:
            beside[code].add(name.casefold())
    return next((code for code, several in beside.items() if len(several) > 1), None)


def _row_findings(sheet: Sheet, borders: pl.DataFrame, places: PlacesRead, letter: str) -> Iterator[Finding]:
    """Yield what is wrong with each row: its place, then its border."""
    for row, read_row, trouble in zip(sheet.rows.slice(1), places.rows, borders["trouble"], strict=True):
        values: dict[str, object] = {
            "name": read_row.name or "–",
            "code": read_row.code or "–",
            "candidates": read_row.candidates or "–",
            "system": str(places.system),
        }
        if read_row.trouble is not None:
            severity = Severity.ERROR if read_row.refused else Severity.WARNING
            yield Finding(read_row.trouble, severity, cell_at(sheet.name, letter, row), values)
        if trouble is not None:
            at = cell_at(sheet.name, sheet.columns[-1].letter, row)
            yield Finding(TROUBLES[trouble], Severity.ERROR, at, {"name": read_row.name or "–"})


def _changed(seen: SheetSeen, borders: pl.DataFrame, places: PlacesRead) -> Iterator[Finding]:
    """Yield each border whose area mending has changed by more than a little."""
    sheet, most = seen.sheet, seen.rules.limits.boundary_change_percent
    for row, read_row, change in zip(sheet.rows.slice(1), places.rows, borders["change"], strict=True):
        if abs(change) * 100 > most:
            at = cell_at(sheet.name, sheet.columns[-1].letter, row)
            values: dict[str, object] = {"name": read_row.name or "–", "change": round(change * 100, 1)}
            yield Finding("border-changed", Severity.WARNING, at, values)


def _frame(sheet: Sheet, borders: pl.DataFrame, places: PlacesRead) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with its kind."""
    regions = [None if row.place is None or row.refused else str(row.place.region) for row in places.rows]
    accepted = pl.col("region").is_not_null() & pl.col("geometry").is_not_null()
    return borders.select(
        pl.Series("region", regions, dtype=pl.String),
        pl.Series("name", [row.name for row in places.rows], dtype=pl.String),
        "geometry",
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(1).alias("_row"),
        pl.lit(sheet.columns[-1].letter).alias("_col"),
    ).with_columns(
        pl.when(accepted).then(pl.lit(RowKind.ACCEPTED.value)).otherwise(pl.lit(RowKind.REFUSED.value)).alias("kind")
    )


def _missing(sheet: Sheet, known: Sequence[Place]) -> Iterator[Finding]:
    """Yield, for each whole of which the file has at least half of the parts, the parts that it lacks."""
    there = {here.region for here in known}
    wholes = dict.fromkeys(here.parent for here in known if here.parent is not None)
    for whole in wholes:
        parts = children(whole)
        lacking = [part.name for part in parts if part.region not in there]
        if 0 < len(lacking) <= len(parts) / 2:
            shown = ", ".join(lacking[:MISSING_SHOWN]) + (", …" if len(lacking) > MISSING_SHOWN else "")
            values: dict[str, object] = {"count": len(lacking), "place": place(whole).name, "names": shown}
            yield Finding("border-regions-missing", Severity.WARNING, sheet.name, values)


def _repairs(seen: SheetSeen, borders: pl.DataFrame, keyed: _Keyed) -> Iterator[Repair]:
    """Yield what was mended; ``borders`` are those of all rows of the sheet."""
    sheet, limits = seen.sheet, seen.rules.limits
    geometry = sheet.columns[-1].letter
    yield from one_repair("code-letters-dropped", sheet, keyed.letter, keyed.stripped, limits)
    yield from one_repair("border-mended", sheet, geometry, borders["mended"].fill_null(value=False), limits)
    coarser = (borders["points_kept"] < borders["points"]).fill_null(value=False) & borders["geometry"].is_not_null()
    points = {name: int(borders.filter(coarser)[name].sum()) for name in ("points", "points_kept")}
    told = {**points, "metres": limits.boundary_detail_metres}
    yield from one_repair("border-simplified", sheet, geometry, coarser, limits, **told)


LAYOUT = Layout(NAME, VERSION, recognise, read)
