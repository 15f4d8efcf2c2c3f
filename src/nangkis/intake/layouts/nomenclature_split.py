"""Lists of activities whose codes stand in several columns, one for each part: as decrees and databases have them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nangkis.budget.nomenclature.codes import government_of
from nangkis.budget.nomenclature.schema import KIND, SCHEMA, Level
from nangkis.budget.nomenclature.versions import Version
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.nomenclature import check_codes, check_parents
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns, slug
from nangkis.intake.layouts.nomenclature_rows import (
    ListRead,
    activity_flaw,
    levels_counted,
    list_reading,
    of_version,
    parent_of,
    settled_version,
    with_kinds,
)
from nangkis.intake.layouts.protocol import Layout, Recognition, check_found, recognition
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding


NAME = "nomenclature_split"
VERSION = 1
PARTS = ("urusan", "bidang", "program", "kegiatan", "sub-kegiatan")
_CODES = {
    "urusan": ("urusan_unsur", "urusan_kode"),
    "bidang": ("bidang_urusan_bidang_unsur", "bidang_kode"),
    "program": ("program", "program_kode"),
    "kegiatan": ("kegiatan", "kegiatan_kode"),
    "sub-kegiatan": ("sub_kegiatan", "sub_kegiatan_kode"),
}
_NAMES = ("nomenklatur_urusan", "nomenklatur", "urusan_nama", "bidang_nama", "program_nama", "kegiatan_nama")
ROLES = {
    **{header: part for part, headers in _CODES.items() for header in headers},
    **dict.fromkeys((*_NAMES, "sub_kegiatan_nama"), "name"),
    **{header: header for header in ("kinerja", "indikator", "satuan")},
    "keterangan": "definition",
}
TEXTS = ("kinerja", "indikator", "satuan", "definition")
# What stands in the columns of each part: a zero is the place of the office's own bidang, as X is.
WIDTHS = {"bidang": 2, "program": 2}
NUMBER = r"^\d{1,2}$"
OWN_PLACE = r"^(?:[xX]+|0+)$"
GOVERNMENT_AND_NUMBER = r"^([1-9])\.?(\d{2})$"


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for the first part of the codes and for the names."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: Mapping[str, str]) -> Recognition:
    return recognition({"parts-of-codes": "urusan" in letters, "names-of-codes": "name" in letters})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header or version is not known."""
    sheet = seen.sheet
    columns = named_columns(sheet, seen.rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    version = settled_version(sheet, columns, request, seen, told)
    rows = _rows(sheet, columns, version)
    accepted = rows.filter(pl.col("kind") == RowKind.ACCEPTED)
    about = {"version": version.name, "levels": levels_counted(accepted)}
    return list_reading(
        seen,
        ListRead(columns, rows, None, KIND, SCHEMA, about),
        layout=(NAME, VERSION),
        masks=(
            *columns.tidied(sheet, ("name", *TEXTS)),
            ("code-padded", _deepest(columns), rows["padded"]),
            ("code-own-place", _deepest(columns), rows["own-place"]),
        ),
        findings=(*told, *check_codes(accepted, sheet, seen.rules), *check_parents(accepted, list(Level), seen.rules)),
        code_role=_deepest(columns),
    )


def _deepest(columns: NamedColumns) -> str:
    return next(part for part in reversed(PARTS) if part in columns.letters)


def _rows(sheet: Sheet, columns: NamedColumns, version: Version) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with what is wrong with it."""
    cells = {role: columns.texts(sheet, role).text for role in (*PARTS, "name", *TEXTS)}
    frame = pl.DataFrame(cells)
    canonical = {part: _canonical(part, version) for part in PARTS}
    frame = frame.with_columns(
        pl.concat_str([pl.col(part) for part in PARTS], separator=".", ignore_nulls=True).alias("code_read"),
        _level().alias("level"),
        pl.any_horizontal((pl.col(part) != canonical[part]).fill_null(value=False) for part in PARTS).alias("padded"),
        pl.any_horizontal(
            pl.col(part).str.contains("^0+$").fill_null(value=False) for part in ("urusan", "bidang")
        ).alias("own-place"),
    ).with_columns(canonical[part].alias(part) for part in PARTS)
    whole = pl.all_horizontal(
        (pl.col(part).is_not_null() | (pl.col("_depth") <= depth)).fill_null(value=False)
        for depth, part in enumerate(PARTS)
    )
    code = pl.concat_str([pl.col(part) for part in PARTS], separator=".", ignore_nulls=True)
    frame = frame.with_columns(
        pl.col("level").replace_strict(list(PARTS), [1, 2, 3, 4, 5], default=None).alias("_depth")
    ).with_columns(pl.when(whole).then(code).alias("code"))
    frame = frame.with_columns(
        *of_version(version),
        government_of(pl.col("code")).alias("government"),
        parent_of(pl.col("code"), pl.col("level")).alias("parent"),
        *(pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in _ABSENT),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        _letter(columns).alias("_col"),
    )
    blank = (pl.col("code_read") == "") & pl.col("name").is_null()
    return with_kinds(frame.with_columns(activity_flaw(frame, version).alias("flaw")), ["code"], note=blank)


_ABSENT = ("previous_code", "pelaksana", "spm", "service", "tags")


def _level() -> pl.Expr:
    """Return the level of a row: that of the deepest part that is filled."""
    return pl.coalesce(
        pl.when(pl.col(part).is_not_null()).then(pl.lit(level.value))
        for part, level in reversed([*zip(PARTS, Level, strict=True)])
    )


def _letter(columns: NamedColumns) -> pl.Expr:
    """Return the letter of the column in which the last part of a row's code stands."""
    letters = {
        level.value: columns.letters[part] for part, level in zip(PARTS, Level, strict=True) if part in columns.letters
    }
    return pl.col("level").replace_strict(letters, default=columns.letters["name"], return_dtype=pl.String())


def _canonical(part: str, version: Version) -> pl.Expr:
    """Return a part as its decree writes it; null where it is none."""
    cell = pl.col(part)
    if part == "urusan":
        return pl.when(cell.str.contains(OWN_PLACE)).then(pl.lit("X")).when(cell.str.contains(r"^\d$")).then(cell)
    if part == "kegiatan":
        return pl.when(cell.str.contains(GOVERNMENT_AND_NUMBER)).then(cell.str.replace(GOVERNMENT_AND_NUMBER, "$1.$2"))
    if part == "sub-kegiatan":
        return pl.when(cell.str.contains(r"^\d{1,4}$")).then(cell.str.zfill(version.sub_digits))
    number = pl.when(cell.str.contains(NUMBER)).then(cell.str.zfill(WIDTHS[part]))
    if part == "bidang":
        return pl.when(cell.str.contains(OWN_PLACE)).then(pl.lit("XX")).otherwise(number)
    return number


LAYOUT = Layout(NAME, VERSION, recognise, read)
