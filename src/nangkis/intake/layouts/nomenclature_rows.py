"""What every list of the nomenclature shares: its version, what is wrong with a row, and how it is handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget.nomenclature.codes import PARTS_OF_LEVEL, plain_name
from nangkis.budget.nomenclature.schema import Level
from nangkis.budget.nomenclature.versions import Version, version_written
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected
from nangkis.intake.layouts.accepted import Row, reading_of, refusals
from nangkis.intake.layouts.named_columns import NamedColumns, columns_not_read
from nangkis.intake.layouts.protocol import SheetRefused, nothing_accepted
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.settled import settle
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.regions.table import KEMENDAGRI, NATION
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


DIGIT, TWO = r"[\dX]", r"[\dX]{2}"
OF_LEVEL: Mapping[str, str] = {
    Level.URUSAN: rf"^{DIGIT}$",
    Level.BIDANG: rf"^{DIGIT}\.{TWO}$",
    Level.PROGRAM: rf"^{DIGIT}\.{TWO}\.\d{{2}}$",
    Level.KEGIATAN: rf"^{DIGIT}\.{TWO}\.\d{{2}}\.[1-9]\.\d{{2}}$",
    Level.SUB_KEGIATAN: rf"^{DIGIT}\.{TWO}\.\d{{2}}\.[1-9]\.\d{{2}}\.\d{{2}}(?:\d{{2}})?$",
}
LAST_PARTS = r"\.[^.]+$"
OWNER = str(Region(KEMENDAGRI, NATION))


@dataclass(frozen=True)
class ListRead:
    """A list below its header: ``rows`` are physical, with ``flaw`` and ``kind``; ``derived`` are codes of their cells.

    ``kind``, ``schema`` and ``about`` are those of the lake's table.
    """

    columns: NamedColumns
    rows: pl.DataFrame
    derived: pl.DataFrame | None
    kind: str
    schema: pl.Schema
    about: Mapping[str, str]


def settled_version(
    sheet: Sheet, columns: NamedColumns, request: Request, seen: SheetSeen, told: list[Finding]
) -> Version:
    """Return the version of a list: of a title or the sheet's name, else as said, else of the file's name, told.

    Raises SheetRefused when nobody says it, or for a name that no version has.
    """
    known = seen.rules.versions
    titles = (*(cell for row in sheet.head(columns.row) for cell in row if cell), sheet.name)
    found = {version.name for title in titles if (version := version_written(known, title)) is not None}
    said = request.nomenclature
    if said is not None and said not in known:
        raise SheetRefused("nomenclature-version-unknown", said=said, known=", ".join(known))

    def of_name(stem: str) -> str | None:
        version = version_written(known, stem)
        return None if version is None else version.name

    content = found.pop() if len(found) == 1 else None
    return known[settle(sheet, "nomenclature", content=content, said=said, of_name=of_name, told=told)]


def of_version(version: Version) -> list[pl.Expr]:
    """Return the columns that say of each row which version it is of."""
    return [
        pl.lit(version.name).alias("version"),
        pl.lit(version.decree, dtype=pl.String).alias("decree"),
        pl.lit(version.valid_from, dtype=pl.Int32).alias("valid_from"),
        pl.lit(version.valid_until, dtype=pl.Int32).alias("valid_until"),
    ]


def parent_of(code: pl.Expr, level: pl.Expr) -> pl.Expr:
    """Return the code one level up; a kegiatan has two parts more than its programme."""
    shorter = code.str.replace(LAST_PARTS, "")
    return (
        pl.when(level == Level.KEGIATAN)
        .then(shorter.str.replace(LAST_PARTS, ""))
        .when(level != Level.URUSAN)
        .then(shorter)
    )


def activity_flaw(rows: pl.DataFrame, version: Version) -> pl.Series:
    """Return what is wrong with each code of an activity by itself; null where nothing is."""
    code, level = pl.col("code"), pl.col("level")
    fits = pl.any_horizontal((level == name) & code.str.contains(pattern) for name, pattern in OF_LEVEL.items())
    last = code.str.extract(r"\.(\d+)$").str.len_chars()
    flaw = (
        pl.when(level.is_null() | ~fits.fill_null(value=False))
        .then(pl.lit("nomenclature-code-unreadable"))
        .when((level == Level.SUB_KEGIATAN) & (last != version.sub_digits))
        .then(pl.lit("nomenclature-digits-differ"))
        .when(pl.col("name").is_null())
        .then(pl.lit("nomenclature-name-blank"))
    )
    return rows.select(flaw.alias("flaw")).to_series()


def with_kinds(rows: pl.DataFrame, key: list[str], *, note: pl.Expr) -> pl.DataFrame:
    """Return rows with ``kind`` and the final ``flaw``: a code that stands twice is taken once, or not with two names.

    ``rows`` have ``flaw`` of their own; ``key`` are the columns that make a code one.
    """
    rows = rows.with_row_index("_index")
    sound, index = pl.col("flaw").is_null(), pl.col("_index")
    names = pl.when(sound).then(plain_name(pl.col("name"))).drop_nulls().n_unique().over(key)
    first = pl.when(sound).then(index).min().over(key)
    again = (
        pl.when(~sound)
        .then(pl.col("flaw"))
        .when(names > 1)
        .then(pl.lit("nomenclature-code-contradictory"))
        .when(index != first)
        .then(pl.lit("nomenclature-code-repeated"))
    )
    rows = rows.with_columns(again.alias("flaw"), first.alias("_first"))
    rows = rows.with_columns(pl.col("_row").gather(pl.col("_first")).alias("first_row"))
    return rows.with_columns(kind_of(pl.col("flaw"), note=note).alias("kind"))


def list_reading(
    seen: SheetSeen,
    read: ListRead,
    *,
    layout: tuple[str, int],
    masks: Iterable[tuple[str, str, pl.Series]],
    findings: Iterable[Finding],
    code_role: str,
) -> Reading:
    """Return the reading of a list. Raises SheetRefused when none of its rows is accepted."""
    sheet, rules, columns = seen.sheet, seen.rules, read.columns
    accepted = read.rows.filter(pl.col("kind") == RowKind.ACCEPTED)
    refused = tuple(refusals(read.rows, sheet, columns, role_of=lambda _: code_role, told=_told))
    if accepted.is_empty():
        raise nothing_accepted(sheet, refused)
    parts = [accepted.select(list(read.schema)).cast(read.schema)]
    if read.derived is not None:
        parts.insert(0, read.derived.select(list(read.schema)).cast(read.schema))
    told = (*findings, *columns_not_read(columns, sheet, rules), *refused)
    return reading_of(
        sheet,
        columns.kinds(read.rows["kind"]),
        pl.concat(parts),
        kind=read.kind,
        about=read.about,
        owner=OWNER,
        layout=layout[0],
        version=layout[1],
        repairs=(*sheet.repairs, *columns.repairs(masks, sheet, rules)),
        findings=collected((*sheet.findings, *told), sheet=sheet.name, limits=rules.limits),
    )


def _told(row: Row) -> dict[str, object]:
    said = " ".join(filter(None, (row["code_read"], row["name"]))) or "–"
    return {"code": said, "first": "–" if row["first_row"] is None else str(row["first_row"])}


def levels_counted(rows: pl.DataFrame) -> str:
    """Return how many codes of each level are taken in, such as ``program=220,kegiatan=1427``."""
    counts = dict(rows.group_by("level").len().iter_rows())
    return ",".join(f"{level}={counts[level]}" for level in PARTS_OF_LEVEL if level in counts)
