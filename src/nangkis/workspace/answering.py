"""Answers from the live tables: the diagnosis and the budget of one region."""

from __future__ import annotations

from datetime import date

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.schema import Stage
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.vocabulary.codes import Region
from nangkis.workspace.opened import Workspace, tables_of


def diagnosis_of(workspace: Workspace, region: Region, *, on: date) -> Diagnosis:
    """Return where a region stands and which way it goes."""
    return diagnose(tables_of(workspace), region, parameters=workspace.parameters, on=on)


def budget_of(workspace: Workspace, region: Region, year: int, *, stage: Stage | None, on: date) -> BudgetAnalysis:
    """Return where a region's money goes, and which of it is meant for the poor."""
    snapshot = tables_of(workspace)
    return analyse_budget(snapshot, region, year, stage=stage, parameters=workspace.parameters, on=on)
