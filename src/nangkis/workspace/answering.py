"""Answers from the live tables: the diagnosis and the budget of one region."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.postures.exhibits import posture_blocks
from nangkis.budget.postures.panel import posture_panel
from nangkis.budget.schema import Stage
from nangkis.content.tree import Block
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.every import verdicts
from nangkis.diagnosis.judged import judge
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.facts import facts
from nangkis.regions.boundaries import Borders, borders_of
from nangkis.regions.register import beside, place
from nangkis.vocabulary.codes import Region
from nangkis.workspace.opened import Workspace, tables_of


def diagnosis_of(workspace: Workspace, region: Region, *, on: date, codes: Sequence[str] | None = None) -> Diagnosis:
    """Return where a region stands and which way it goes, in the indicators of these codes or those of a plan."""
    return diagnose(tables_of(workspace), region, parameters=workspace.parameters, on=on, codes=codes)


def verdicts_of(workspace: Workspace, *, on: date, codes: Sequence[str]) -> pl.DataFrame:
    """Return the verdicts on every region in these indicators, as :func:`nangkis.diagnosis.every.verdicts` tells."""
    known = facts(tables_of(workspace), parameters=workspace.parameters, on=on)
    return verdicts(judge(known, rules_on(workspace.parameters, on), codes=codes), codes)


def borders_beside(workspace: Workspace, region: Region) -> Borders:
    """Return the borders of a region and of those beside it, as far as boundary files are imported."""
    return borders_of(tables_of(workspace), [here.region for here in beside(region)])


def budget_of(workspace: Workspace, region: Region, year: int, *, stage: Stage | None, on: date) -> BudgetAnalysis:
    """Return where a region's money goes, and which of it is meant for the poor."""
    snapshot = tables_of(workspace)
    return analyse_budget(snapshot, region, year, stage=stage, parameters=workspace.parameters, on=on)


def postures_of(workspace: Workspace, region: Region, year: int, *, on: date) -> tuple[Block, ...]:
    """Return what the postures of a region say up to a year; nothing where that year has none."""
    here = place(region)
    panel = posture_panel(tables_of(workspace), parameters=workspace.parameters, on=on)
    own = panel.of(str(here.region), until=year)
    return posture_blocks(own, here.name, parameters=workspace.parameters, on=on)
