"""What the RPJMD promises for a published indicator: the row of its matrix that carries the indicator's own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nangkis.content.sentences import sentence, spoken
from nangkis.indicators.catalogue import Indicator
from nangkis.lake.snapshot import TABLE
from nangkis.planning.ceilings import TARGETS, Ceilings, row_of_plan
from nangkis.vocabulary.figures import Figure, Label, Method, Origin
from nangkis.vocabulary.units import Unit


# Three places after a mark may be thousands as well: such a number is printed as the file writes it.
_NUMBER = re.compile(r"-?\d+(?:[.,](\d{1,2}|\d{4,9}))?")
DOUBTFUL = re.compile(r"-?\d+[.,]\d{3}")
_BRACKETS = re.compile(r"\([^)]*\)")

TARGET = Method("rpjmd_target", 1)


def targets_of(plan: Ceilings | None, indicator: Indicator) -> Mapping[str, Any] | None:
    """Return the plan's row for an indicator; None where it names none, or two rows of its name say otherwise.

    A row counts only when its words are the indicator's name or one of its aliases, whole: "persentase penduduk miskin
    usia lanjut" is another measure.
    """
    if plan is None:
        return None
    names = {
        _letters(name) for name in (spoken(sentence(f"indicator.{indicator.code}.name"), "id"), *indicator.aliases)
    }
    own = [row for row in plan.rows.iter_rows(named=True) if row["indicator"] and _letters(row["indicator"]) in names]
    told = {tuple(row[column] for column in TARGETS) for row in own}
    return own[0] if len(told) == 1 and any(told.pop()) else None


def promised(row: Mapping[str, Any], column: str) -> Figure | Label | None:
    """Return what a row of the plan promises: a figure where it is a number, its words where not; None for a blank."""
    text = row[column]
    if text is None:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Label(text)
    key = f"rpjmd/{row['region']}/{row[TABLE]}/{row['_sheet']}/{row['_row']}/{column}"
    value, places = Decimal(text.replace(",", ".")), len(match[1] or "")
    return Figure(key, value, Unit.INDEX, places, Origin(TARGET, (row_of_plan(row, column),)))


def _letters(name: str) -> str:
    return "".join(letter for letter in _BRACKETS.sub("", name).casefold() if letter.isalnum())
