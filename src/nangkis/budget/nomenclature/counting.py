"""Counts of codes as figures: each with the lists that it was counted in, and the rules that it was counted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.versions import uses_of
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

    def _uses(self) -> tuple[ParameterUse, ...]:
        return (*uses_of(each.version for each in self.lists), *self.uses)

    def _inputs(self, levels: tuple[str, ...]) -> tuple[Selection, ...]:
        of_level = (("level", levels),) if levels else ()
        return tuple(
            Selection(manifest.id, (("version", (each.version.name,)), *of_level), "code")
            for each in self.lists
            for manifest in each.manifests
        )
