"""Counts of codes as figures: each with the lists that it was counted in, and the rules that it was counted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import Verdict
from nangkis.budget.nomenclature.versions import uses_of
from nangkis.lake.snapshot import TABLE
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


@dataclass(frozen=True)
class Counting:
    """Makes counts over two lists; ``key`` begins the names of its figures."""

    key: str
    lists: Sequence[CodeList]
    method: Method
    uses: tuple[ParameterUse, ...] = ()

    def figure(self, name: str, value: int, *levels: str) -> Figure:
        """Return a count of codes of these levels; of none, those of every level."""
        return Figure(
            f"{self.key}/{name}", value, Unit.COUNT, 0, Origin(self.method, self._inputs(levels), self._uses())
        )

    def decided(self, held: pl.DataFrame, verdict: Verdict) -> Figure:
        """Return how many of the decisions in force, as the lake holds them, have this verdict."""
        found = held.filter(verdict=verdict.value)
        where = (("from_version", (self.lists[0].version.name,)), ("verdict", (verdict.value,)))
        tables = tuple(Selection(table, where, "verdict") for table in found[TABLE].unique().sort())
        origin = Origin(self.method, (*self._inputs(()), *tables), self._uses())
        return Figure(f"{self.key}/{verdict}", found.height, Unit.COUNT, 0, origin)

    def _uses(self) -> tuple[ParameterUse, ...]:
        return (*uses_of(each.version for each in self.lists), *self.uses)

    def _inputs(self, levels: tuple[str, ...]) -> tuple[Selection, ...]:
        of_level = (("level", levels),) if levels else ()
        return tuple(
            Selection(manifest.id, (("version", (each.version.name,)), *of_level), "code")
            for each in self.lists
            for manifest in each.manifests
        )
