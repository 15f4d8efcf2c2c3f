"""A filled review of tags: its rows as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nangkis.budget.matching import plain_code
from nangkis.budget.review_reading import FilledRow
from nangkis.budget.review_sheet import HIDDEN, OPEN, headers
from nangkis.budget.tagging.decisions import plain_text
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.personal import refuse_personal_data
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns
from nangkis.intake.rules import Rules
from nangkis.vocabulary.refusals import FileRefused


NEEDED = frozenset({"code", "name", *OPEN, *HIDDEN})
TEXTS = ("code", "name", *OPEN, *HIDDEN)


class ReviewRefused(FileRefused):
    """A file is no review of tags: a column of it is gone, or was never there."""


@dataclass(frozen=True)
class ReviewSheet:
    """The sheet of a review and its rows below the header, at ``header`` among the rows that are not blank."""

    sheet: Sheet
    header: int
    columns: NamedColumns
    rows: tuple[FilledRow, ...]


def read_review(path: Path, rules: Rules) -> ReviewSheet:
    """Read a filled review. Raises ReviewRefused when none of its sheets is one, FileRefused as intake does."""
    sheets = read_sheets(path, rules.limits)
    refuse_personal_data(sheets, rules.limits)
    known = headers()
    for sheet in sheets:
        if sheet.height:
            columns = named_columns(sheet, rules, lambda cell: known.get(" ".join(cell.split()).casefold()))
            if columns.letters.keys() >= NEEDED:
                return ReviewSheet(sheet, columns.row, columns, tuple(_rows(sheet, columns)))
    raise ReviewRefused("tag-review-unknown", file=path.name)


def _rows(sheet: Sheet, columns: NamedColumns) -> Iterator[FilledRow]:
    texts = {column: columns.texts(sheet, column).text.fill_null("").to_list() for column in TEXTS}
    # The state of the sheet is ours to the letter: no blank of it is tidied.
    texts["before"] = columns.below(sheet, "before").label.fill_null("").to_list()
    keys = pl.DataFrame({"code": texts["code"], "name": texts["name"]}).select(
        plain_code(pl.col("code")), plain_text(pl.col("name"))
    )
    share = columns.below(sheet, "percent")
    shown = share.percent if share.percent is not None else pl.repeat(value=False, n=len(share.number), eager=True)
    percents = [
        None if number is None else number * 100 if is_percent else number
        for number, is_percent in zip(share.number.to_list(), shown.to_list(), strict=True)
    ]
    numbers = sheet.rows.slice(columns.row + 1).to_list()
    for place, (row, key) in enumerate(zip(numbers, keys.iter_rows(), strict=True)):
        yield FilledRow(
            row=row,
            sheet=sheet.name,
            letters=columns.letters,
            texts={column: cells[place] for column, cells in texts.items()},
            percent=percents[place],
            key=key,
        )
