"""Everything that the lake and the parameters say on the tags of one region and year, besides the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from nangkis.budget.lines import LineClass
from nangkis.budget.tagging.claims import TagOrigin, claimed
from nangkis.budget.tagging.decisions import OFFICE, as_claims, decision_claims, decisions_in_force
from nangkis.budget.tagging.lists import ListMatch, list_claims, list_entries, matched
from nangkis.budget.tagging.locks import Lock, lock_in_force
from nangkis.budget.tagging.official import official_claims, official_says
from nangkis.budget.tagging.sources import TagSources, tag_sources
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


@dataclass(frozen=True)
class Evidence:
    """What is known besides the rules. ``lock`` is None while the year is open.

    ``decisions`` are those that hold, with plain code and name; ``official`` is by plain code.
    """

    sources: TagSources
    decisions: pl.DataFrame
    lists: ListMatch
    official: pl.DataFrame
    lock: Lock | None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def names_offices(self) -> bool:
        """Whether some decision is for the lines of one office."""
        locked = self.lock is not None and bool(self.lock.rows[OFFICE].is_not_null().any())
        return locked or bool(self.decisions[OFFICE].is_not_null().any())

    def claims(self, keys: pl.DataFrame, rules: pl.DataFrame) -> list[pl.DataFrame]:
        """Return what every source that counts says of the keys, in order; a lock goes before all of them.

        ``keys`` have ``_key``, plain code and name, and ``office_code`` when ``names_offices``; ``rules`` is what the
        rules say of them.
        """
        said: Mapping[TagOrigin, pl.DataFrame] = {
            TagOrigin.DECISION: decision_claims(keys, as_claims(self.decisions)),
            TagOrigin.LIST: list_claims(keys, self.lists.matches),
            TagOrigin.OFFICIAL: official_claims(keys, self.official),
            TagOrigin.RULES: rules,
        }
        locked = [] if self.lock is None else [decision_claims(keys, self.lock.rows)]
        return [claimed(frame) for frame in (*locked, *(said[origin] for origin in self.sources.order))]


def evidence_of(
    snapshot: Snapshot,
    region: Region,
    year: int,
    *,
    lines: pl.DataFrame,
    programmes: Mapping[str, str],
    parameters: Parameters,
    on: date,
) -> Evidence:
    """Return what is known of the tags of a region's lines of a year, with what was found in its lists."""
    lists = matched(
        list_entries(snapshot, region, year), lines.filter(pl.col("class") == LineClass.PROGRAM), programmes
    )
    return Evidence(
        sources=tag_sources(parameters, on),
        decisions=decisions_in_force(snapshot, region, year),
        lists=lists,
        official=official_says(snapshot, parameters, on),
        lock=lock_in_force(snapshot, region, year),
        findings=lists.findings,
    )
