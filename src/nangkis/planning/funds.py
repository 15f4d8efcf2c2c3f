"""Sources of money as a plan is read: names of budget files in a few groups, by a table that a region may replace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from nangkis.budget.figures import Part
from nangkis.parameters.dated import Parameters
from nangkis.planning.spelling import plain_words
from nangkis.planning.telling import joined
from nangkis.vocabulary.figures import Label, ParameterUse


RULE = "sumber_pendanaan"
_LIST = re.compile(r"[;,+&]")


@dataclass(frozen=True)
class Funds:
    """The groups of sources of money, in the order in which they are read; ``rule`` is None on a day before them."""

    phrases: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Label]
    rule: ParameterUse | None

    def group_of(self, name: str) -> str | None:
        """Return the first group of which a phrase stands in a name in whole words; None where no group has one.

        >>> table = Funds({"dau": ("dau", "dana alokasi umum")}, {"dau": Label("DAU")}, None)
        >>> table.group_of("DANA TRANSFER UMUM-DANA ALOKASI UMUM"), table.group_of("Daun Kelor")
        ('dau', None)
        """
        words = f" {_plain(name)} "
        return next((group for group, own in self.phrases.items() if any(f" {one} " in words for one in own)), None)

    def told(self, name: str) -> Label:
        """Return how a plan names a source: by its group, else as the file has it.

        A cell that lists several sources bears the names of their groups, when each is in one.
        """
        listed = [self.group_of(one) for one in _LIST.split(name)]
        groups = [group for group in listed if group is not None]
        if len(groups) < len(listed) or len(set(groups)) == 1:
            groups = [group for group in (self.group_of(name),) if group is not None]
        return joined(self.names[group] for group in groups) or Label(name)

    def grouped(self, names: Iterable[str]) -> dict[Label, tuple[str, ...]]:
        """Return a file's names by how a plan names them; each in the order in which it came."""
        found: dict[Label, tuple[str, ...]] = {}
        for name in names:
            told = self.told(name)
            found[told] = (*found.get(told, ()), name)
        return found

    def part(self, part: Part, names: tuple[str, ...]) -> Part:
        """Return the lines of a part that these sources pay; the names of the file stay in what it was made from."""
        uses = part.parameters if self.rule is None else tuple(dict.fromkeys((*part.parameters, self.rule)))
        return replace(
            part,
            name=f"{part.name}/fund_name:{','.join(names)}",
            rows=part.rows.filter(pl.col("fund_name").is_in(names)),
            wheres=tuple((*where, ("fund_name", names)) for where in part.wheres),
            parameters=uses,
        )


def funds_of(parameters: Parameters, on: date) -> Funds:
    """Return the groups in force on a day; none before the first, when names stand as files have them."""
    rule = parameters.in_force(RULE, on)
    if rule is None:
        return Funds({}, {}, None)
    phrases = {str(group): tuple(_plain(str(word)) for word in told["words"]) for group, told in rule.value.items()}
    names = {str(group): Label(told["id"], told["en"]) for group, told in rule.value.items()}
    return Funds(phrases, names, rule.use)


def _plain(name: str) -> str:
    """Return the plain words of a name, parted by single spaces."""
    return " ".join(plain_words(name))
