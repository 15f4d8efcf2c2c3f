"""Kecamatan and desa with families by decile of welfare, food vulnerability and village index; no person is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.places import check_places
from nangkis.intake.layouts import words
from nangkis.intake.layouts.accepted import Row, columns_reading, refusals
from nangkis.intake.layouts.named_columns import NamedColumns, columns_not_read, named_columns, slug
from nangkis.intake.layouts.protocol import (
    Layout,
    Recognition,
    SheetRefused,
    check_found,
    nothing_accepted,
    recognition,
)
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.settled import contradiction, settle
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.numbers import read_numbers
from nangkis.intake.repairs.places import codes_unsaid
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.planning.places_schema import DECILES, FSVA_CLASSES, KIND, SCHEMA, IdmClass, PlaceLevel
from nangkis.regions.names import resolve_codes
from nangkis.regions.register import Level, Place, place
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.findings import Finding


NAME = "wilayah_desil"
VERSION = 1
DECILE = re.compile(r"(?:(?:keluarga|kk|jumlah)_)*desil_?([1-9]|10)")
ROLES = {
    **dict.fromkeys(("kode", "kode_wilayah", "kode_desa", "kode_kecamatan", "kode_desa_kelurahan"), "code"),
    **dict.fromkeys(("nama", "nama_wilayah", "nama_desa", "nama_kecamatan", "wilayah", "desa", "kecamatan"), "name"),
    **dict.fromkeys(("tahun",), "year"),
    **dict.fromkeys(("jumlah", "total", "jumlah_keluarga", "total_keluarga", "jumlah_kk"), "families_total"),
    **dict.fromkeys(("fsva", "prioritas_fsva"), "fsva"),
    **dict.fromkeys(("idm", "status_idm"), "idm"),
}
KINDS_OF_PLACE = re.compile(r"^(?:desa|kelurahan|kel|kecamatan|kec)\.? |[^a-z0-9]+")
MOST_FAMILIES = 10_000_000.0
FAMILIES = (*(f"families_{decile}" for decile in range(1, DECILES + 1)), "families_total")
FLAWED = {"families-unreadable": "families_1", "fsva-unknown": "fsva", "idm-unknown": "idm"}
LEVELS = {Level.KECAMATAN: PlaceLevel.KECAMATAN, Level.DESA: PlaceLevel.DESA}
REGENCY = 2  # parts of its code: 72.06


def _role(cell: str) -> str | None:
    header = slug(cell)
    decile = DECILE.fullmatch(header)
    return f"families_{decile[1]}" if decile else ROLES.get(header)


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for codes and names of places, and the families of at least the first four deciles."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _named(letters: dict[str, str]) -> Recognition:
    deciles = all(f"families_{decile}" in letters for decile in range(1, 5))
    return recognition({"place-code": "code" in letters, "place-name": "name" in letters, "deciles": deciles})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, year or code system is not known, or regencies are mixed."""
    sheet, rules = seen.sheet, seen.rules
    columns = named_columns(sheet, rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    year = _year(sheet, columns, request, rules, told)
    places = _places(sheet, columns, request)
    frame = _with_kinds(_typed(sheet, columns, year, places))
    refused = _refusals(frame, sheet, columns)
    accepted = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    if accepted.is_empty():
        raise nothing_accepted(sheet, refused)
    region = _regency(sheet, accepted, request)
    about = {"year": str(year), "region": str(region), "place": place(region).name}
    about["columns"] = columns.stored_as({name: name for name in SCHEMA})
    checks = check_places(accepted, sheet, columns.letters, rules.limits)
    return columns_reading(
        seen,
        columns,
        frame.with_columns(pl.lit(str(region)).alias("region")),
        kind=KIND,
        schema=SCHEMA,
        about=about,
        owner=region,
        layout=(NAME, VERSION),
        masks=columns.tidied(sheet, ["name"]),
        findings=(*told, *columns_not_read(columns, sheet, rules), *refused, *checks),
    )


def _year(sheet: Sheet, columns: NamedColumns, request: Request, rules: Rules, told: list[Finding]) -> int:
    bounds = rules.thresholds.years
    titles = " ".join(cell for row in sheet.head(columns.row) for cell in row)
    cells = " ".join(columns.texts(sheet, "year").text.drop_nulls().unique())
    found = words.years_in(cells, **bounds) or words.years_in(f"{titles} {sheet.name}", **bounds)
    if len(found) > 1:
        several = ", ".join(map(str, found))
        raise SheetRefused("several-in-one-sheet", file=sheet.file, sheet=sheet.name, what="year", found=several)
    content = found[0] if found else None
    return settle(sheet, "year", content=content, said=request.year, of_name=words.year_reader(**bounds), told=told)


def _places(sheet: Sheet, columns: NamedColumns, request: Request) -> tuple[Place | None, ...]:
    """Return the place of each code: in the system as said, else in the one under which every code fits its name."""
    codes = columns.texts(sheet, "code").text.to_list()
    names = columns.texts(sheet, "name").text.to_list()
    asked = [code if code and code[0].isdigit() else None for code in codes]
    system = request.codes or CodeSystem.parse("kemendagri")
    found = resolve_codes(asked, system=system)
    fitting = tuple(here if here and _same(name, here) else None for name, here in zip(names, found, strict=True))
    pairs = [(name, here) for name, code, here in zip(names, asked, found, strict=True) if code]
    if request.codes is None and not _agree(pairs):
        rows, letter = sheet.rows.slice(columns.row + 1), columns.letters["code"]
        every = zip(rows, asked, fitting, strict=True)
        apart = [(f"{letter}{row}", code) for row, code, fit in every if code and not fit]
        raise codes_unsaid(sheet.file, [system], apart)
    return fitting


def _agree(pairs: Sequence[tuple[str | None, Place | None]]) -> bool:
    """Say whether every code that there is has the name beside it; slips, of fewer rows, are codes of nothing."""
    there = [(name, here) for name, here in pairs if here is not None]
    return 2 * len(there) > len(pairs) and all(_same(name, here) for name, here in there)


def _same(name: str | None, here: Place) -> bool:
    return name is not None and KINDS_OF_PLACE.sub("", name.casefold()) == KINDS_OF_PLACE.sub("", here.name.casefold())


def _typed(sheet: Sheet, columns: NamedColumns, year: int, places: tuple[Place | None, ...]) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with what is wrong with it in ``flaw``."""
    code, name = (columns.texts(sheet, role).text for role in ("code", "name"))
    frame = pl.DataFrame({"code": code, "place_name": name}).with_columns(
        pl.lit(year, dtype=pl.Int32).alias("year"),
        pl.Series("place", [None if here is None else str(here.region) for here in places], dtype=pl.String),
        pl.Series("level", [None if here is None else LEVELS.get(here.level) for here in places], dtype=pl.String),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["code"]).alias("_col"),
    )
    troubles = []
    for column in FAMILIES:
        families, trouble = _families(sheet, columns, column)
        frame = frame.with_columns(families.alias(column))
        troubles.append(trouble)
    fsva = columns.texts(sheet, "fsva").text
    idm = columns.texts(sheet, "idm").text.str.to_lowercase().str.replace_all(r"[\s_]+", "-")
    number = fsva.str.extract(r"^(?:[Pp]rioritas )?([0-9])$").cast(pl.Int8)
    return frame.with_columns(
        number.alias("fsva"),
        idm.alias("idm"),
        pl.select(pl.any_horizontal(troubles)).to_series().alias("families_trouble"),
        (fsva.is_not_null() & ~number.is_between(1, FSVA_CLASSES).fill_null(value=False)).alias("fsva_trouble"),
        (~idm.is_in([kind.value for kind in IdmClass])).fill_null(value=False).alias("idm_trouble"),
    )


def _families(sheet: Sheet, columns: NamedColumns, column: str) -> tuple[pl.Series, pl.Series]:
    """Return whole families of a column, and which cells hold something else."""
    height = sheet.height - columns.row - 1
    if column not in columns.letters:
        none = pl.repeat(None, height, eager=True, dtype=pl.Int64)
        return none, pl.repeat(value=False, n=height, eager=True, dtype=pl.Boolean)
    read = read_numbers(columns.below(sheet, column), plausible=(0.0, MOST_FAMILIES), in_percent=False)
    whole = (read.value == read.value.round()) & read.value.is_between(0, MOST_FAMILIES)
    trouble = read.trouble.is_not_null() | (~whole).fill_null(value=False)
    return pl.select(pl.when(whole).then(read.value)).to_series().cast(pl.Int64), trouble


def _with_kinds(frame: pl.DataFrame) -> pl.DataFrame:
    """Say of each row whether it is a place, a total or a note, and why a place is refused."""
    no_code = pl.col("code").is_null()
    nothing = pl.all_horizontal(pl.col(column).is_null() for column in FAMILIES) & ~pl.col("families_trouble")
    first = pl.coalesce("place_name", "code").str.to_lowercase().fill_null("")
    flaw = (
        pl.when(pl.col("level").is_null())
        .then(pl.lit("place-unknown"))
        .when("families_trouble")
        .then(pl.lit("families-unreadable"))
        .when("fsva_trouble")
        .then(pl.lit("fsva-unknown"))
        .when("idm_trouble")
        .then(pl.lit("idm-unknown"))
    )
    total = pl.any_horizontal(
        no_code & first.str.contains(words.TOTALS.pattern),
        pl.col("code").str.to_lowercase().str.contains(words.TOTALS.pattern).fill_null(value=False),
    )
    note = nothing & (no_code | pl.col("place_name").is_null())
    return frame.with_columns(flaw.alias("flaw"), kind_of(flaw, note=note, total=total).alias("kind"))


def _refusals(frame: pl.DataFrame, sheet: Sheet, columns: NamedColumns) -> tuple[Finding, ...]:
    def told(row: Row) -> dict[str, object]:
        return {"name": row["place_name"] or "–", "code": row["code"] or "–"}

    return tuple(refusals(frame, sheet, columns, role_of=lambda row: FLAWED.get(row["flaw"], "code"), told=told))


def _regency(sheet: Sheet, accepted: pl.DataFrame, request: Request) -> Region:
    """Return the one kabupaten or kota that all places lie in."""
    regions = [Region.parse(text) for text in accepted["place"]]
    found = sorted({(here.system, ".".join(here.digits.split(".")[:REGENCY])) for here in regions})
    if len(found) > 1:
        several = ", ".join(digits for _, digits in found)
        raise SheetRefused("several-in-one-sheet", file=sheet.file, sheet=sheet.name, what="region", found=several)
    region = Region(*found[0])
    said = None if request.region is None else place(request.region)
    if said is not None and said.level in (Level.KABUPATEN, Level.KOTA) and said.region != region:
        raise contradiction(sheet, "region", said=said.region, found=region)
    return region


LAYOUT = Layout(NAME, VERSION, recognise, read)
