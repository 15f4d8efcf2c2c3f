"""What the layouts of budget lines share: cells below the header, lines in the lake's form, what each row is."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.budget.schema import DETAIL, KIND, SCHEMA
from nangkis.content.messages import table_words
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.listing import one_repair
from nangkis.intake.layouts import words
from nangkis.intake.layouts.pagu_context import PaguContext
from nangkis.intake.layouts.pagu_header import Header
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.intake.repairs.numbers import AmountsRead
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.findings import Repair
from nangkis.vocabulary.missing import Missing


@dataclass(frozen=True)
class Lines:
    """Codes and names of every row below the header, and by column and repair which cells were mended."""

    frame: pl.DataFrame
    mended: tuple[tuple[str, str, pl.Series], ...]


def column_below(sheet: Sheet, header: Header, role: str) -> Column:
    """Return a column's cells below the header."""
    column = sheet.column(header.letters[role])
    start = header.row + 1
    percent = None if column.percent is None else column.percent.slice(start)
    return Column(column.letter, column.text.slice(start), column.number.slice(start), percent)


def typed(
    lines: pl.DataFrame, amounts: AmountsRead, context: PaguContext, sheet: Sheet, header: Header
) -> pl.DataFrame:
    """Return the lines as they will lie in the lake, with the trouble of each amount beside them."""
    code = pl.col("sub_kegiatan_code")
    return lines.with_columns(
        pl.lit(str(context.region)).alias("region"),
        pl.lit(context.year, dtype=pl.Int32).alias("year"),
        pl.lit(context.stage.value).alias("stage"),
        code.str.slice(0, len("1.01")).alias("bidang_code"),
        code.str.slice(0, len("1.01.02")).alias("program_code"),
        code.str.slice(0, len("1.01.02.2.01")).alias("kegiatan_code"),
        amounts.sen.alias("amount_sen"),
        amounts.missing.alias("missing"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(header.row + 1).alias("_row"),
        pl.lit(header.letters["amount"]).alias("_col"),
        amounts.trouble.alias("trouble"),
        *(pl.lit(None, pl.String()).alias(name) for name in DETAIL if name not in lines.columns),
    )


def with_kinds(frame: pl.DataFrame, sheet: Sheet, header: Header) -> pl.DataFrame:
    """Say of each row below the header whether it is a line, a total, a repeated header, or a note."""
    first_words = pl.coalesce("office_name", "office_code", "sub_kegiatan_name").str.to_lowercase().fill_null("")
    header_words = [words.plain(cell) for cell in sheet.head(header.row + 1)[header.row] if cell]
    no_code = pl.col("sub_kegiatan_code").is_null()
    nothing = no_code & pl.col("office_code").is_null() & pl.col("missing").eq_missing(Missing.BLANK.value)
    kind = (
        pl.when(no_code & first_words.is_in(header_words))
        .then(pl.lit(RowKind.HEADING.value))
        .when(no_code & first_words.str.contains(words.TOTALS.pattern))
        .then(pl.lit(RowKind.TOTAL.value))
        .when(nothing)
        .then(pl.lit(RowKind.NOTE.value))
        .otherwise(pl.lit(RowKind.ACCEPTED.value))
    )
    return frame.with_columns(kind.alias("kind"))


def reading_of(
    sheet: Sheet, header: Header, context: PaguContext, frame: pl.DataFrame, *, layout: str, version: int
) -> Reading:
    """Return the accepted lines with the count of all rows; what was mended and found is added by the caller."""
    above = pl.Series([RowKind.TITLE.value] * header.row + [RowKind.HEADING.value], dtype=pl.String)
    count = counted(sheet.rows, pl.concat([above, frame["kind"]]))
    region = place(context.region)
    about = {
        "year": str(context.year),
        "stage": context.stage.value,
        "region": str(region.region),
        "place": region.name,
    }
    return Reading(
        kind=KIND,
        title=table_words(KIND, about, "id"),
        owner=str(region.region),
        layout=layout,
        layout_version=version,
        sheet=sheet.name,
        cell_range=sheet.cell_range,
        frame=frame.filter(pl.col("kind") == RowKind.ACCEPTED).select(list(SCHEMA)).cast(SCHEMA),
        rows_in=count.rows_in,
        rows_frame=count.rows_frame,
        rows_accepted=count.rows_accepted,
        rows_refused=count.rows_refused,
        frame_rows=count.frame_rows,
        about=about,
    )


def repairs_of(sheet: Sheet, header: Header, lines: Lines, amounts: AmountsRead, *, rules: Rules) -> list[Repair]:
    """Return what was mended, column by column."""
    masks = (*lines.mended, *((code, "amount", touched) for code, touched in amounts.mended))
    above = pl.repeat(value=False, n=header.row + 1, eager=True, dtype=pl.Boolean)
    return [
        repair
        for code, role, mask in masks
        for repair in one_repair(code, sheet, header.letters[role], pl.concat([above, mask]), rules.limits)
    ]
