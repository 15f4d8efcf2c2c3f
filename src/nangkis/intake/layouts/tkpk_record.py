"""What a TKPK has in hand, as its secretariat lists it: item, number, date, and the year that it is for."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.accepted import columns_reading, refusals
from nangkis.intake.layouts.named_columns import NamedColumns, columns_not_read, named_columns, slug
from nangkis.intake.layouts.pagu_context import settled_region
from nangkis.intake.layouts.protocol import Layout, Recognition, check_found, nothing_accepted, recognition
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.planning.tkpk_schema import KIND, SCHEMA, TkpkItem
from nangkis.regions.register import place
from nangkis.vocabulary.findings import Finding


NAME = "tkpk_record"
VERSION = 1
ROLES = {
    **dict.fromkeys(("item", "dokumen", "bukti"), "item"),
    **dict.fromkeys(("nomor", "nomor_dokumen"), "number"),
    **dict.fromkeys(("tanggal", "tanggal_dokumen"), "dated"),
    **dict.fromkeys(("tahun", "untuk_tahun"), "year"),
    **dict.fromkeys(("berkas", "nama_berkas"), "attached"),
}
TEXTS = ("item", "number", "dated", "year", "attached")
ITEMS = {
    **dict.fromkeys(("sk_tkpk", "keputusan_tkpk", "sk_tim_tkpk"), TkpkItem.DECREE),
    **dict.fromkeys(("agenda", "agenda_tahunan"), TkpkItem.AGENDA),
    **dict.fromkeys(("rat", "rencana_aksi_tahunan"), TkpkItem.RAT),
    **dict.fromkeys(("lp2kd",), TkpkItem.LP2KD),
}
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]+)[-/. ](\d{4})")
YEAR = re.compile(r"(?:19|20)\d{2}")
FLAWED = {"record-number-blank": "number", "record-date-unreadable": "dated", "record-year-unreadable": "year"}


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for an item, its number and its date."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: dict[str, str]) -> Recognition:
    return recognition(
        {"record-item": "item" in letters, "record-number": "number" in letters, "record-dated": "dated" in letters}
    )


def day_read(text: str | None) -> date | None:
    """Return a date as offices write it, the day before the month; None for what is none.

    >>> day_read("15 Januari 2026"), day_read("5/1/2026"), day_read("2026-01-15"), day_read("31-02-2026")
    (datetime.date(2026, 1, 15), datetime.date(2026, 1, 5), datetime.date(2026, 1, 15), None)
    """
    told = (text or "").casefold()
    if match := ISO.fullmatch(told):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(told):
        day, month, year = match.groups()
        month = str(MONTHS.index(month) + 1) if month in MONTHS else month
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # a day that no calendar has, or a word that is no month
        return None


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header or region is not known."""
    sheet, rules = seen.sheet, seen.rules
    columns = named_columns(sheet, rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    titles = [cell for row in sheet.head(columns.row) for cell in row if cell]
    region = settled_region(sheet, titles, request, told)
    frame = _typed(sheet, columns).with_columns(pl.lit(str(region)).alias("region"))
    refused = tuple(
        refusals(
            frame, sheet, columns,
            role_of=lambda row: FLAWED.get(row["flaw"], "item"),
            told=lambda row: {"item": row["item_read"] or "–"},
        )
    )  # fmt: skip
    if not (frame["kind"] == RowKind.ACCEPTED).any():
        raise nothing_accepted(sheet, refused)
    about = {"region": str(region), "place": place(region).name}
    about["columns"] = columns.stored_as({name: name for name in SCHEMA})
    return columns_reading(
        seen,
        columns,
        frame,
        kind=KIND,
        schema=SCHEMA,
        about=about,
        owner=region,
        layout=(NAME, VERSION),
        masks=columns.tidied(sheet, TEXTS),
        findings=(*told, *columns_not_read(columns, sheet, rules), *refused),
    )


def _typed(sheet: Sheet, columns: NamedColumns) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, what it is, and what is wrong with it."""
    rows = list(zip(*(columns.texts(sheet, role).text for role in TEXTS), strict=True))
    items = [ITEMS.get(slug(item or "")) for item, *_ in rows]
    days = [day_read(row[2]) for row in rows]
    frame = pl.DataFrame(
        {
            "item_read": [row[0] for row in rows],
            "item": [None if item is None else item.value for item in items],
            "number": [row[1] for row in rows],
            "dated": days,
            "year_read": [row[3] for row in rows],
            "year": [int(row[3]) if YEAR.fullmatch(row[3] or "") else None for row in rows],
            "attached": [row[4] for row in rows],
        },
        schema_overrides={**{name: SCHEMA[name] for name in TEXTS}, "item_read": pl.String, "year_read": pl.String},
    )
    return _with_kinds(frame).with_columns(
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["item"]).alias("_col"),
    )


def _with_kinds(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what is wrong with each row, and what it is."""
    flaw = (
        pl.when(pl.col("item").is_null())
        .then(pl.lit("record-item-unknown"))
        .when(pl.col("number").is_null())
        .then(pl.lit("record-number-blank"))
        .when(pl.col("dated").is_null())
        .then(pl.lit("record-date-unreadable"))
        .when(pl.col("year_read").is_not_null() & pl.col("year").is_null())
        .then(pl.lit("record-year-unreadable"))
    )
    note = pl.col("item").is_null() & pl.col("number").is_null() & pl.col("dated").is_null()
    return frame.with_columns(flaw.alias("flaw"), kind_of(flaw, note=note).alias("kind"))


LAYOUT = Layout(NAME, VERSION, recognise, read)
