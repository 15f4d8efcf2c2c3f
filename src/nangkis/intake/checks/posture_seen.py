"""What the checks of a posture see: its rows by account, their amounts, how finely each is known, where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget.posture_accounts import PostureRules
from nangkis.intake.cells.sheet import Sheet
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at


Row = Mapping[str, object]
Rows = Mapping[str, Row]
HALVES = {"budget_sen": "budget_resolution_sen", "realised_sen": "realised_resolution_sen"}


@dataclass(frozen=True)
class PostureSeen:
    """What the checks see: accepted and refused rows, and where each column stands.

    ``frame`` has the columns of SCHEMA, ``account`` null in a row whose label is held, and ``percent`` as printed with
    ``percent_half``, half its last place. ``letters`` gives the column of ``budget_sen``, ``realised_sen`` and
    ``percent``.
    """

    frame: pl.DataFrame
    sheet: Sheet
    letters: Mapping[str, str]
    rules: PostureRules

    def at(self, row: Row, column: str) -> str:
        """Return where a row's amount stands."""
        return cell_at(self.sheet.name, self.letters[column], int(str(row["_row"])))

    def named(self, rows: Iterable[Row], column: str) -> str:
        """Return rows by their name and cell: ``PAD (B3), TKDD (B9)``."""
        return ", ".join(f"{row['account_name']} ({self.letters[column]}{row['_row']})" for row in rows)


def amount_of(row: Row, column: str) -> int:
    """Return an amount in sen; 0 where the cell gives none."""
    return int(str(row[column] or 0))


def half_of(row: Row, column: str) -> int:
    """Return half the last place to which an amount is known, in sen; 0 where there is none."""
    return int(str(row[HALVES[column]] or 0))


def slack_of(rows: Iterable[Row], column: str) -> int:
    """Return how far a sum may be off by rounding: half a last place of each of its numbers, in sen."""
    return sum(half_of(row, column) for row in rows)


def is_unused(row: Row) -> bool:
    """Say whether both cells of a row are empty: so files write accounts that the region does not use."""
    return (row["budget_sen"], row["realised_sen"], row["missing"]) == (None, None, Missing.BLANK.value)


def is_missing(row: Row, column: str) -> bool:
    """Say whether an amount is not there, or cannot be read, of an account that is used."""
    return row[column] is None and not is_unused(row)
