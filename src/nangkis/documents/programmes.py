"""Chapters IV and V of the RPKD: what the region does about each problem, and where first."""

from __future__ import annotations

from nangkis.budget.names import budget_names
from nangkis.content.tree import Block
from nangkis.documents.materials import Materials
from nangkis.planning.exhibits import programme_blocks, strategy_blocks
from nangkis.planning.location_exhibits import location_blocks
from nangkis.planning.matrix import matrix_of
from nangkis.planning.matrix_exhibits import matrix_blocks
from nangkis.planning.target_exhibits import target_blocks
from nangkis.planning.telling import without_budget


def strategies(materials: Materials) -> tuple[Block, ...]:
    """The three national strategies."""
    return strategy_blocks(budget_names(materials.parameters, materials.on).strategies)


def programmes(materials: Materials) -> tuple[Block, ...]:
    """Each problem with the sub kegiatan that the rules propose for it; a problem without an answer is said."""
    return programme_blocks(materials.ties, materials.budget)


def matrix(materials: Materials) -> tuple[Block, ...]:
    """The matrix of priority programmes: problem, programme, sub kegiatan, five years, recipients, places, offices."""
    if materials.budget is None:
        return (without_budget(),)
    made = matrix_of(
        materials.snapshot,
        materials.diagnosis,
        materials.ties,
        materials.budget,
        plan=materials.ceilings,
        locations=materials.locations,
        plan_years=materials.plan_years,
        parameters=materials.parameters,
        on=materials.on,
    )
    return matrix_blocks(made)


def targets(materials: Materials) -> tuple[Block, ...]:
    """Where each problem stands and what the RPJMD promises for it."""
    return target_blocks(materials.diagnosis, materials.ceilings, materials.plan_years)


def locations(materials: Materials) -> tuple[Block, ...]:
    """Kecamatan and desa by priority class, from families by decile and the classes of FSVA and IDM."""
    return location_blocks(materials.locations)
