"""What a sub kegiatan brings, in three columns: output, unit and target, as the budget's file has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from nangkis.content.sentences import sentence
from nangkis.content.tree import Cell, Missing
from nangkis.planning import telling
from nangkis.vocabulary.figures import Label


_BETWEEN = "; "  # parts several outputs of one line, and their targets
_NUMBER_AND_UNIT = re.compile(r"(-?\d+(?:[.,]\d+)*)\s*([^\d\s].*)?")
NO_OUTPUT = Missing(sentence("planning.matrix.missing.output"))


def output_cells(lines: pl.DataFrame) -> tuple[Cell, Cell, Cell]:
    """Return output, unit and target of a sub kegiatan, each output once and all three in one order."""
    told = lines.select("output_indicator", "output_target").unique(maintain_order=True)
    every = [one for indicator, target in told.iter_rows() for one in _outputs(indicator, target)]
    if not every:
        return NO_OUTPUT, NO_OUTPUT, NO_OUTPUT
    names, units, targets = zip(*every, strict=True)
    unit = _listed(units if len(set(units)) > 1 else units[:1], "planning.matrix.missing.unit")
    return (
        _listed(names, "planning.matrix.missing.output"),
        telling.unit_of_file(unit.text) if isinstance(unit, Label) else unit,
        _listed(targets, "planning.matrix.missing.target"),
    )


def number_and_unit(target: str) -> tuple[str, str | None]:
    """Return a target as its number and its unit; whole where it is not a number with words after it.

    >>> number_and_unit("30 KK"), number_and_unit("2-3 unit")
    (('30', 'KK'), ('2-3 unit', None))
    """
    match = _NUMBER_AND_UNIT.fullmatch(target)
    return (target, None) if match is None else (match[1], match[2])


def _outputs(indicator: str | None, target: str | None) -> list[tuple[str | None, str | None, str | None]]:
    """Return the outputs of a line; one of many words where outputs and targets are not of one number."""
    names, targets = ((text or "").strip().split(_BETWEEN) for text in (indicator, target))
    if len(names) != len(targets):
        return [(indicator, None, target)]
    found = []
    for name, aim in zip(names, targets, strict=True):
        number, unit = number_and_unit(aim)
        found.append((name or None, unit, number or None))
    return [one for one in found if one != (None, None, None)]


def _listed(told: Sequence[str | None], missing: str) -> Cell:
    """Return texts in one cell, a dash where one of several is not told; why there are none."""
    if not any(told):
        return Missing(sentence(missing))
    return Label(_BETWEEN.join(text or "–" for text in told))
