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
from nangkis.planning.spelling import plain_words
from nangkis.vocabulary.figures import Figure, Label, Method, Origin
from nangkis.vocabulary.units import Unit


# Three places after a mark may be thousands as well: such a number is printed as the file writes it.
_NUMBER = re.compile(r"-?\d+(?:[.,](\d{1,2}|\d{4,9}))?")
DOUBTFUL = re.compile(r"-?\d+[.,]\d{3}")
_BRACKETS = re.compile(r"\(([^)]*)\)")
# Words in brackets that name no other measure: signs, the month and the source of a survey. The unit is its own.
_BESIDE = frozenset({"p0", "p1", "p2", "maret", "september", "bps", "susenas"})

TARGET = Method("rpjmd_target", 1)


def targets_of(plan: Ceilings | None, indicator: Indicator) -> Mapping[str, Any] | None:
    """Return the plan's row for an indicator; None where it names none, or two rows of its name say otherwise.

    A row counts only when its words are the indicator's name or one of its aliases, whole: "persentase penduduk miskin
    usia lanjut" is another measure, and so is "persentase penduduk miskin (usia lanjut)".
    """
    if plan is None:
        return None
    own = [row for row in plan.rows.iter_rows(named=True) if row["indicator"] and names(indicator, row["indicator"])]
    told = {tuple(row[column] for column in TARGETS) for row in own}
    return own[0] if len(told) == 1 and any(told.pop()) else None


def names(indicator: Indicator, text: str) -> bool:
    """Say whether a text is a name of this indicator.

    Words in brackets may be left out where they are its unit, its sign or the survey; not others, and not those that an
    alias has: "penduduk miskin (persen)" is another measure than "penduduk miskin (ribu jiwa)".
    """
    spelled = (spoken(sentence(f"indicator.{indicator.code}.name"), "id"), *indicator.aliases)
    known = {_letters(name) for name in spelled}
    beside = _BESIDE | set(_words(spoken(sentence(f"unit.{indicator.unit}.head"), "id")))
    bare = _BRACKETS.sub(lambda found: "" if _all_in(found[1], beside) else found[0], text)
    return _letters(text) in known or _letters(bare) in known


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


def _all_in(text: str, known: frozenset[str] | set[str]) -> bool:
    return all(word in known or word.isdecimal() for word in _words(text))


def _words(text: str) -> list[str]:
    return plain_words(text.replace("%", " persen "))


def _letters(name: str) -> str:
    return "".join(_words(name))
