"""Chapters IV and V of the RPKD: what the region does about each problem, and where first."""

from __future__ import annotations

from nangkis.budget.names import budget_names
from nangkis.content.tree import Block
from nangkis.documents.materials import Materials
from nangkis.planning.ceiling_exhibits import five_year_blocks
from nangkis.planning.ceilings import ceilings_of
from nangkis.planning.exhibits import matrix_blocks, programme_blocks, strategy_blocks
from nangkis.planning.location_exhibits import location_blocks
from nangkis.planning.locations import locate


def strategies(materials: Materials) -> tuple[Block, ...]:
    """The three national strategies."""
    return strategy_blocks(budget_names(materials.parameters, materials.on).strategies)


def programmes(materials: Materials) -> tuple[Block, ...]:
    """Each problem with the sub kegiatan that the rules propose for it; a problem without an answer is said."""
    return programme_blocks(materials.ties, materials.budget)


def matrix(materials: Materials) -> tuple[Block, ...]:
    """Proposed programmes by strategy with the money of the budget's year, then the five years of the RPJMD."""
    ceilings = ceilings_of(materials.snapshot, materials.region.region)
    return (*matrix_blocks(materials.budget), *five_year_blocks(materials.budget, ceilings))


def locations(materials: Materials) -> tuple[Block, ...]:
    """Kecamatan and desa by priority class, from families by decile and the classes of FSVA and IDM."""
    region = materials.region.region
    return location_blocks(locate(materials.snapshot, region, parameters=materials.parameters, on=materials.on))
