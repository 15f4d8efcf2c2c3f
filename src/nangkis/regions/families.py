"""What a split divided: the old whole, and the regions that it is made of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import polars as pl

from nangkis.regions.register import place, regencies
from nangkis.regions.splits import Split, every_split
from nangkis.vocabulary.codes import Region


OLD, TODAY = "old", "today"  # the borders before any split of the family, and those of today
OWN, REGENCIES = "own", "regencies"  # counted by the regions of the family, or by the regencies in them
PARTS = pl.Schema(
    {
        "region": pl.String(),  # whose series: the root's within the old borders, each member's within today's
        "borders": pl.String(),  # OLD or TODAY
        "by": pl.String(),  # OWN or REGENCIES
        "unit": pl.String(),  # a region that the land is made of today
    }
)


@dataclass(frozen=True)
class Family:
    """A region before its splits (``root``), and the regions that its land is divided into today, the root first.

    Children of children belong to it too. ``splits`` are those that divided it, oldest first.
    """

    root: Region
    members: tuple[Region, ...]
    splits: tuple[Split, ...]

    @property
    def divided_from(self) -> int:
        """The first year with figures of a child's own: until then those of the root cover the whole."""
        return min(split.first_own_year for split in self.splits)

    def settled_from(self, member: Region) -> int:
        """Return the first year whose figures of a member lie within its borders of today."""
        return max(split.comparable_from for split in self.splits if member in (split.child, split.parent))

    @property
    def of_provinces(self) -> bool:
        """Whether provinces were divided, so that the regencies in them have figures of their own all along."""
        return any(split.kind == "province" for split in self.splits)


@cache
def families() -> tuple[Family, ...]:
    """Return every family of the register, by the code of its root."""
    born = {split.child for split in every_split()}
    roots = {split.parent for split in every_split()} - born
    return tuple(_family(root) for root in sorted(roots))


def family_of(region: Region) -> Family | None:
    """Return the family that a region belongs to; None for a region that no split touched."""
    here = place(region).region
    return next((family for family in families() if here in family.members), None)


def parts_of(chosen: Iterable[Family]) -> pl.DataFrame:
    """Return what the land of some families is made of, within the old borders and within those of today."""
    return pl.DataFrame([row for family in chosen for row in _parts(family)], schema=PARTS, orient="row")


def _family(root: Region) -> Family:
    members, splits = [root], list[Split]()
    for here in members:  # grows while it is read: children of children follow
        own = sorted((split for split in every_split() if split.parent == here), key=lambda one: (one.on, one.child))
        splits += own
        members += [split.child for split in own]
    return Family(root, tuple(members), tuple(sorted(splits, key=lambda one: (one.on, one.child))))


def _parts(family: Family) -> Iterator[tuple[str, str, str, str]]:
    for member in family.members:
        within = [(OWN, member), *((REGENCIES, here.region) for here in regencies(member) if family.of_provinces)]
        for by, unit in within:
            yield str(family.root), OLD, by, str(unit)
            yield str(member), TODAY, by, str(unit)
