"""Which regions were founded out of which, by what law, and from when their figures can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from nangkis.regions.register import place
from nangkis.regions.table import rows
from nangkis.vocabulary.codes import Region


Kind = Literal["kabupaten", "province"]


@dataclass(frozen=True)
class Split:
    """One founding: ``child`` left ``parent`` by ``law`` of the day ``on``.

    ``first_own_year`` is the first March survey with a published figure of the child's own: until then the parent's
    figure covers both. ``confidence`` is how sure we are of the law and its day (``recalled``: from memory).
    """

    child: Region
    parent: Region
    law: str
    on: date
    kind: Kind
    first_own_year: int
    confidence: str

    @property
    def comparable_from(self) -> int:
        """The first year whose March survey tells child and parent apart in the published tables."""
        return max(self.on.year + 1, self.first_own_year)


@cache
def every_split() -> tuple[Split, ...]:
    """Return all splits that Nangkis knows: 17 kabupaten of 2012-14, five provinces, and one fictional."""
    return tuple(
        Split(
            child=place(Region.parse(row["child"])).region,
            parent=place(Region.parse(row["parent"])).region,
            law=row["law"],
            on=date.fromisoformat(row["on"]),
            kind="province" if row["kind"] == "province" else "kabupaten",
            first_own_year=int(row["first_own_year"]),
            confidence=row["confidence"],
        )
        for row in rows("splits.csv")
    )


def splits_of(region: Region) -> tuple[Split, ...]:
    """Return the splits in which a region is the child or the parent, oldest first."""
    here = place(region).region
    return tuple(sorted((split for split in every_split() if here in (split.child, split.parent)), key=_when))


def first_comparable_year(region: Region) -> int | None:
    """Return the first year whose March survey lies wholly within today's borders; None for a region never split.

    The year after the law's, or the first year with a figure of the child's own where that came later: a law of
    May 2013 founded Morowali Utara, and until 2014 the published tables held it inside Morowali. The same year
    holds for child and parent.
    """
    return max((split.comparable_from for split in splits_of(region)), default=None)


def _when(split: Split) -> tuple[date, Region]:
    return split.on, split.child
