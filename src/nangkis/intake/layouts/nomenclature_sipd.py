"""The nomenclature as SIPD exports it: a row for each sub kegiatan and government, code and name in one cell."""

from __future__ import annotations

import json
from itertools import pairwise

import polars as pl

from nangkis.budget.nomenclature.schema import KIND, SCHEMA, TAG_PARTS, Government, Level
from nangkis.budget.nomenclature.versions import Version
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.nomenclature import check_export
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


NAME = "nomenclature_sipd"
VERSION = 1
ROLES = {
    "jenis_pemda": "government",
    "bidang": "bidang",
    "bidang_urusan": "bidang",
    "program": "program",
    "kegiatan": "kegiatan",
    "subkegiatan": "sub-kegiatan",
    "sub_kegiatan": "sub-kegiatan",
    "kinerja": "kinerja",
    "indikator": "indikator",
    "satuan": "satuan",
    "tag": "tags",
    "definisi_operasional": "definition",
    "pelaksana": "pelaksana",
    "spm": "spm",
    "jenis": "service",
    "subkegiatan_sebelumnya": "previous",
    "sub_kegiatan_sebelumnya": "previous",
}
ABOVE = (Level.BIDANG, Level.PROGRAM, Level.KEGIATAN)
TEXTS = ("kinerja", "indikator", "satuan", "definition", "pelaksana", "service")
CODE_AND_NAME = r"^([\dX](?:\.[\dX]+)+)[ .:-]*(.*)$"
SPM = {"SPM": True, "NON-SPM": False}


def recognise(seen: SheetSeen) -> Recognition:
    """Ask whose a code is, and for the levels from programme to sub kegiatan."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: dict[str, str]) -> Recognition:
    levels = all(level in letters for level in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN))
    return recognition({"kind-of-government": "government" in letters, "levels-of-codes": levels})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header or version is not known."""
    sheet = seen.sheet
    columns = named_columns(sheet, seen.rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    version = settled_version(sheet, columns, request, seen, told)
    rows = _rows(sheet, columns, version)
    accepted = rows.filter(pl.col("kind") == RowKind.ACCEPTED)
    derived = _above(accepted, columns, version)
    about = {"version": version.name, "levels": levels_counted(pl.concat([derived, accepted], how="diagonal_relaxed"))}
    checks = check_export(accepted, derived, sheet, columns.letters, seen.rules)
    return list_reading(
        seen,
        ListRead(columns, rows, derived, KIND, SCHEMA, about),
        layout=(NAME, VERSION),
        masks=columns.tidied(sheet, (*ABOVE, Level.SUB_KEGIATAN, *TEXTS)),
        findings=(*told, *checks),
        code_role=Level.SUB_KEGIATAN,
    )


def _rows(sheet: Sheet, columns: NamedColumns, version: Version) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with what is wrong with it."""
    cells = {role: columns.texts(sheet, role).text for role in {*ROLES.values()}}
    frame = pl.DataFrame(cells).with_columns(
        *(_part(level, 1).alias(f"{level}_code") for level in (*ABOVE, Level.SUB_KEGIATAN)),
        *(_part(level, 2).alias(f"{level}_name") for level in ABOVE),
        pl.col(Level.SUB_KEGIATAN).alias("code_read"),
        _part(Level.SUB_KEGIATAN, 2).alias("name"),
        pl.lit(Level.SUB_KEGIATAN.value).alias("level"),
        pl.col("tags").alias("tags_read"),
        pl.col("spm").alias("spm_read"),
        pl.col("government").alias("government_read"),
    )
    frame = frame.with_columns(
        *of_version(version),
        pl.col(f"{Level.SUB_KEGIATAN}_code").alias("code"),
        pl.col("previous").str.extract(CODE_AND_NAME, 1).alias("previous_code"),
        _official_tags(frame["tags_read"]).alias("tags"),
        pl.col("spm_read").replace_strict(SPM, default=None, return_dtype=pl.Boolean()).alias("spm"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters[Level.SUB_KEGIATAN]).alias("_col"),
    )
    frame = frame.with_columns(parent_of(pl.col("code"), pl.col("level")).alias("parent"))
    flaw = pl.coalesce(activity_flaw(frame, version), _of_this_list())
    frame = frame.with_columns(flaw.alias("flaw"))
    blank = pl.all_horizontal(pl.col(role).is_null() for role in (*ABOVE, Level.SUB_KEGIATAN, "government_read"))
    return with_kinds(frame, ["code", "government"], note=blank)


def _part(level: str, which: int) -> pl.Expr:
    text = pl.col(level).str.extract(CODE_AND_NAME, which)
    return pl.when(text.str.len_chars() > 0).then(text)


def _of_this_list() -> pl.Expr:
    """Say what is wrong with a row's government, or with a code that stands under another level's."""
    known = pl.col("government_read").is_in(list(Government)).fill_null(value=False)
    chain = [*(f"{level}_code" for level in ABOVE), "code"]
    under = pl.all_horizontal(
        pl.col(lower).str.starts_with(pl.col(upper) + ".").fill_null(value=True) for upper, lower in pairwise(chain)
    )
    return (
        pl.when(~known)
        .then(pl.lit("nomenclature-government-unknown"))
        .when(~under)
        .then(pl.lit("nomenclature-code-elsewhere"))
    )


def _official_tags(cells: pl.Series) -> pl.Series:
    """Return the tags of each cell, which is a JSON list; null for none, and for what is no such list."""
    read = {cell: _tags(cell) for cell in cells.drop_nulls().unique()}
    return pl.Series([read.get(cell) for cell in cells], dtype=pl.String)


def _tags(cell: str) -> str | None:
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    if not isinstance(listed, list):
        return None
    return TAG_PARTS.join(" ".join(tag.split()) for tag in listed if isinstance(tag, str) and tag.strip()) or None


def _above(accepted: pl.DataFrame, columns: NamedColumns, version: Version) -> pl.DataFrame:
    """Return the codes above the sub kegiatan, each once for a government, at the first cell that names it."""
    parts = [
        accepted.filter(pl.col(f"{level}_code").is_not_null() & pl.col(f"{level}_name").is_not_null())
        .group_by(f"{level}_code", "government", maintain_order=True)
        .agg(
            pl.col(f"{level}_name").first().alias("name"),
            pl.col(f"{level}_name").unique().len().alias("names"),
            pl.col("_sheet", "_row").first(),
        )
        .rename({f"{level}_code": "code"})
        .with_columns(pl.lit(level.value).alias("level"), pl.lit(columns.letters[level]).alias("_col"))
        for level in ABOVE
        if level in columns.letters
    ]
    told = pl.concat(parts).with_columns(
        *of_version(version), parent_of(pl.col("code"), pl.col("level")).alias("parent")
    )
    absent = (name for name in SCHEMA if name not in told.columns)
    return told.with_columns(pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in absent)


LAYOUT = Layout(NAME, VERSION, recognise, read)
